import assert from 'node:assert/strict';
import test from 'node:test';
import { changed, faultsIn, notesIn, type WrittenSet } from './checked.ts';

/** Lines added, deleted and changed; dates of the past as DTM; stores by SDQ. */
const CHANGED: WrittenSet = {
  set: '860',
  group: 'PC',
  lines: [
    'BCH*04*SA*PO-1**2*20260105*****20260107',
    'REF*DP*014',
    'PER*BD*Kari Nordmann*TE*+47 22 00 00 00',
    'DTM*002*20260115',
    'TD5**2*UPSN',
    'N1*ST*Warehouse 4*92*04',
    'POC*1*QI*12*2*EA*4.5*PE*BP*B-1',
    'PID*F****Bolt M8',
    'SDQ*EA*92*04*10*05*2',
    'SCH*12*EA***002*20260115',
    'POC*2*AI*5**BX*10.25**VP*A-9*UK*10012345678902',
    'N9*L1*NOTE',
    'MSG*New in this change',
    'POC*3*DI',
    'CTT*3',
  ],
};

/** The end of an order: no lines. */
const CANCELLED: WrittenSet = {
  set: '860',
  group: 'PC',
  lines: ['BCH*01*SA*PO-1***20260105', 'REF*IA*77', 'N9*L1*NOTE', 'MSG*Not wanted any more'],
};

for (const release of ['004010', '005010']) {
  for (const [what, written] of Object.entries({ 'changed lines': CHANGED, 'the end of an order': CANCELLED })) {
    test(`an 860 of ${release} is accepted: ${what}`, async () => {
      assert.deepEqual(await faultsIn(written, release), []);
      assert.deepEqual(await notesIn(written, release), []);
    });
  }

  for (const [line, instead, expected] of [
    ['BCH*04*SA*PO-1**2*20260105*****20260107', [], ['segment-missing BCH 2']],
    ['BCH*04*SA*PO-1**2*20260105*****20260107', ['BCH*04*SA*PO-1**2'], ['element-missing BCH06 2']],
    ['BCH*04*SA*PO-1**2*20260105*****20260107', ['BCH*04*SA*PO-1**123456789*20260105'], ['element-too-long BCH05 2']],
    ['POC*3*DI', ['POC*3'], ['element-missing POC02 15']],
    ['POC*3*DI', ['POC*3*PC***EA**PE'], ['element-condition POC06 15']],
    ['POC*3*DI', ['POC*3*QD*4'], ['element-condition POC05 15']],
    ['POC*3*DI', ['POC*3*PC****4,50'], ['element-type POC06 15']],
    ['POC*3*DI', ['POC*3*QD*4**EACH'], ['element-too-long POC05.1 15']],
    ['SCH*12*EA***002*20260115', ['SCH*12*EA***002'], ['element-missing SCH06 11']],
    ['SDQ*EA*92*04*10*05*2', ['SDQ*EA*92*44*10*55'], ['element-condition SDQ06 10']],
    ['REF*DP*014', ['REF*DP*014', 'SCH*12*EA***002*20260115'], ['segment-unexpected SCH 4']],
    ['REF*DP*014', ['REF*DP*014', 'BCH*04*SA*PO-1***20260105'], ['segment-out-of-order BCH 4']],
  ] as const) {
    test(`an 860 of ${release} with ${instead.join(' and ') || 'nothing'} instead of ${line}`, async () => {
      assert.deepEqual(await faultsIn(changed(CHANGED, line, instead), release), expected);
    });
  }
}

test("a seller's number in BCH09 is longer from 005010 on", async () => {
  const written = changed(CANCELLED, 'BCH*01*SA*PO-1***20260105', [`BCH*01*SA*PO-1***20260105***${'9'.repeat(31)}`]);
  assert.deepEqual(await faultsIn(written, '004010'), ['element-too-long BCH09 2']);
  assert.deepEqual(await faultsIn(written, '005010'), []);
});
