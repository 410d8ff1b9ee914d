import assert from 'node:assert/strict';
import test from 'node:test';
import { FINDING_RULES, type FindingCode, x12Code } from '../../../formats/edi/finding-codes.ts';
import type { INTERCHANGE_CODES } from '../../../formats/edi/interchange-codes.ts';
import type { SET_CODES } from '../../../formats/edi/set-codes.ts';

type Sent = readonly [place: string, in004010: string | null, in005010: string | null, edifact: string | null];

/** Where and as what each finding is sent: TA105, AK905, AK502, AK304 or AK403 in 004010 and in 005010, and 0085 of CONTRL. */
const SENT: Readonly<Record<keyof typeof INTERCHANGE_CODES | keyof typeof SET_CODES, Sent>> = {
  'byte-order-mark': ['-', null, null, null],
  wrapped: ['-', null, null, null],
  'noise-skipped': ['-', null, null, null],
  'encoding-refused': ['-', null, null, null],
  'interactive-refused': ['-', null, null, null],
  'delimiters-refused': ['interchange', '026', '026', '22'],
  'header-length': ['interchange', '022', '022', null],
  'interchange-header-missing': ['-', null, null, null],
  'interchange-trailer-missing': ['interchange', '023', '023', '13'],
  'interchange-control-differs': ['interchange', '001', '001', '28'],
  'interchange-count-differs': ['interchange', '021', '021', '29'],
  'interchange-control-invalid': ['interchange', '018', '018', '13'],
  'interchange-repeated': ['interchange', '025', '025', '26'],
  'interchange-seen-same': ['interchange', '025', '025', '26'],
  'interchange-seen-other': ['interchange', '025', '025', '26'],
  'interchange-empty': ['interchange', '024', '024', '32'],
  'version-unknown': ['interchange', '017', '017', '2'],
  'sender-missing': ['interchange', '006', '006', '13'],
  'receiver-missing': ['interchange', '008', '008', '13'],
  'date-invalid': ['interchange', '014', '014', '12'],
  'time-invalid': ['interchange', '015', '015', '12'],
  'request-invalid': ['interchange', '019', '019', '12'],
  'usage-invalid': ['interchange', '020', '020', '25'],
  'delimiters-other': ['interchange', '026', '026', '22'],
  'groups-and-sets-mixed': ['-', null, null, '30'],
  'segment-outside-set': ['interchange', '024', '024', '33'],
  'control-zeros': ['-', null, null, null],
  'terminator-missing': ['-', null, null, null],
  'empty-segments': ['-', null, null, null],
  'group-header-missing': ['interchange', '024', '024', null],
  'group-unreadable': ['interchange', '024', '024', '13'],
  'group-trailer-missing': ['group', '3', '3', '13'],
  'group-control-differs': ['group', '4', '4', '28'],
  'set-count-differs': ['group', '5', '5', '29'],
  'group-control-invalid': ['group', '6', '6', '13'],
  // 19 means something else in 004010, which has nothing nearer than a bad number.
  'group-repeated': ['group', '6', '19', '26'],
  'group-version-unknown': ['group', '2', '2', null],
  'set-unreadable': ['group', '5', '5', '13'],
  'too-many-faulty-sets': ['group', '5', '5', '18'],
  'set-trailer-missing': ['set', '2', '2', '13'],
  'set-control-differs': ['set', '3', '3', '28'],
  'segment-count-differs': ['set', '4', '4', '29'],
  'set-id-invalid': ['set', '6', '6', '13'],
  'set-control-invalid': ['set', '7', '7', '13'],
  'set-repeated': ['set', '23', '23', '26'],
  'set-out-of-order': ['-', null, null, null],
  'set-unsupported': ['set', '1', '1', '14'],
  'set-order': ['-', null, null, null],
  'total-differs': ['-', null, null, null],
  'file-total-differs': ['-', null, null, null],
  'too-many-segments': ['set', '5', '5', '18'],
  'tag-invalid': ['segment', '1', '1', '12'],
  'segment-too-long': ['segment', '8', '8', '39'],
  'segment-empty': ['-', null, null, null],
  'character-invalid': ['element', '6', '6', '21'],
};

for (const [name, expected] of Object.entries(SENT)) {
  const [place, early, late, edifact] = expected;
  test(`${name} is sent as ${early} in 004010, ${late} in 005010 and ${edifact} in CONTRL`, () => {
    const code = name as FindingCode;
    const { x12, edifact: sent = null } = FINDING_RULES[code];
    assert.deepEqual(
      [x12?.[0] ?? '-', x12Code(code, '004010'), x12Code(code, '005010'), sent],
      [place, early, late, edifact],
    );
  });
}

test('a release between has the codes of 004010, a later one those of 005010', () => {
  const codes = ['003060', '004010', '004060', '005010', '007040'].map((release) => x12Code('group-repeated', release));
  assert.deepEqual(codes, ['6', '6', '6', '19', '19']);
});
