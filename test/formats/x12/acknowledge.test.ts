import assert from 'node:assert/strict';
import test from 'node:test';
import type { Finding } from '../../../formats/edi/finding.ts';
import { FINDING_RULES, type FindingCode, x12Code } from '../../../formats/edi/finding-codes.ts';
import { readEdi } from '../../../formats/edi/read-edi.ts';
import type { EdiSettings } from '../../../formats/edi/settings.ts';
import { faultSegments } from '../../../formats/x12/ack-segments.ts';
import { X12Acknowledger, type X12AckPolicy } from '../../../formats/x12/acknowledge-x12.ts';
import { isa, set850, tell, x12 } from '../edi/samples.ts';
import { GOLDENS, TWO } from './goldens.ts';

const AT = new Date('2026-06-30T22:15:30Z');
const POLICY: X12AckPolicy = {
  form: '997',
  ta1: 'when-asked',
  listsEverySet: true,
  segmentsPerSet: 100,
  elementsPerSegment: 99,
  timeZone: 'Europe/Oslo',
};

/** The acknowledgments of a file, one segment a line. */
async function answer(file: string, policy: Partial<X12AckPolicy> = {}, settings: EdiSettings = {}): Promise<string[]> {
  let [interchange, group] = [0, 0];
  const numbers = { at: AT, nextInterchange: () => ++interchange, nextGroup: () => ++group };
  const acknowledger = new X12Acknowledger({ ...POLICY, ...policy }, numbers);
  const answers: Buffer[] = [];
  await readEdi([Buffer.from(file, 'latin1')], settings, (event) => {
    const bytes = acknowledger.take(event);
    if (bytes !== undefined) answers.push(bytes);
  });
  return Buffer.concat(answers).toString('latin1').split('~').slice(0, -1);
}

const HEAD =
  'ISA*00*          *00*          *ZZ*RECEIVER       *ZZ*SENDER         *260701*0015*U*00401*000000001*0*P*>';
const TAIL = 'IEA*1*000000001';

/** What one 997 says, from AK1 to AK9. */
function said(segments: readonly string[]): string[] {
  return segments.filter((segment) => /^(AK|IK|TA1)/.test(segment));
}

test('a group without fault is accepted: the whole of it, byte for byte', async () => {
  const expected = [
    'GS*FA*R*S*20260701*0015*1*X*004010',
    'ST*997*0001',
    'AK1*PO*1',
    'AK2*850*0001',
    'AK5*A',
    'AK2*850*0002',
    'AK5*A',
  ];
  const rest = ['AK9*A*2*2*2', 'SE*8*0001', 'GE*1*1', TAIL];
  assert.deepEqual(await answer(TWO), [HEAD, ...expected, ...rest]);
  assert.deepEqual(await answer(TWO), await answer(TWO));
  assert.deepEqual(said(await answer(TWO, { listsEverySet: false })), ['AK1*PO*1', 'AK9*A*2*2*2']);
});

for (const [name, file, expected] of GOLDENS) {
  test(`the 997 for ${name}`, async () => {
    assert.deepEqual(said(await answer(file, { listsEverySet: false })), ['AK1*PO*1', ...expected]);
  });
}

test('a set that is not taken is rejected with code 1', async () => {
  const segments = await answer(TWO, {}, { supports: () => false });
  assert.deepEqual(said(segments).slice(1, 3), ['AK2*850*0001', 'AK5*R*1']);
});

test('a rejected interchange is answered by a TA1 alone, an asked-for one stands before the group', async () => {
  const rejected = await answer(TWO.replace('IEA*1*000000905', 'IEA*1*000000906'));
  assert.deepEqual(rejected, [HEAD, 'TA1*000000905*260101*1200*R*001', 'IEA*0*000000001']);
  assert.deepEqual(said(await answer(TWO.replace('*0*P*', '*1*P*')))[0], 'TA1*000000905*260101*1200*A*000');
  assert.deepEqual(
    said(await answer(TWO.replace('*260101*', '*269901*'), { ta1: 'always' }))[0],
    'TA1*000000905*269901*1200*E*014',
  );
  assert.deepEqual(await answer(TWO.replace('IEA*1', 'IEA*2'), { ta1: 'never' }), []);
});

test('an interchange of nothing but TA1s is answered only when it asks', async () => {
  const ta1 = `${isa()}TA1*000000001*260101*1200*A*000~IEA*0*000000905~`;
  assert.deepEqual(await answer(ta1, { ta1: 'always' }), []);
  assert.deepEqual(await answer(ta1.replace('IEA*0', 'IEA*7'), { ta1: 'always' }), []);
  assert.deepEqual(said(await answer(ta1.replace('*0*P*', '*1*P*')))[0], 'TA1*000000905*260101*1200*A*000');
});

test('two partners that answer everything come to an end', async () => {
  let file = TWO;
  for (let turn = 0; turn < 4 && file !== ''; turn += 1) {
    const segments = await answer(file, { ta1: 'always' });
    file = segments.map((segment) => `${segment}~`).join('');
  }
  assert.equal(file, '');
});

test('a group that is rejected whole lists no accepted set', async () => {
  const file = TWO.replace('GE*2*1~', '').replace('SE*4*0002', 'SE*9*0002');
  assert.deepEqual(said(await answer(file)), ['AK1*PO*1', 'AK2*850*0002', 'AK5*R*4', 'AK9*R*2*2*0*3']);
});

test('AK402 is the number that the table of the set has, or the standard for ST and SE', async () => {
  const file = TWO.replace('*NOK', '*N\tK').replace('SE*4*0001', 'SE*4\t*0001').replace('*004010', '*004010VICS');
  const asked: unknown[] = [];
  const elementNumber: X12AckPolicy['elementNumber'] = ({ type, release }, { tag, element }) => {
    asked.push([type, release, tag, element]);
    return '100';
  };
  const segments = said(await answer(file, { listsEverySet: false, elementNumber }));
  assert.deepEqual(asked, [['850', '004010VICS', 'CUR', 2]]);
  assert.deepEqual(segments.slice(1, 6), ['AK2*850*0001', 'AK3*CUR*3**8', 'AK4*2*100*6', 'AK3*SE*4**8', 'AK4*1*96*6']);
});

test('bad data is copied as far as X12 can write it', async () => {
  const finding = { tag: 'REF', element: 2, component: 0, repetition: 0, ackCode: '5', segment: 3 } as Finding;
  const copy = (value: string) =>
    faultSegments([{ ...finding, code: 'character-invalid', value }], {
      ...POLICY,
      delimiters: { element: 42, component: 62, repetition: 94, release: 0, terminator: 126, tag: 0, newline: '' },
      elementNumber: () => '',
    })[1]?.[4];
  assert.equal(copy('A'.repeat(120)), 'A'.repeat(99));
  assert.deepEqual(['A>B', 'A*B', 'A^B', 'A~B', 'A\tB', 'Ørsted'].map(copy), ['', '', '', '', '', '']);
});

test('a finding that counts only by agreement is still told with a code', async () => {
  const severities = { 'segment-empty': 'reject', 'control-zeros': 'reject' } as const;
  const empty = TWO.replace('CUR*BY*NOK', 'CUR');
  assert.deepEqual(said(await answer(empty, {}, { severities })).slice(1, 3), ['AK2*850*0001', 'AK5*R*5']);
  assert.deepEqual(said(await answer(TWO.replace('*000000905~', '*905~'), {}, { severities })), [
    'TA1*000000905*260101*1200*R*022',
  ]);
});

test('an acknowledgment is not acknowledged, nor a set that stands in the open', async () => {
  assert.deepEqual(await answer(TWO.replace('GS*PO', 'GS*FA')), []);
  assert.deepEqual(await answer(set850('0001')), []);
});

test('what of an ISA cannot be written again is answered with blanks in its place', async () => {
  const [isa] = await answer(TWO.replace('SENDER ', 'S\xd8\nDER '));
  assert.ok(isa?.includes('*ZZ*S  DER         *'), isa);
});

test('each group is answered by a set of its own, in its own release, numbers as they came', async () => {
  const second = 'GS*IN*X*Y*20260101*1200*00007*X*005010VICS~ST*810*000000003*005010~SE*2*000000003~GE*1*00007~';
  const segments = await answer(TWO.replace('IEA*1', `${second}IEA*2`));
  assert.deepEqual(said(segments).slice(6), [
    'AK1*IN*00007*005010VICS',
    'AK2*810*000000003*005010',
    'AK5*A',
    'AK9*A*1*1*1',
  ]);
  assert.ok(segments.includes('GS*FA*Y*X*20260701*0015*2*X*005010'));
  assert.equal(segments.at(-1), 'IEA*2*000000001');
});

test('a version that is none is taken for 004010', async () => {
  const segments = await answer(TWO.replace('*004010', '*VICS'), { listsEverySet: false });
  assert.deepEqual(said(segments), ['AK1*PO*1', 'AK9*E*2*2*2*2']);
  assert.ok(segments.includes('GS*FA*R*S*20260701*0015*1*X*004010'));
});

test('a 999 has its own segments and its guide', async () => {
  const segments = await answer(TWO.replace('*NOK', '*N\tK'), { form: '999', listsEverySet: false });
  assert.deepEqual(said(segments), ['AK1*PO*1', 'AK2*850*0001', 'IK3*CUR*3**8', 'IK4*2**6', 'IK5*E*5', 'AK9*E*2*2*2']);
  assert.ok(segments.includes('ST*999*0001*005010X231A1'));
});

test('segments and elements at fault are reported up to their caps', async () => {
  const lines = Array.from({ length: 9 }, () => `REF${'*a\tb'.repeat(9)}`);
  const segments = said(await answer(x12([set850('0001', lines)]), { segmentsPerSet: 2, elementsPerSegment: 3 }));
  assert.equal(segments.filter((segment) => segment.startsWith('AK3')).length, 2);
  assert.equal(segments.filter((segment) => segment.startsWith('AK4')).length, 6);
});

test('what we answer reads without a finding', async () => {
  for (const [, file] of GOLDENS) assert.deepEqual((await tell(`${(await answer(file)).join('~')}~`)).codes, []);
});

/** The codes that each release has, at each level. */
const CODES = {
  '004010': {
    group: '1 2 3 4 5 6',
    set: '1 2 3 4 5 6 7 23',
    segment: '1 2 3 4 5 6 7 8',
    element: '1 2 3 4 5 6 7 8 9 10',
  },
  '005010': {
    group: '1 2 3 4 5 6 19',
    set: '1 2 3 4 5 6 7 18 19 23',
    segment: '1 2 3 4 5 6 7 8',
    element: '1 2 3 4 5 6 7 8 9 10 12 13',
  },
} as const;

test('every finding is sent with a code that the release has', () => {
  for (const release of ['004010', '005010'] as const) {
    for (const code of Object.keys(FINDING_RULES) as FindingCode[]) {
      const [level] = FINDING_RULES[code].x12 ?? [];
      const sent = x12Code(code, release);
      if (level === undefined) assert.equal(sent, null);
      else if (level === 'interchange') assert.match(sent ?? '', /^0([01]\d|2[0-8])$/, code);
      else assert.ok(CODES[release][level].split(' ').includes(sent ?? ''), `${code} in ${release}: ${sent}`);
    }
  }
  assert.deepEqual([x12Code('group-repeated', '004010'), x12Code('group-repeated', '005010')], ['6', '19']);
});
