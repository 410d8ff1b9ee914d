import assert from 'node:assert/strict';
import test from 'node:test';
import { FINDING_RULES, type FindingCode, x12Code } from '../../../formats/edi/finding-codes.ts';
import { TABLE_CODES } from '../../../formats/edi/table-codes.ts';

/** AK304 and AK403 in 004010, the same in 005010, and 0085 of CONTRL. */
const SENT: Readonly<Record<keyof typeof TABLE_CODES, readonly [string | null, string | null, string | null]>> = {
  'set-without-table': [null, null, null],
  'release-without-table': [null, null, null],
  'segment-missing': ['3', '3', '13'],
  'segment-unexpected': ['2', '2', '15'],
  'segment-out-of-order': ['7', '7', '15'],
  'segment-unknown': ['6', '6', '15'],
  'segment-unlisted': ['6', '6', '15'],
  'segment-over-maximum': ['5', '5', '35'],
  'loop-over-maximum': ['4', '4', '36'],
  'loop-repeated': ['7', '7', '12'],
  'loop-parent-missing': ['7', '7', '12'],
  'loop-in-itself': ['7', '7', '12'],
  'element-missing': ['1', '1', '13'],
  'element-condition': ['2', '2', '13'],
  'element-excluded': ['10', '10', '15'],
  'element-not-used': ['10', '10', '15'],
  'too-many-elements': ['3', '3', '16'],
  'element-unlisted': ['3', '3', '16'],
  'too-many-repetitions': ['3', '12', '35'],
  'too-many-components': ['3', '13', '16'],
  'element-too-short': ['4', '4', '40'],
  'element-too-long': ['5', '5', '39'],
  'element-type': ['6', '6', '37'],
  'element-code': ['7', '7', '12'],
  'element-date': ['8', '8', '12'],
  'element-time': ['9', '9', '12'],
};

for (const [code, [early, late, edifact]] of Object.entries(SENT)) {
  test(`${code} is sent as ${early} in 004010, ${late} in 005010 and ${edifact} in CONTRL`, () => {
    assert.equal(x12Code(code as FindingCode, '004010'), early);
    assert.equal(x12Code(code as FindingCode, '005010'), late);
    assert.equal(FINDING_RULES[code as FindingCode].edifact ?? null, edifact);
  });
}

test('what an open table does not list is a note', () => {
  assert.equal(TABLE_CODES['segment-unlisted'].severity, 'note');
  assert.equal(TABLE_CODES['element-unlisted'].severity, 'note');
});
