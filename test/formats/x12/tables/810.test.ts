import assert from 'node:assert/strict';
import test from 'node:test';
import { changed, faultsIn, notesIn, type WrittenSet } from './checked.ts';

/** Charges and taxes at the line and in the summary, terms, two parties, shipment totals. */
const CHARGED: WrittenSet = {
  set: '810',
  group: 'IN',
  lines: [
    'BIG*20260115*INV-9*20260105*PO-1***DI*00',
    'NTE*GEN*Thank you',
    'CUR*SE*NOK',
    'REF*VN*SO-77',
    'N1*SU*Nordic Bolts AS*92*77',
    'N1*BY**92*04',
    'N3*Storgata 1',
    'N4*Oslo**0150*NO',
    'ITD*01*3*2**10**30*250',
    'DTM*035*20260113',
    'FOB*DF***01*FCA',
    'IT1*1*8*EA*4.5*PE*VP*A-1*UP*012345678905',
    'TXI*VA*9*25',
    'PID*F****Bolt M8',
    'SAC*C*D240***1250',
    'TXI*VA*3.13*25',
    'IT1*2*10*EA*1000*TP*BP*B-2',
    'TDS*7413*5000',
    'TXI*VA*12.13*25',
    'CAD****UPSN*****',
    'SAC*A*C310***-500********02*Season',
    'ISS*18*EA*12.5*KG',
    'CTT*2',
  ],
};

/** A credit note of one amount: no lines, no totals but TDS. */
const CREDIT: WrittenSet = {
  set: '810',
  group: 'IN',
  lines: ['BIG*20260115*CN-1*****CR', 'REF*IV*INV-9', 'TDS*-1250'],
};

for (const release of ['004010', '005010']) {
  for (const [what, written] of Object.entries({ 'charges and taxes': CHARGED, 'a credit note': CREDIT })) {
    test(`an 810 of ${release} is accepted: ${what}`, async () => {
      assert.deepEqual(await faultsIn(written, release), []);
      assert.deepEqual(await notesIn(written, release), []);
    });
  }

  for (const [line, instead, expected] of [
    ['BIG*20260115*INV-9*20260105*PO-1***DI*00', [], ['segment-missing BIG 2']],
    ['BIG*20260115*INV-9*20260105*PO-1***DI*00', ['BIG*20260115'], ['element-missing BIG02 2']],
    ['BIG*20260115*INV-9*20260105*PO-1***DI*00', ['BIG*20261315*INV-9'], ['element-date BIG01 2']],
    ['BIG*20260115*INV-9*20260105*PO-1***DI*00', [`BIG*20260115*${'9'.repeat(23)}`], ['element-too-long BIG02 2']],
    // Tax, carrier and charge could be those of the last item; the first thing that cannot is ISS.
    ['TDS*7413*5000', [], ['segment-missing TDS 22']],
    ['TDS*7413*5000', ['TDS*74.13'], ['element-type TDS01 19']],
    ['IT1*2*10*EA*1000*TP*BP*B-2', ['IT1*2*10*EA'], ['element-condition IT104 18']],
    ['IT1*2*10*EA*1000*TP*BP*B-2', ['IT1*2*10*EA*1000*TP*BP'], ['element-condition IT107 18']],
    ['IT1*2*10*EA*1000*TP*BP*B-2', ['IT1*2*10*EA*NOK 1000'], ['element-type IT104 18']],
    ['SAC*C*D240***1250', ['SAC*C****1250'], ['element-condition SAC02 16']],
    ['TXI*VA*9*25', ['TXI*VA'], ['element-condition TXI02 14']],
    ['ISS*18*EA*12.5*KG', ['ISS'], ['element-condition ISS01 23']],
    ['ISS*18*EA*12.5*KG', ['ISS*18'], ['element-condition ISS02 23']],
    ['CAD****UPSN*****', ['CAD*M'], ['element-condition CAD04 21']],
    ['ITD*01*3*2**10**30*250', ['ITD*01*3*2**10**30*2.50'], ['element-type ITD08 10']],
    ['DTM*035*20260113', ['DTM*035*20260113', 'SLN*1**I'], ['segment-unexpected SLN 12']],
    ['DTM*035*20260113', ['DTM*035*20260113', 'CUR*SE*NOK'], ['segment-out-of-order CUR 12']],
  ] as const) {
    test(`an 810 of ${release} with ${instead.join(' and ') || 'nothing'} instead of ${line}`, async () => {
      assert.deepEqual(await faultsIn(changed(CHARGED, line, instead), release), expected);
    });
  }
}

test('quantities of an 810 have more digits from 005010 on', async () => {
  const written = changed(CHARGED, 'IT1*2*10*EA*1000*TP*BP*B-2', ['IT1*2*12345678901*EA*1000*TP*BP*B-2']);
  assert.deepEqual(await faultsIn(written, '004010'), ['element-too-long IT102 18']);
  assert.deepEqual(await faultsIn(written, '005010'), []);
});
