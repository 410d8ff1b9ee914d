import assert from 'node:assert/strict';
import test from 'node:test';
import { changed, faultsIn, notesIn, type WrittenSet } from './checked.ts';

/** One set rejected, one accepted. */
const REJECTED: WrittenSet = {
  set: '997',
  group: 'FA',
  lines: [
    'AK1*PO*1234',
    'AK2*850*0001',
    'AK3*BEG*2**8',
    'AK4*3*324*1',
    'AK4*5*373*8*20261301',
    'AK3*PO1*7*LIN*3',
    'AK5*R*5',
    'AK2*850*0002',
    'AK5*A',
    'AK9*P*2*2*1',
  ],
};

/** It speaks for all sets of the group by AK9 alone. */
const GROUP_ALONE: WrittenSet = { set: '997', group: 'FA', lines: ['AK1*IN*000000077', 'AK9*A*3*3*3'] };

for (const release of ['004010', '005010']) {
  for (const [what, written] of Object.entries({ 'a rejected set': REJECTED, 'the group alone': GROUP_ALONE })) {
    test(`a 997 of ${release} is accepted: ${what}`, async () => {
      assert.deepEqual(await faultsIn(written, release), []);
      assert.deepEqual(await notesIn(written, release), []);
    });
  }

  for (const [line, instead, expected] of [
    ['AK1*PO*1234', [], ['segment-missing AK1 2']],
    ['AK1*PO*1234', ['AK1*PO*12A4'], ['element-type AK102 2']],
    ['AK1*PO*1234', ['AK1*PO*1234567890'], ['element-too-long AK102 2']],
    ['AK5*R*5', [], ['segment-missing AK5 8']],
    ['AK9*P*2*2*1', [], ['segment-missing AK9 11']],
    ['AK9*P*2*2*1', ['AK9*P*2*2'], ['element-missing AK904 11']],
    ['AK9*P*2*2*1', ['AK9*P*2*2*1******1'], ['too-many-elements AK910 11']],
    ['AK2*850*0002', ['AK2*850*2'], ['element-too-short AK202 9']],
    ['AK3*BEG*2**8', [], ['segment-unexpected AK4 4', 'segment-unexpected AK4 5']],
    ['AK3*BEG*2**8', ['AK3*BEG'], ['element-missing AK302 4']],
    ['AK4*3*324*1', ['AK4*3*324'], ['element-missing AK403 5']],
    ['AK4*3*324*1', ['AK4*>1*324*1'], ['element-missing AK401.1 5']],
    ['AK2*850*0002', ['AK2*850*0002', 'CTX*X'], ['segment-unknown CTX 10']],
  ] as const) {
    test(`a 997 of ${release} with ${instead.join(' and ') || 'nothing'} instead of ${line}`, async () => {
      assert.deepEqual(await faultsIn(changed(REJECTED, line, instead), release), expected);
    });
  }
}

for (const [line, instead, in004010, in005010] of [
  ['AK1*PO*1234', 'AK1*PO*1234*004010', ['too-many-elements AK103 2'], []],
  ['AK2*850*0001', 'AK2*850*0001*GUIDE', ['too-many-elements AK203 3'], []],
  ['AK3*BEG*2**8', 'AK3*BEG*1234567**8', ['element-too-long AK302 4'], []],
  ['AK3*BEG*2**8', 'AK3*BEG*2*LOOP5*8', [], ['element-too-long AK303 4']],
  ['AK4*3*324*1', 'AK4*3>>2*324*1', ['too-many-components AK401.3 5'], []],
] as const) {
  test(`004010 and 005010 differ in ${instead}`, async () => {
    const written = changed(REJECTED, line, [instead]);
    assert.deepEqual(await faultsIn(written, '004010'), in004010);
    assert.deepEqual(await faultsIn(written, '005010'), in005010);
  });
}

/** Contexts of a segment and of an element, one of them repeated. */
const BY_GUIDE: WrittenSet = {
  set: '999',
  group: 'FA',
  lines: [
    'AK1*HC*77*005010X222A1',
    'AK2*837*0001*005010X222A1',
    'IK3*CLM*22**8',
    'CTX*CLM01>123456',
    'CTX*SITUATIONAL TRIGGER*CLM*22**5>3*C023>1325',
    'IK4*2*782*1*X',
    'CTX*SITUATIONAL TRIGGER^CLM01>1*CLM',
    'IK4*5>1>2*1331*I10',
    'IK5*R*5*I5',
    'AK9*R*1*1*0',
  ],
};

test('a 999 is accepted: contexts of segments and elements, and a group alone', async () => {
  assert.deepEqual(await faultsIn(BY_GUIDE, '005010X231A1'), []);
  assert.deepEqual(await notesIn(BY_GUIDE, '005010X231A1'), []);
  const alone = { ...BY_GUIDE, lines: ['AK1*HC*77', 'AK2*837*0001', 'IK5*A', 'AK9*A*1*1*1'] };
  assert.deepEqual(await faultsIn(alone, '005010'), []);
});

test('a 999 of a release before it is checked by that of 005010, and noted', async () => {
  assert.deepEqual(await faultsIn(BY_GUIDE, '004010'), []);
  assert.match((await notesIn(BY_GUIDE, '004010')).join(), /^release-without-table[^,]*$/);
});

for (const [line, instead, expected] of [
  ['AK1*HC*77*005010X222A1', [], ['segment-missing AK1 2']],
  ['AK1*HC*77*005010X222A1', ['AK1*HC*77*005010X222A123'], ['element-too-long AK103 2']],
  ['IK5*R*5*I5', [], ['segment-missing IK5 10']],
  ['IK5*R*5*I5', ['AK5*R*5'], ['segment-unknown AK5 10', 'segment-missing IK5 11']],
  ['IK4*2*782*1*X', ['IK4*2*782'], ['element-missing IK403 7']],
  ['IK3*CLM*22**8', ['IK3*CLM*B2**8'], ['element-type IK302 4']],
  ['CTX*CLM01>123456', ['CTX**CLM'], ['element-missing CTX01 5']],
  ['AK2*837*0001*005010X222A1', ['AK2*837*0001', 'CTX*CLM01>1'], ['segment-unexpected CTX 4']],
] as const) {
  test(`a 999 with ${instead.join(' and ') || 'nothing'} instead of ${line}`, async () => {
    assert.deepEqual(await faultsIn(changed(BY_GUIDE, line, instead), '005010X231A1'), expected);
  });
}
