import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { writtenElements } from '../../../formats/edi/elements.ts';
import type { InterchangeHeader } from '../../../formats/edi/header.ts';
import { readEdi } from '../../../formats/edi/read-edi.ts';
import { SegmentWriter } from '../../../formats/edi/segment-writer.ts';
import { EDIFACT_DELIMITERS, type EdifactProfile, EdifactWriter } from '../../../formats/edifact/write-edifact.ts';
import { isa, ORDERS, set850, TRADACOMS, tell, x12 } from './samples.ts';

/** Writes again what was read: element by element, only the ISA and the UNA as they stood. */
async function rewritten(file: string): Promise<string> {
  let [writer, text, header]: [SegmentWriter | undefined, string, InterchangeHeader | undefined] = [
    undefined,
    '',
    undefined,
  ];
  await readEdi([Buffer.from(file, 'latin1')], { characters: 'iso-8859-1' }, (event) => {
    if (event.kind === 'interchange-opened') {
      header = event.interchange;
      const { delimiters, una } = event.interchange;
      const characters = { repertoire: 'UNOC', missing: 'refuse' } as const;
      writer = new SegmentWriter({ delimiters, characters, delimiterInValue: 'refuse', trailing: 'keep' });
      if (una !== undefined) writer.verbatim(una + delimiters.newline);
    } else if (event.kind === 'segment' && writer !== undefined && header !== undefined) {
      const { terminator, newline } = header.delimiters;
      if (event.segment.tag !== 'ISA') writer.segment(event.segment.tag, writtenElements(event.segment));
      else writer.verbatim(event.segment.copy().toString('latin1') + String.fromCharCode(terminator) + newline);
      text += writer.take().toString('latin1');
    }
  });
  return text;
}

test('what is read and written again is the same, byte for byte', async () => {
  const lines = (file: string, newline: string) =>
    file.replaceAll(/(\?.)|(['~])/g, (_, released, end) => released ?? `${end}${newline}`);
  for (const newline of ['', '\n', '\r\n']) {
    for (const file of [`UNA:+.? '${ORDERS}`, ORDERS, TRADACOMS, x12([set850('0001', ['REF***A:b>c**'])])]) {
      assert.equal(await rewritten(lines(file, newline)), lines(file, newline));
    }
  }
});

/** What separates in a made-up file. The release character is '' where there is none. */
interface Separators {
  readonly element: string;
  readonly component: string;
  readonly repetition: string;
  readonly release: string;
  readonly terminator: string;
  readonly newline: string;
  /** Between tag and first element. */
  readonly tag: string;
}

const NEWLINE = fc.constantFrom('', '\n', '\r\n');
const TAG = fc.constantFrom('BEG', 'REF', 'MSG', 'PRI', 'QTY', 'LIN');
const LETTERS = [..."abZ09 .,-/()?:+*=^|!;~'<>@#%&_", 'ø', 'Å', 'é'];

/** Elements as [repetition][component], values of any letters. */
function elements(letters: readonly string[], canRepeat: boolean): fc.Arbitrary<string[][][]> {
  const value = fc.string({ unit: fc.constantFrom(...letters), maxLength: 30 });
  const repetition = fc.array(value, { minLength: 1, maxLength: 3 });
  const element = fc.array(repetition, { minLength: 1, maxLength: canRepeat ? 3 : 1 });
  return fc.array(element, { minLength: 1, maxLength: 6 });
}

function segments(letters: readonly string[], canRepeat: boolean): fc.Arbitrary<[string, string[][][]][]> {
  return fc.array(fc.tuple(TAG, elements(letters, canRepeat)), { maxLength: 8 });
}

/** Written by the rules of the standards alone: separators between, release characters before what would separate. */
function textOfSegment(tag: string, list: readonly (readonly (readonly string[])[])[], by: Separators): string {
  const separating = [by.element, by.component, by.repetition, by.release, by.terminator];
  const released = (value: string) =>
    by.release === '' ? value : [...value].map((one) => (separating.includes(one) ? by.release + one : one)).join('');
  const written = list.map((repetitions) =>
    repetitions.map((components) => components.map(released).join(by.component)).join(by.repetition),
  );
  return tag + by.tag + written.join(by.element) + by.terminator + by.newline;
}

const X12_FILE = fc
  .tuple(
    fc.constantFrom('*', '|', '\u001d'),
    fc.constantFrom('>', ':', '\u001f'),
    fc.constantFrom('^', '!'),
    fc.constantFrom('~', '\u001c'),
    fc.boolean(),
    NEWLINE,
  )
  .chain(([element, component, repetition, terminator, canRepeat, newline]) => {
    const by = { element, component, repetition, release: '', terminator, newline, tag: element };
    const used: readonly string[] = [element, component, terminator, ...(canRepeat ? [repetition] : [])];
    const letters = LETTERS.filter((letter) => !used.includes(letter));
    return segments(letters, canRepeat).map((body) => {
      const parts = {
        element,
        component,
        terminator,
        isa11: canRepeat ? repetition : 'U',
        version: canRepeat ? '00501' : '00401',
      };
      const line = (tag: string, ...values: string[]) =>
        textOfSegment(
          tag,
          values.map((value) => [[value]]),
          by,
        );
      const head = line('GS', 'PO', 'S', 'R', '20260101', '1200', '1', 'X', '004010') + line('ST', '850', '0001');
      const tail = line('SE', String(body.length + 2), '0001') + line('GE', '1', '1') + line('IEA', '1', '000000905');
      return isa(parts) + newline + head + body.map(([tag, list]) => textOfSegment(tag, list, by)).join('') + tail;
    });
  });

const EDIFACT_FILE = fc
  .tuple(fc.constantFrom("+:?'", '*;\\~', '|!?\u001c'), fc.boolean(), fc.boolean(), NEWLINE)
  .chain(([[element = '', component = '', release = '', terminator = ''], canRepeat, hasUna, newline]) => {
    const isDefault = element === '+';
    const repetition = isDefault ? '*' : '^';
    const by = {
      element,
      component,
      repetition: canRepeat ? repetition : '',
      release,
      terminator,
      newline,
      tag: element,
    };
    const una = `UNA${component}${element}.${release}${canRepeat ? repetition : ' '}${terminator}${newline}`;
    return segments(LETTERS, canRepeat).map((body) => {
      const line = (tag: string, ...values: string[][]) =>
        textOfSegment(
          tag,
          values.map((value) => [value]),
          by,
        );
      const head = line('UNB', ['UNOC', canRepeat ? '4' : '3'], ['A', '14'], ['B', '14'], ['260101', '1200'], ['R1']);
      const open = line('UNH', ['1'], ['ORDERS', 'D', '96A', 'UN']);
      const tail = line('UNT', [String(body.length + 2)], ['1']) + line('UNZ', ['1'], ['R1']);
      const text = body.map(([tag, list]) => textOfSegment(tag, list, by)).join('');
      return (hasUna || !isDefault ? una : '') + head + open + text + tail;
    });
  });

const TRADACOMS_FILE = fc.tuple(segments(LETTERS, false), NEWLINE).map(([body, newline]) => {
  const by = { element: '+', component: ':', repetition: '', release: '?', terminator: "'", newline, tag: '=' };
  const line = (tag: string, ...values: string[][]) =>
    textOfSegment(
      tag,
      values.map((value) => [value]),
      by,
    );
  const head =
    line('STX', ['ANA', '1'], ['A'], ['B'], ['260101', '1200'], ['R1']) + line('MHD', ['1'], ['ACKMNT', '4']);
  const text = body.map(([tag, list]) => textOfSegment(tag, list, by)).join('');
  return head + text + line('MTR', [String(body.length + 2)]) + line('END', ['1']);
});

test('any file without noise is the same when it was read and written, whatever separates in it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(X12_FILE, EDIFACT_FILE, TRADACOMS_FILE), async (file) => {
      assert.equal(await rewritten(file), file);
      const codes = (await tell(Buffer.from(file, 'latin1'))).codes.filter((code) => code !== 'segment-empty');
      assert.deepEqual(codes, []);
    }),
    { numRuns: 300 },
  );
});

const PROFILE: EdifactProfile = {
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

test('any elements that the EDIFACT writer writes read without a finding', async () => {
  const text = fc.string({ unit: fc.constantFrom(...'aZ9 .+:?*=-'), maxLength: 8 });
  const element = fc.oneof(text, fc.array(text, { minLength: 2, maxLength: 4 }));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(element, { minLength: 1, maxLength: 6 }), { maxLength: 8 }),
      async (segments) => {
        const writer = new EdifactWriter(PROFILE, 'REF1', new Date('2026-06-30T22:15:30Z'));
        writer.openMessage(['ORDERS', 'D', '96A', 'UN']);
        for (const elements of segments) writer.segment('FTX', elements);
        writer.closeMessage();
        writer.closeInterchange();
        const written = writer.take().toString('latin1');
        assert.equal(await rewritten(written), written);
        assert.deepEqual(
          (await tell(written)).codes.filter((code) => code !== 'segment-empty'),
          [],
        );
      },
    ),
    { numRuns: 150 },
  );
});
