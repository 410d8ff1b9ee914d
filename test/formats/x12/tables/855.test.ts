import assert from 'node:assert/strict';
import test from 'node:test';
import { changed, faultsIn, notesIn, type WrittenSet } from './checked.ts';

/** An answer to each line: dates in ACK and beside it, an item without a number, one with two answers. */
const ANSWERED: WrittenSet = {
  set: '855',
  group: 'PR',
  lines: [
    'BAK*00*AC*PO-1*20260105****SO-77*20260106',
    'CUR*SE*NOK',
    'REF*VN*SO-77',
    'DTM*067*20260120',
    'N9*L1*NOTE',
    'MSG*Half of it comes later',
    'N1*SU*Nordic Bolts AS*92*77',
    'N3*Storgata 1',
    'N4*Oslo**0150*NO',
    'PO1*1*10*EA*4.5*PE*VP*A-1*UP*012345678905',
    'PID*F****Bolt M8',
    'SAC*C*D240***1250********FR*Freight',
    'ACK*IA*8*EA*067*20260120',
    'ACK*IB*2*EA',
    'DTM*067*20260201',
    'PO1**1*BX***BP*B-2',
    'ACK*IR',
    'CTT*2',
    'AMT*TT*57.5',
  ],
};

/** No lines, no totals: the order as a whole is accepted. */
const PLAIN: WrittenSet = {
  set: '855',
  group: 'PR',
  lines: ['BAK*06*AK*PO-2*20260105', 'FOB*DF***01*FCA', 'N1*ST**92*04'],
};

const LONG = 'X'.repeat(50);

for (const release of ['004010', '005010']) {
  for (const [what, written] of Object.entries({ 'each line answered': ANSWERED, 'the order as a whole': PLAIN })) {
    test(`an 855 of ${release} is accepted: ${what}`, async () => {
      assert.deepEqual(await faultsIn(written, release), []);
      assert.deepEqual(await notesIn(written, release), []);
    });
  }

  for (const [line, instead, expected] of [
    ['BAK*00*AC*PO-1*20260105****SO-77*20260106', [], ['segment-missing BAK 2']],
    ['BAK*00*AC*PO-1*20260105****SO-77*20260106', ['BAK*00*AC**20260105'], ['element-missing BAK03 2']],
    ['BAK*00*AC*PO-1*20260105****SO-77*20260106', ['BAK*00*AC*PO-1*20260231'], ['element-date BAK04 2']],
    ['CUR*SE*NOK', ['CUR*SE*KR'], ['element-too-short CUR02 3']],
    ['N1*SU*Nordic Bolts AS*92*77', ['N1*SU'], ['element-condition N102 8']],
    ['ACK*IB*2*EA', ['ACK*IB*2'], ['element-condition ACK03 15']],
    ['ACK*IB*2*EA', ['ACK*IB*two*EA'], ['element-type ACK02 15']],
    ['ACK*IB*2*EA', ['ACK*BACK*2*EA'], ['element-too-long ACK01 15']],
    ['ACK*IR', ['ACK*IR*****A*VP'], ['element-condition ACK08 18']],
    ['SAC*C*D240***1250********FR*Freight', ['SAC*C*D240***12.50'], ['element-type SAC05 13']],
    ['N9*L1*NOTE', [], ['segment-unexpected MSG 6']],
    ['CUR*SE*NOK', ['CUR*SE*NOK', 'ACK*IA'], ['segment-unexpected ACK 4']],
    ['REF*VN*SO-77', ['REF*VN'], ['element-condition REF02 4']],
  ] as const) {
    test(`an 855 of ${release} with ${instead.join(' and ') || 'nothing'} instead of ${line}`, async () => {
      assert.deepEqual(await faultsIn(changed(ANSWERED, line, instead), release), expected);
    });
  }
}

test('references of an 855 are longer from 005010 on', async () => {
  const written = changed(ANSWERED, 'REF*VN*SO-77', [`REF*VN*${LONG}`]);
  assert.deepEqual(await faultsIn(written, '004010'), ['element-too-long REF02 4']);
  assert.deepEqual(await faultsIn(written, '005010'), []);
});

test('a segment that the table of 855 does not list is noted', async () => {
  const written = changed(ANSWERED, 'CTT*2', ['LS*1', 'CTT*2']);
  assert.deepEqual(await faultsIn(written, '004010'), []);
  assert.deepEqual(await notesIn(written, '004010'), ['segment-unlisted LS 19']);
});
