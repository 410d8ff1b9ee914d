import assert from 'node:assert/strict';
import test from 'node:test';
import type { Finding } from '../../../formats/edi/finding.ts';
import type { EdiSettings } from '../../../formats/edi/settings.ts';
import type { BodyLine, Patch, SegmentForm, SetTable } from '../../../formats/tables/form.ts';
import { TableShelf } from '../../../formats/tables/shelf.ts';
import { checkerOf } from '../../../formats/tables/table-checker.ts';
import { set850, tell, x12 } from '../edi/samples.ts';

interface TableParts {
  readonly body: readonly BodyLine[];
  readonly segments?: Readonly<Record<string, SegmentForm>>;
  readonly closed?: boolean;
  readonly profile?: Patch;
  readonly version?: string;
}

/** `code TAG02.1 segment` of what is found in a set of these lines. */
async function found(parts: TableParts, lines: readonly string[], settings: EdiSettings = {}): Promise<string[]> {
  return (await findings(parts, lines, settings)).map(({ code, tag, element, component, repetition, segment }) => {
    const place = element === 0 ? '' : String(element).padStart(2, '0');
    const inner = `${component === 0 ? '' : `.${component}`}${repetition === 0 ? '' : `#${repetition}`}`;
    return `${code} ${tag}${place}${inner} ${segment}`;
  });
}

async function findings(parts: TableParts, lines: readonly string[], settings: EdiSettings = {}): Promise<Finding[]> {
  const { body, segments = {}, closed = false, profile, version = '004010' } = parts;
  const table: SetTable = { standard: 'X12', set: '850', release: '004010', closed, sources: [], body, segments };
  const shelf = new TableShelf([table], profile === undefined ? {} : { '850': { patch: profile } });
  const isa = version >= '005010' ? ({ version: '00501', isa11: '^' } as const) : {};
  const file = x12([set850('0001', lines)], isa).replace('*X*004010', `*X*${version}`);
  const told = await tell(file, { ...settings, checker: checkerOf(shelf) });
  return told.sets.flatMap((set) => [...set.findings]);
}

const BODY: readonly BodyLine[] = [
  'BEG 1 1',
  'CUR 0 1',
  'REF 0 2',
  { loop: 'N1', max: 2, body: ['N1 1 1', 'N3 0 2', 'REF 0 1'] },
  { loop: 'PO1', min: 1, max: '*', body: ['PO1 1 1', 'REF 0 1', { loop: 'N1', max: 1, body: ['N1 1 1', 'N3 1 1'] }] },
  'CTT 1 1',
];
/** Segments whose elements do not matter here. */
const BARE: Readonly<Record<string, SegmentForm>> = Object.fromEntries(
  ['BEG', 'CUR', 'REF', 'N1', 'N3', 'PO1', 'CTT'].map((tag) => [tag, ['1 AN 1 99', '2 AN 1 99', '3 AN 1 99']]),
);
const structure = { body: BODY, segments: BARE };

for (const [what, lines, expected] of [
  ['nothing', ['BEG*1', 'CUR*1', 'REF*1', 'REF*1', 'N1*1', 'N3*1', 'PO1*1', 'PO1*1', 'N1*1', 'N3*1', 'CTT*1'], []],
  ['a missing first segment', ['CUR*1', 'PO1*1', 'CTT*1'], ['segment-missing BEG 2']],
  ['a missing last segment', ['BEG*1', 'PO1*1'], ['segment-missing CTT 4']],
  ['a missing loop', ['BEG*1', 'CTT*1'], ['segment-missing PO1 3']],
  ['a missing segment of a loop', ['BEG*1', 'PO1*1', 'N1*1', 'PO1*1', 'CTT*1'], ['segment-missing N3 5']],
  [
    'a segment too many',
    ['BEG*1', 'REF*1', 'REF*1', 'REF*1', 'REF*1', 'PO1*1', 'CTT*1'],
    ['segment-over-maximum REF 5'],
  ],
  ['a loop too many', ['BEG*1', 'N1*1', 'N1*1', 'N1*1', 'PO1*1', 'CTT*1'], ['loop-over-maximum N1 5']],
  ['a segment with no loop to stand in', ['BEG*1', 'N3*1', 'PO1*1', 'CTT*1'], ['segment-unexpected N3 3']],
  ['a segment too late', ['BEG*1', 'REF*1', 'CUR*1', 'REF*1', 'PO1*1', 'CTT*1'], ['segment-out-of-order CUR 4']],
  ['what came before it is not missing', ['BEG*1', 'PO1*1', 'CTT*1', 'CUR*1'], ['segment-out-of-order CUR 5']],
  ['a segment that is not listed', ['BEG*1', 'ZZZ*1', 'PO1*1', 'CTT*1'], ['segment-unlisted ZZZ 3']],
  ['each loop counts its own', ['BEG*1', 'PO1*1', 'REF*1', 'PO1*1', 'REF*1', 'CTT*1'], []],
  ['loops within loops', ['BEG*1', 'PO1*1', 'REF*1', 'REF*1', 'PO1*1', 'CTT*1'], ['segment-over-maximum REF 5']],
] as const) {
  test(`the order of segments: ${what}`, async () => {
    assert.deepEqual(await found(structure, lines), expected);
  });
}

test('a closed table rejects what it does not list, an open one notes it and tells nobody', async () => {
  const lines = ['BEG*1', 'ZZZ*1', 'PO1*1***1', 'CTT*1'];
  const open = await findings(structure, lines);
  assert.deepEqual(
    open.map(({ code, severity, ackCode }) => [code, severity, ackCode]),
    [
      ['segment-unlisted', 'note', null],
      ['element-unlisted', 'note', null],
    ],
  );
  const closed = await findings({ ...structure, closed: true }, lines);
  assert.deepEqual(
    closed.map(({ code, severity, ackCode }) => [code, severity, ackCode]),
    [
      ['segment-unknown', 'reject', '6'],
      ['too-many-elements', 'accept-with-error', '3'],
    ],
  );
});

test('a profile says how often a loop stands with a code, and what it then holds', async () => {
  const profile = { '/N1[ST]': '1 1', '/N1[ST]/N3': '1 2' };
  const lines = (...parties: string[]) => ['BEG*1', ...parties, 'PO1*1', 'CTT*1'];
  const parts = { ...structure, profile };
  assert.deepEqual(await found(parts, lines('N1*BY', 'N1*ST', 'N3*1')), []);
  assert.deepEqual(await found(parts, lines('N1*BY', 'N1*ST')), ['segment-missing N3 5']);
  const [missing] = await findings(parts, lines('N1*BY'));
  assert.deepEqual([missing?.code, missing?.layer, missing?.tag], ['segment-missing', 'profile', 'N1']);
  assert.equal(missing?.message, 'The loop N1 with ST must stand here and is missing.');
  assert.deepEqual(await found(parts, lines('N1*ST', 'N3*1', 'N1*ST', 'N3*1')), ['loop-over-maximum N1 5']);
});

/** Finds what is wrong with one segment of these elements. */
async function inSegment(form: SegmentForm, segment: string, parts: Partial<TableParts> = {}): Promise<string[]> {
  return found({ body: ['BEG 1 1'], segments: { BEG: form }, ...parts }, [segment]);
}

for (const [form, segment, expected] of [
  [['1 AN 2 3 M', '2 AN 1 1'], 'BEG*ab', []],
  [['1 AN 2 3 M', '2 AN 1 1 M'], 'BEG*ab', ['element-missing BEG02 2']],
  [['1 AN 2 3 M', '2 AN 1 1 M'], 'BEG**a', ['element-missing BEG01 2']],
  [['1 AN 2 3'], 'BEG*a', ['element-too-short BEG01 2']],
  [['1 AN 2 3'], 'BEG*abcd', ['element-too-long BEG01 2']],
  [['1 AN 2 3'], 'BEG*abc  ', []],
  [['1 AN 2 3'], 'BEG*  abc', ['element-too-long BEG01 2']],
  [['1 AN 1 3 N'], 'BEG*a', ['element-not-used BEG01 2']],
  [['1 N0 1 3'], 'BEG*123', []],
  [['1 N0 1 3'], 'BEG*-123', []],
  [['1 N2 1 3'], 'BEG*1.2', ['element-type BEG01 2']],
  [['1 N0 1 3'], 'BEG*1234', ['element-too-long BEG01 2']],
  [['1 N0 1 3'], 'BEG*1A', ['element-type BEG01 2']],
  [['1 N0 1 20'], 'BEG*12345678901234567890', []],
  [['1 R 1 3'], 'BEG*-1.23', []],
  [['1 R 1 3'], 'BEG*.5', []],
  [['1 R 1 3'], 'BEG*1.234', ['element-too-long BEG01 2']],
  [['1 R 1 3'], 'BEG*1,2', ['element-type BEG01 2']],
  [['1 R 1 3'], 'BEG*+1', ['element-type BEG01 2']],
  [['1 DT 8 8'], 'BEG*20240229', []],
  [['1 DT 8 8'], 'BEG*20230229', ['element-date BEG01 2']],
  [['1 DT 8 8'], 'BEG*20231301', ['element-date BEG01 2']],
  [['1 DT 8 8'], 'BEG*2023010', ['element-date BEG01 2']],
  [['1 DT 8 8'], 'BEG*2023O101', ['element-date BEG01 2']],
  [['1 DT 6 6'], 'BEG*240229', []],
  [['1 TM 4 8'], 'BEG*2359', []],
  [['1 TM 4 8'], 'BEG*23595999', []],
  [['1 TM 4 8'], 'BEG*2400', []],
  [['1 TM 4 8'], 'BEG*2401', ['element-time BEG01 2']],
  [['1 TM 4 8'], 'BEG*126060', ['element-time BEG01 2']],
  [['1 TM 4 8'], 'BEG*12345', ['element-time BEG01 2']],
  [['1 AN 1 3'], 'BEG*a>b', ['too-many-components BEG01.2 2']],
  [['1 AN 1 3'], 'BEG*a>>c>d', ['too-many-components BEG01.3 2']],
  [['1 AN 1 3'], 'BEG*a****', []],
  [[{ element: '1 ID 2 2', codes: { AA: 'ours' } }], 'BEG*BB', []],
  [[{ element: '1 ID 2 2', codes: { AA: 'ours' }, complete: true }], 'BEG*BB', ['element-code BEG01 2']],
  [[{ element: '1 ID 2 2', codes: { AA: 'ours' }, complete: true }], 'BEG*AA', []],
  [[{ element: 'C1', components: ['1 AN 1 2 M', '2 R 1 3'] }], 'BEG*a>1.5', []],
  [
    [{ element: 'C1', components: ['1 AN 1 2 M', '2 R 1 3'] }],
    'BEG*>x',
    ['element-type BEG01.2 2', 'element-missing BEG01.1 2'],
  ],
  [[{ element: 'C1', components: ['1 AN 1 2 M', '2 R 1 3'] }], 'BEG*a>>c', ['element-unlisted BEG01.3 2']],
  [[{ element: 'C1', components: ['1 AN 1 2 M', '2 R 1 3'] }], 'BEG*a>>>d>e', ['element-unlisted BEG01.4 2']],
] as const) {
  test(`elements ${JSON.stringify(form)} and ${segment}`, async () => {
    assert.deepEqual(await inSegment(form, segment), expected);
  });
}

const FIVE = ['1 AN 1 9', '2 AN 1 9', '3 AN 1 9', '4 AN 1 9', '5 AN 1 9'];
for (const [condition, sound, broken] of [
  ['P0203', ['*a', '*a*b*c'], { '*a*b': 'element-condition BEG03 2', '*a**c': 'element-condition BEG02 2' }],
  ['R0203', ['*a*b', '*a**c', '*a*b*c'], { '*a': 'element-condition BEG02 2' }],
  ['E0203', ['*a', '*a*b', '*a**c'], { '*a*b*c': 'element-excluded BEG03 2' }],
  ['C0203', ['*a', '*a**c', '*a*b*c'], { '*a*b': 'element-condition BEG03 2' }],
  ['L020304', ['*a', '*a*b*c', '*a*b**d', '*a**c'], { '*a*b': 'element-condition BEG03 2' }],
] as const) {
  test(`the condition ${condition} holds, and is told where it does not`, async () => {
    const form = { elements: FIVE, conditions: [condition] };
    for (const elements of sound) assert.deepEqual(await inSegment(form, `BEG${elements}`), [], elements);
    for (const [elements, expected] of Object.entries(broken)) {
      assert.deepEqual(await inSegment(form, `BEG${elements}`), [expected], elements);
    }
  });
}

test('lengths count letters, not bytes: Bjørn Ærlig Øgård AS has 20', async () => {
  const name = Buffer.from('Bjørn Ærlig Øgård AS').toString('latin1');
  assert.deepEqual(await inSegment(['1 AN 1 20'], `BEG*${name}`), []);
  assert.deepEqual(await inSegment(['1 AN 1 19'], `BEG*${name}`), ['element-too-long BEG01 2']);
});

test('repetitions count from 005010 on, each checked for itself', async () => {
  const version = { version: '005010' };
  assert.deepEqual(await inSegment(['1 AN 1 2 O x2'], 'BEG*a^b', version), []);
  assert.deepEqual(await inSegment(['1 AN 1 2 O x2'], 'BEG*a^bcd', version), ['element-too-long BEG01#2 2']);
  assert.deepEqual(await inSegment(['1 AN 1 2 O x2'], 'BEG*a^b^c', version), ['too-many-repetitions BEG01#3 2']);
  assert.deepEqual(await inSegment(['1 AN 1 2'], 'BEG*a^b', version), ['too-many-repetitions BEG01#2 2']);
});

test('what a profile asks for is found by the profile, and what the table asks for by the table', async () => {
  const segments = { BEG: ['1 AN 2 9', '2 ID 1 3'] };
  const profile = { 'BEG.01': '1 AN 2 3', 'BEG.02': { codes: { A: 'ours' } } };
  const made = await findings({ body: ['BEG 1 1'], segments, profile }, ['BEG*a*B']);
  assert.deepEqual(
    made.map(({ code, layer }) => `${code} ${layer}`),
    ['element-too-short profile', 'element-code profile'],
  );
  const longer = await findings({ body: ['BEG 1 1'], segments, profile: { 'BEG.01': 'M' } }, ['BEG*a']);
  assert.deepEqual(
    longer.map(({ code, layer }) => `${code} ${layer}`),
    ['element-too-short table'],
  );
});

test('a severity agreed with the partner counts, and no message holds a value', async () => {
  const parts = { body: ['BEG 1 1'], segments: { BEG: [{ element: '1 ID 2 2', codes: { AA: '' }, complete: true }] } };
  const [finding] = await findings(parts, ['BEG*SECRET'], { severities: { 'element-too-long': 'reject' } });
  assert.deepEqual([finding?.severity, finding?.value], ['reject', 'SECRET']);
  assert.doesNotMatch(finding?.message ?? '', /SECRET/);
});

test('a set whose type has no table is noted, and so is a release that none is of', async () => {
  const shelf = new TableShelf([
    { standard: 'X12', set: '850', release: '004010', closed: false, sources: [], body: ['BEG 0 1', 'CUR 0 1'] },
  ]);
  const settings = { checker: checkerOf(shelf) };
  for (const [version, codes] of [
    ['004010', []],
    ['004010VICS', []],
    ['004030', ['release-without-table']],
    ['003040', ['release-without-table']],
    ['005010', []],
    ['005010X231A1', []],
    ['006020', ['release-without-table']],
  ] as const) {
    const told = await tell(x12([set850('0001')]).replace('*X*004010', `*X*${version}`), settings);
    assert.deepEqual(told.codes, codes, version);
  }
  const other = x12([set850('0001').replace('ST*850', 'ST*999')]);
  assert.deepEqual((await tell(other, settings)).codes, ['set-without-table']);
});

test('a profile names the release by which one without a table is read; one that has a table keeps it', () => {
  const patches = { '005010': { CUR: '0 2' } };
  const table = {
    standard: 'X12',
    set: '850',
    release: '004010',
    closed: false,
    sources: [],
    body: ['CUR 0 1'],
    patches,
  } as const;
  const shelf = new TableShelf([table], { '850': { release: '005010' } });
  const releaseOf = (release: string) => {
    const found = shelf.find({ standard: 'X12', type: '850', release });
    return [found?.graph.table.release, found?.isOfRelease];
  };
  assert.deepEqual(releaseOf('003040'), ['005010', true]);
  assert.deepEqual(releaseOf('004010VICS'), ['004010', true]);
  assert.deepEqual(releaseOf('004010'), ['004010', true]);
});
