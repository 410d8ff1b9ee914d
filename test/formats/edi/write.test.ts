import assert from 'node:assert/strict';
import test from 'node:test';
import type { OutboundCharacters } from '../../../formats/edi/repertoire.ts';
import { SegmentWriter } from '../../../formats/edi/segment-writer.ts';
import { EDIFACT_DELIMITERS, type EdifactProfile, EdifactWriter } from '../../../formats/edifact/write-edifact.ts';
import { chooseX12Delimiters } from '../../../formats/x12/choose-delimiters.ts';
import { fromImplied, toImplied, toReal } from '../../../formats/x12/numbers.ts';
import { type X12Profile, X12Writer } from '../../../formats/x12/write-x12.ts';
import { tell } from './samples.ts';

const AT = new Date('2026-06-30T22:15:30Z');
const LATIN1: OutboundCharacters = { repertoire: 'x12-iso-8859-1', missing: 'refuse' };
const X12: X12Profile = {
  sender: { qualifier: 'ZZ', id: 'US' },
  receiver: { qualifier: '14', id: 'THEM' },
  version: '00401',
  usage: 'T',
  wantsAcknowledgment: true,
  delimiters: { element: 42, component: 62, repetition: 0, release: 0, terminator: 126, tag: 0, newline: '\n' },
  characters: LATIN1,
  delimiterInValue: 'refuse',
  timeZone: 'Europe/Oslo',
  groupControlDigits: 4,
  setControlDigits: 4,
};
const EDIFACT: EdifactProfile = {
  sender: { id: '5790000000001', qualifier: '14' },
  receiver: { id: '5790000000002', qualifier: '14' },
  syntaxVersion: '3',
  characters: { repertoire: 'UNOC', missing: 'refuse' },
  delimiters: { ...EDIFACT_DELIMITERS, newline: '\r\n' },
  writesUna: true,
  timeZone: 'Europe/Oslo',
  isTest: false,
  wantsAcknowledgment: true,
};
const GROUP = { functionalId: 'PO', sender: 'US', receiver: 'THEM', control: 7, version: '004010' };

function writtenX12(profile: X12Profile, lines: readonly (readonly string[])[]): string {
  const writer = new X12Writer(profile, 42, AT);
  writer.openGroup(GROUP);
  writer.openSet('850');
  for (const [tag = '', ...elements] of lines) writer.segment(tag, elements);
  writer.closeSet();
  writer.closeGroup();
  writer.closeInterchange();
  return writer.take().toString('latin1');
}

test('an X12 interchange is written with its counts, control numbers and local time', () => {
  const written = writtenX12(X12, [
    ['BEG', '00', 'SA', 'Bjørn', '', ''],
    ['CUR', '', ''],
  ]);
  assert.equal(
    written,
    [
      'ISA*00*          *00*          *ZZ*US             *14*THEM           *260701*0015*U*00401*000000042*1*T*>~',
      'GS*PO*US*THEM*20260701*0015*0007*X*004010~',
      'ST*850*0001~',
      'BEG*00*SA*Bj\xf8rn~',
      'CUR~',
      'SE*4*0001~',
      'GE*1*0007~',
      'IEA*1*000000042~\n',
    ].join('\n'),
  );
});

test('an EDIFACT interchange is written with UNA, counts, references and released characters', async () => {
  const writer = new EdifactWriter(EDIFACT, 'REF1', AT);
  writer.openMessage(['ORDERS', 'D', '96A', 'UN', '']);
  writer.segment('FTX', ['AAA', '', '', ["What's 5:30+1?", 'Øgård', '']]);
  writer.closeMessage();
  writer.closeInterchange();
  const written = writer.take().toString('latin1');
  assert.equal(
    written,
    [
      "UNA:+.? '",
      "UNB+UNOC:3+5790000000001:14+5790000000002:14+260701:0015+REF1++++1'",
      "UNH+1+ORDERS:D:96A:UN'",
      "FTX+AAA+++What?'s 5?:30?+1??:\xd8g\xe5rd'",
      "UNT+3+1'",
      "UNZ+1+REF1'\r\n",
    ].join('\r\n'),
  );
  const told = await tell(written);
  assert.deepEqual(told.codes, []);
  assert.ok(told.segments.includes("FTX AAA|||What's 5:30+1?/Øgård"));
});

test('a value with a delimiter is refused in X12, replaced where the partner agreed, or other delimiters are chosen', () => {
  const lines = [['MSG', 'a*b~c>d']] as const;
  assert.throws(() => writtenX12(X12, lines), /MSG01 holds a delimiter/);
  assert.ok(writtenX12({ ...X12, delimiterInValue: { replacement: ' ' } }, lines).includes('MSG*a b c d~'));
  const delimiters = chooseX12Delimiters(lines.flat(), '00501');
  assert.ok(writtenX12({ ...X12, version: '00501', delimiters }, lines).includes('MSG|a*b~c>d\x1c'));
});

test('letters that the interchange cannot carry are refused, replaced or written as near ones, and reported', () => {
  const write = (characters: OutboundCharacters, value: string) => {
    const dialect = { delimiters: EDIFACT_DELIMITERS, delimiterInValue: 'refuse', trailing: 'drop' } as const;
    const writer = new SegmentWriter({ ...dialect, characters });
    writer.segment('NAD', ['BY', value]);
    return [writer.take().toString('latin1'), writer.changes.length];
  };
  const near = { missing: 'transliterate' } as const;
  assert.deepEqual(write({ repertoire: 'UNOA', ...near }, 'Ærlig Øgård'), ["NAD+BY+AERLIG OGARD'", 10]);
  assert.deepEqual(write({ repertoire: 'UNOB', ...near, letters: 'two' }, 'Øgård'), ["NAD+BY+OEgaard'", 2]);
  assert.deepEqual(write({ repertoire: 'UNOC', ...near }, 'Øgård €'), ["NAD+BY+\xd8g\xe5rd EUR'", 1]);
  assert.deepEqual(write({ repertoire: 'UNOB', missing: 'replace' }, 'a@b'), ["NAD+BY+a.b'", 1]);
  assert.throws(() => write({ repertoire: 'UNOB', missing: 'refuse' }, 'a@b'), /NAD02 holds a character that UNOB/);
  assert.throws(() => write({ repertoire: 'UNOA', ...near }, '漢'), /NAD02/);
});

test('the length is that of what is written: a letter may have become two', () => {
  const write = (value: string | string[], grown: 'refuse' | 'cut' = 'refuse') => {
    const writer = new SegmentWriter({
      delimiters: EDIFACT_DELIMITERS,
      characters: { repertoire: 'UNOB', missing: 'transliterate', letters: 'two' },
      delimiterInValue: 'refuse',
      trailing: 'drop',
      lengths: {
        grown,
        longest: (tag, element, component) => (`${tag}${element}${component}` === 'NAD42' ? 6 : undefined),
      },
    });
    writer.segment('NAD', ['BY', '', '', ['as long as it likes', ...[value].flat()]]);
    return [
      writer.take().toString('latin1'),
      writer.changes.map(({ kind, element, component }) => [kind, element, component]),
    ];
  };
  const head = 'NAD+BY+++as long as it likes';
  assert.deepEqual(write('Gåre'), [`${head}:Gaare'`, [['letter', 4, 2]]]);
  assert.deepEqual(write("a'b?c:"), [`${head}:a?'b??c?:'`, []], 'release characters do not count');
  assert.throws(() => write('1234567'), /NAD04 has 7 characters as it would be written, and may have 6/);
  assert.throws(() => write('Ålgård'), /NAD04 has 8 characters/);
  const changes = [
    ['letter', 4, 2],
    ['letter', 4, 2],
    ['cut', 4, 2],
  ];
  assert.deepEqual(write('Ålgård', 'cut'), [`${head}:AAlgaa'`, changes]);
  assert.throws(() => write('Ålgårde', 'cut'), /NAD04/, 'what never fitted is not cut');
});

test('empty elements at the end are dropped, or kept where the profile says so', () => {
  const lines = [['REF', 'AA', '', '']] as const;
  assert.ok(writtenX12(X12, lines).includes('\nREF*AA~'));
  const kept = writtenX12({ ...X12, trailing: 'keep' }, lines);
  assert.ok(kept.includes('\nREF*AA**~'));
  assert.ok(kept.includes('\nST*850*0001~'));
  const writer = new EdifactWriter(
    { ...EDIFACT, trailing: 'keep', wantsAcknowledgment: false, writesUna: false },
    'R',
    AT,
  );
  assert.match(writer.take().toString(), /260701:0015\+R'/);
});

test('numbers are padded as the profile says', () => {
  const written = writtenX12({ ...X12, groupControlDigits: 1, setControlDigits: 9 }, []);
  assert.match(written, /GS\*PO\*US\*THEM\*20260701\*0015\*7\*X/);
  assert.match(written, /ST\*850\*000000001~\nSE\*2\*000000001~\nGE\*1\*7~/);
});

test('an ISA that its fixed widths cannot hold is refused', () => {
  assert.throws(() => writtenX12({ ...X12, sender: { qualifier: 'ZZ', id: 'A-SENDER-OF-16-CH' } }, []), /fit/);
  assert.throws(() => writtenX12({ ...X12, sender: { qualifier: 'ZZ', id: 'A*B' } }, []), /delimiter/);
  assert.throws(() => writtenX12({ ...X12, delimiters: { ...X12.delimiters, component: 0x2a } }, []), /equal/);
});

test('implied decimals go both ways without a float', () => {
  assert.deepEqual([toImplied('123.45', 2), toImplied('-0.5', 2), toImplied('5', 2)], ['12345', '-50', '500']);
  assert.deepEqual([fromImplied('12345', 2), fromImplied('-5', 2), fromImplied('7', 0)], ['123.45', '-0.05', '7']);
  assert.equal(fromImplied('123.45', 2), undefined);
  assert.throws(() => toImplied('1.234', 2), /more than 2 decimals/);
  assert.equal(toReal('12.500'), '12.5');
});
