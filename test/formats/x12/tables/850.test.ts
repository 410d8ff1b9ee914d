import assert from 'node:assert/strict';
import test from 'node:test';
import { changed, faultsIn, notesIn, type WrittenSet } from './checked.ts';

/** Stores, dates and parties beside the items as well as before them. */
const SPREAD: WrittenSet = {
  set: '850',
  group: 'PO',
  lines: [
    'BEG*00*SA*PO-1**20260105',
    'CUR*BY*NOK',
    'REF*DP*014',
    'PER*BD*Kari Nordmann*TE*+47 22 00 00 00',
    'SAC*A*C310***5000*3*10',
    'ITD*01*3*2**10**30',
    'DTM*037*20260110',
    'PKG*F****On pallets',
    'TD5**2*UPSN',
    'N9*L1*NOTE',
    'MSG*Ring the bell',
    'N1*BT*Buyer AS*92*04',
    'PER*AP*Ola Nordmann*EM*ola@buyer.example',
    'SPI*00',
    'REF*CT*C-1',
    'PO1*1*10*EA*4.5*PE*VP*A-1*UP*012345678905',
    'CTP**RES*9.95',
    'PID*F****Bolt M8',
    'PO4*4*4*EA*PLT94**3*LB*15*CN',
    'SDQ*EA*92*04*6*05*4',
    'SCH*6*EA***002*20260115',
    'LDT*AF*5*DA',
    'N1*ST*Warehouse 4*92*04',
    'SLN*1**I*2*EA',
    'AMT*1*45',
    'PO1**1*BX***BP*B-2',
    'CTT*2',
    'AMT*TT*95',
  ],
};

/** The end of an order: one item, nothing else. */
const CANCELLED: WrittenSet = { set: '850', group: 'PO', lines: ['BEG*01*NE*PO-1**20260105', 'PO1**1'] };

for (const release of ['004010', '005010']) {
  for (const [what, written] of Object.entries({ 'two items': SPREAD, 'the end of an order': CANCELLED })) {
    test(`an 850 of ${release} is accepted: ${what}`, async () => {
      assert.deepEqual(await faultsIn(written, release), []);
      assert.deepEqual(await notesIn(written, release), []);
    });
  }

  for (const [line, instead, expected] of [
    ['BEG*00*SA*PO-1**20260105', ['BEG*00*SA**20260105'], ['element-missing BEG03 2', 'element-missing BEG05 2']],
    ['PO1**1*BX***BP*B-2', ['PO1***BX***BP*B-2'], ['element-condition PO102 27']],
    ['SLN*1**I*2*EA', ['SLN*1**I*2'], ['element-condition SLN05 25']],
    ['SCH*6*EA***002*20260115', ['SCH*6*EA***002*20260115*1260'], ['element-time SCH07 22']],
    ['SCH*6*EA***002*20260115', ['SCH*six*EA***002*20260115'], ['element-type SCH01 22']],
    ['CUR*BY*NOK', ['CUR*BY*NOK', 'MSG*Too early'], ['segment-unexpected MSG 4']],
  ] as const) {
    test(`an 850 of ${release} with ${instead.join(' and ') || 'nothing'} instead of ${line}`, async () => {
      assert.deepEqual(await faultsIn(changed(SPREAD, line, instead), release), expected);
    });
  }

  test(`an 850 of ${release} without items`, async () => {
    const written = { ...SPREAD, lines: ['BEG*00*SA*PO-1**20260105', 'CTT*0'] };
    assert.deepEqual(await faultsIn(written, release), ['segment-missing PO1 3']);
  });
}
