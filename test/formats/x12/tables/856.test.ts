import assert from 'node:assert/strict';
import test from 'node:test';
import { BUILT_IN_TABLES } from '../../../../formats/tables/built-in.ts';
import { TableShelf } from '../../../../formats/tables/shelf.ts';
import { changed, faultsIn, notesIn, type WrittenSet } from './checked.ts';

/** Shipment, order, pallet, package, item; ids that do not begin with 1, and no HL04. */
const PACKED: WrittenSet = {
  set: '856',
  group: 'SH',
  lines: [
    'BSN*00*SHIP-77*20260110*1405*0001',
    'DTM*011*20260110*1405',
    'HL*10**S',
    'TD1*PLT94*1****G*412.5*KG',
    'TD5**2*UPSN',
    'TD3*TL**TR 12345',
    'REF*BM*BOL-1',
    'DTM*017*20260113',
    'FOB*DF***01*FCA',
    'N1*SF*Nordic Bolts AS*92*77',
    'N1*ST**92*04',
    'HL*20*10*O',
    'PRF*PO-1***20260105',
    'HL*30*20*T',
    'MAN*GM*003701234567890122',
    'HL*31*30*P',
    'PO4*1',
    'MAN*GM*003701234567890139**CP*1Z999',
    'HL*40*31*I',
    'LIN**UP*012345678905*BP*B-1',
    'SN1**8*EA**10*EA',
    'PID*F****Bolt M8',
    'CLD*2*4*CTN25',
    'REF*LT*L-1',
    'CTT*5',
  ],
};

/** Shipment and items: the order is named beside each item, dates stand after the marks, totals are left out. */
const LOOSE: WrittenSet = {
  set: '856',
  group: 'SH',
  lines: [
    'BSN*00*77*20260110*140500',
    'HL*1**S*1',
    'MEA*PD*G*412.5*KG',
    'TD1*CTN25*2',
    'PER*SH**TE*+47 22 00 00 00',
    'MAN*CP*1Z999',
    'DTM*011*20260110',
    'HL*2*1*I*0',
    'LIN*1*BP*B-1',
    'SN1*1*8*EA',
    'SLN*1**I',
    'PRF*PO-1**3',
    'SAC*C*D240***1250',
  ],
};

for (const release of ['004010', '005010']) {
  for (const [what, written] of Object.entries({ 'packages on a pallet': PACKED, 'items alone': LOOSE })) {
    test(`an 856 of ${release} is accepted: ${what}`, async () => {
      assert.deepEqual(await faultsIn(written, release), []);
      assert.deepEqual(await notesIn(written, release), []);
    });
  }

  for (const [line, instead, expected] of [
    ['BSN*00*SHIP-77*20260110*1405*0001', [], ['segment-missing BSN 2']],
    ['BSN*00*SHIP-77*20260110*1405*0001', ['BSN*00*SHIP-77*20260110'], ['element-missing BSN04 2']],
    ['BSN*00*SHIP-77*20260110*1405*0001', ['BSN*00*SHIP-77*20260110*2505'], ['element-time BSN04 2']],
    ['HL*10**S', ['HL*10**SHIP'], ['element-too-long HL03 4']],
    ['HL*10**S', ['HL*10'], ['element-missing HL03 4']],
    ['SN1**8*EA**10*EA', ['SN1**8'], ['element-missing SN103 22']],
    ['SN1**8*EA**10*EA', ['SN1**8*EA**10'], ['element-condition SN106 22']],
    ['SN1**8*EA**10*EA', ['SN1**8,5*EA'], ['element-type SN102 22']],
    ['PRF*PO-1***20260105', ['PRF'], ['element-missing PRF01 14']],
    ['N1*ST**92*04', ['N3*Storgata 1', 'N1*ST'], ['element-condition N102 13']],
    ['REF*BM*BOL-1', ['N3*Storgata 1', 'REF*BM*BOL-1'], ['segment-unexpected N3 8']],
    ['DTM*011*20260110*1405', ['DTM*011*20260110*1405', 'SN1**8*EA'], ['segment-unexpected SN1 4']],
    ['MAN*GM*003701234567890122', ['MAN*GM*003701234567890122', 'TD5**2*UPSN'], ['segment-out-of-order TD5 17']],
    ['CTT*5', ['CTT*5', 'CTT*5'], ['segment-over-maximum CTT 27']],
  ] as const) {
    test(`an 856 of ${release} with ${instead.join(' and ') || 'nothing'} instead of ${line}`, async () => {
      assert.deepEqual(await faultsIn(changed(PACKED, line, instead), release), expected);
    });
  }

  test(`an 856 of ${release} without any level`, async () => {
    const written = { ...PACKED, lines: ['BSN*00*SHIP-77*20260110*1405', 'CTT*0'] };
    assert.deepEqual(await faultsIn(written, release), ['segment-missing HL 3']);
  });
}

test('an equipment number in an 856 is longer from 005010 on', async () => {
  const written = changed(PACKED, 'TD3*TL**TR 12345', ['TD3*TL**TR 123456789']);
  assert.deepEqual(await faultsIn(written, '004010'), ['element-too-long TD303 7']);
  assert.deepEqual(await faultsIn(written, '005010'), []);
});

test('a profile asks for a segment of one level of an 856, and for the level itself', async () => {
  const profile = { '856': { patch: { 'HL[O]': '1 *', 'HL[O]/PRF': '1 1', 'HL[P]/MAN': '1 *' } } };
  const agreed = new TableShelf(BUILT_IN_TABLES, profile);
  assert.deepEqual(await faultsIn(PACKED, '004010', agreed), []);
  const unnamed = changed(PACKED, 'PRF*PO-1***20260105', []);
  assert.deepEqual(await faultsIn(unnamed, '004010', agreed), ['segment-missing PRF 14']);
  assert.deepEqual(await faultsIn(LOOSE, '004010', agreed), ['segment-missing HL 15']);
});
