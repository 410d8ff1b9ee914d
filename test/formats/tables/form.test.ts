import assert from 'node:assert/strict';
import test from 'node:test';
import { Failure } from '../../../failures/failure.ts';
import { BUILT_IN_TABLES, SEGMENT_LIBRARIES } from '../../../formats/tables/built-in.ts';
import { compileTable } from '../../../formats/tables/compile-table.ts';
import type { Patch, SetTable } from '../../../formats/tables/form.ts';

const TABLE: SetTable = {
  standard: 'X12',
  set: '846',
  group: 'IB',
  release: '004010',
  closed: false,
  sources: [],
  body: [
    ...['BIA 1 1', 'REF 0 12'],
    { loop: 'N1', max: 5, body: ['N1 1 1', 'N3 0 2', 'REF 0 12'] },
    { loop: 'LIN', min: 1, max: '*', body: ['LIN 1 1', { loop: 'N1', max: 1, body: ['N1 1 1', 'N3 0 2'] }] },
  ],
  segments: {
    BIA: ['353 ID 2 2 M', '755 ID 2 2 M', '127 AN 1 30 M'],
    REF: { elements: ['128 ID 2 3 M', '127 AN 1 30 C', '352 AN 1 80 C'], conditions: ['R0203'] },
    LIN: ['350 AN 1 20', { element: 'C001 O', components: ['355 ID 2 2 M', '1018 R 1 15'] }],
  },
};

/** What a table is refused with; '' when it is taken. */
function refusal(table: SetTable, profile?: Patch, release = table.release): string {
  try {
    compileTable(table, { release, profile });
  } catch (error) {
    assert.ok(error instanceof Failure && error.code === 'EDI_TABLE_INVALID', String(error));
    return error.message;
  }
  return '';
}

test('every table of the product is sound in each of its releases', () => {
  for (const table of BUILT_IN_TABLES) {
    const library = SEGMENT_LIBRARIES[table.standard];
    for (const release of [table.release, ...Object.keys({ ...library?.patches, ...table.patches })]) {
      compileTable(table, { release, library });
    }
    assert.ok(table.sources.length > 0, table.set);
  }
});

test('X12 tables cite two public guides of partners, EDIFACT tables a directory, and none an address', () => {
  for (const { set, standard, sources } of BUILT_IN_TABLES) {
    if (standard === 'X12') assert.ok(sources.length >= 2, set);
    if (standard === 'EDIFACT') assert.match(sources[0] ?? '', /directory/, set);
    assert.doesNotMatch(sources.join(), /https?:|www\./, set);
  }
});

for (const [path, change, problem] of [
  ['REF.07', '127 AN 1 50', /846 004010, REF\.07: there is no such element: the last one has number 3/],
  ['PER.01', '366 ID 2 2', /PER\.01: the table has no segment PER: .*"PER": \[elements\]/],
  ['N1/N4', '0 1', /N1\/N4: the table has no such place: correct the path, or add the line first/],
  ['N1', '0 1', /N1: 2 places have this name: begin with the loop it stands in, or with "\/"/],
  ['N1/N3', '0 1', /N1\/N3: 2 places have this name/],
  ['REF', '0 1', /REF: 2 places have this name/],
  ['/N1/N3', 'twice', /"twice" is no least and most/],
  ['/N1/N3', '3 2', /"3 2" is no least and most/],
  ['REF.02', 'AN 1 50', /REF\.02: "AN 1 50" is no element/],
  ['REF.02', '127 XX 1 50', /REF\.02: "127 XX 1 50" is no element/],
  ['REF.04', 'M', /REF\.04: there is no such element yet/],
  ['ref.02', '127 AN 1 50', /ref\.02: it is no path/],
  ['REF.conditions', ['R0209'], /"R0209" is no condition/],
  ['REF.conditions', '0 1', /conditions are changed by a list/],
  ['/', { add: ['DTM 0 1'], after: 'XYZ' }, /\/: it has no "XYZ" to add lines before or after/],
  ['/N1.02', 'M', /\/N1\.02: it is a loop: name a segment in it, as in "\/N1\/N1"/],
] as const) {
  test(`a profile that changes ${path} by ${JSON.stringify(change)} is refused`, () => {
    assert.match(refusal(TABLE, { [path]: change }), problem);
  });
}

for (const [problem, change] of [
  [/\/XX 1 1 x: .*|"XX 1 1 x" is no line/, { body: ['XX 1 1 x'] }],
  [
    /\/N1: a loop begins with its trigger: make "N1 1 1" the first line/,
    { body: [{ loop: 'N1', max: 1, body: ['N3 1 1'] }] },
  ],
  [/BIA: the segment stands nowhere in the body/, { body: ['REF 0 1', 'LIN 0 1'] }],
  [/REF: two lines of one body have this name/, { body: ['BIA 1 1', 'REF 0 1', 'LIN 0 1', 'REF 0 1'] }],
  [
    /\/N1\/N3: its tag has two possible places|\/N3: its tag has two possible places/,
    { body: ['BIA 1 1', 'REF 0 1', 'LIN 0 1', { loop: 'N1', max: 1, body: ['N1 1 1', 'N3 0 1'] }, 'N3 0 1'] },
  ],
  [/N3: a closed table describes every segment/, { closed: true }],
  [/LIN\.02: "C001 O" has no type and no components/, { segments: { LIN: ['350 AN 1 20', 'C001 O'] } }],
  [/003050: patches are for releases after that of the table/, { patches: { '003050': {} } }],
] as const) {
  test(`a table is refused: ${problem.source}`, () => {
    assert.match(refusal({ ...TABLE, ...(change as Partial<SetTable>) }), problem);
  });
}

test('two places of one tag are taken where codes tell them apart', () => {
  const body = ['BIA 1 1', 'REF 0 1', 'LIN 0 1', { loop: 'N1', max: 1, body: ['N1 1 1', 'N3 0 1'] }] as const;
  assert.equal(refusal({ ...TABLE, body: [...body, { segment: 'N3 0 1', own: ['HQ'] }] }), '');
});

test('patches of releases build on one another, and a profile on both', () => {
  const patches = { '005010': { 'REF.02': '127 AN 1 50', '/REF': '1 12' }, '006010': { 'REF.03': 'M' } };
  const profile = { 'REF.02': { codes: { A1: 'ours' } }, '/N1[ST]': '1 1', '/N1[ST]/N3': '1 1' } as const;
  const { segments, body } = compileTable({ ...TABLE, patches }, { release: '006010', profile });
  const [, number, text] = segments.get('REF')?.elements ?? [];
  assert.deepEqual(
    [number?.max, number?.usage, [...(number?.codes ?? [])], [...(number?.ofProfile ?? [])]],
    [50, 'C', [['A1', 'ours']], ['codes']],
  );
  assert.deepEqual([text?.usage, text?.max, text?.ofProfile.size], ['M', 80, 0]);
  const [, reference, party] = body.lines;
  assert.deepEqual([reference?.min, reference?.isOfProfile], [1, false]);
  const shipTo = party?.kind === 'loop' ? party.variants.get('ST') : undefined;
  assert.deepEqual([shipTo?.min, shipTo?.max, shipTo?.isOfProfile], [1, 1, true]);
  assert.deepEqual(
    shipTo?.lines?.map(({ id, min }) => `${id} ${min}`),
    ['N1 1', 'N3 1', 'REF 0'],
  );
});

test('an element changed at one place is as it was at the others', () => {
  const { segments, body } = compileTable(TABLE, { release: '004010', profile: { '/N1/REF.02': 'M' } });
  const [, reference, party] = body.lines;
  const inParty = party?.kind === 'loop' ? party.lines[2] : undefined;
  assert.equal(inParty?.kind === 'segment' && inParty.segment?.elements[1]?.usage, 'M');
  assert.equal(reference?.kind === 'segment' && reference.segment, undefined);
  assert.equal(segments.get('REF')?.elements[1]?.usage, 'C');
});

test('a release of this century comes after one of the last', () => {
  const table = { ...TABLE, standard: 'EDIFACT', set: 'X', release: 'D.96A' } as const;
  const patches = { 'D.01B': { '/REF': '0 2' }, 'D.99B': { '/REF': '0 1' } };
  const { body } = compileTable({ ...table, patches }, { release: 'D.01B' });
  assert.equal(body.lines[1]?.max, 2);
});

test('a profile may forgive a missing UNS, though tags of the summary stand in lines as well', () => {
  const orders = BUILT_IN_TABLES.find(({ set }) => set === 'ORDERS');
  assert.ok(orders);
  assert.equal(refusal(orders, { UNS: '0 1' }), '');
});
