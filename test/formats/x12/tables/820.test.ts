import assert from 'node:assert/strict';
import test from 'node:test';
import { changed, faultsIn, notesIn, type WrittenSet } from './checked.ts';

/** Two entities; adjustments beside the open items and within them, one with a note and a dated reference. */
const ENTITIES: WrittenSet = {
  set: '820',
  group: 'RA',
  lines: [
    'BPR*I*1150.5*C*ACH*CTX*01*021000021*DA*111222333*1234567890**01*021000089*DA*444555666*20260120',
    'NTE*GEN*January',
    'TRN*1*PAY-1',
    'CUR*PR*NOK',
    'DTM*097*20260119',
    'N1*PR*Buyer AS*92*04',
    'N1*PE*Nordic Bolts AS*92*77',
    'RDM*EM**ar@nordic.example',
    'ENT*1',
    'NM1*PR*1*Nordmann*Kari',
    'PER*IC**TE*+47 22 00 00 00',
    'ADX*-50*01*CM*C-1',
    'NTE*GEN*Returned in December',
    'REF*VV*V-1',
    'DTM*003*20251220',
    'RMR*IV*INV-9**1000.5*1050.5*',
    'REF*PO*PO-1',
    'DTM*003*20260115',
    'ADX*-50*04*CM*C-2',
    'RMR*CM*CN-1**-100',
    'ENT*2*PE*92*77',
    'RMR*OI*INV-10**300',
  ],
};

/** No ENT at all. */
const PLAIN: WrittenSet = {
  set: '820',
  group: 'RA',
  lines: [
    'BPR*I*250*C*NON************20260120',
    'TRN*1*PAY-2',
    'N1*PE*Nordic Bolts AS',
    'ADX*-50*01',
    'RMR*IV*INV-11**300*350',
    'ADX*-50*04',
  ],
};

const REFERENCE = 'X'.repeat(31);

for (const release of ['004010', '005010']) {
  for (const [what, written] of Object.entries({ 'two entities': ENTITIES, 'no entity': PLAIN })) {
    test(`an 820 of ${release} is accepted: ${what}`, async () => {
      assert.deepEqual(await faultsIn(written, release), []);
      assert.deepEqual(await notesIn(written, release), []);
    });
  }

  for (const [line, instead, expected] of [
    ['BPR*I*250*C*NON************20260120', [], ['segment-missing BPR 2']],
    ['BPR*I*250*C*NON************20260120', ['BPR*I**C*NON'], ['element-missing BPR02 2']],
    ['BPR*I*250*C*NON************20260120', ['BPR*I*250,00*C*NON'], ['element-type BPR02 2']],
    ['BPR*I*250*C*NON************20260120', ['BPR*I*250*C*NON**01'], ['element-condition BPR07 2']],
    ['BPR*I*250*C*NON************20260120', ['BPR*I*250*C*NON************20260020'], ['element-date BPR16 2']],
    ['TRN*1*PAY-2', ['TRN*1'], ['element-missing TRN02 3']],
    ['RMR*IV*INV-11**300*350', ['RMR**INV-11**300*350'], ['element-condition RMR01 6']],
    ['RMR*IV*INV-11**300*350', ['RMR*IV*INV-11**300*350**04'], ['element-condition RMR08 6']],
    ['ADX*-50*04', ['ADX*-50'], ['element-missing ADX02 7']],
    ['ADX*-50*04', ['ADX*-50*04*CM'], ['element-condition ADX04 7']],
    ['ADX*-50*04', ['ADX*-50*ZZZ'], ['element-too-long ADX02 7']],
    ['TRN*1*PAY-2', ['TRN*1*PAY-2', 'NM1*PR*1*Nordmann'], ['segment-unexpected NM1 4']],
    ['TRN*1*PAY-2', ['TRN*1*PAY-2', 'TRN*1*PAY-3'], ['segment-over-maximum TRN 4']],
    ['ADX*-50*04', ['ENT*1', 'NM1*PR*1*Nordmann', 'ENT*2*PE'], ['element-condition ENT03 9']],
  ] as const) {
    test(`an 820 of ${release} with ${instead.join(' and ') || 'nothing'} instead of ${line}`, async () => {
      assert.deepEqual(await faultsIn(changed(PLAIN, line, instead), release), expected);
    });
  }
}

for (const [line, instead, expected] of [
  ['TRN*1*PAY-2', `TRN*1*${REFERENCE}`, 'element-too-long TRN02 3'],
  ['RMR*IV*INV-11**300*350', `RMR*IV*${REFERENCE}**300*350`, 'element-too-long RMR02 6'],
  ['ADX*-50*04', `ADX*-50*04*CM*${REFERENCE}`, 'element-too-long ADX04 7'],
] as const) {
  test(`references of an 820 are longer from 005010 on: ${line}`, async () => {
    const written = changed(PLAIN, line, [instead]);
    assert.deepEqual(await faultsIn(written, '004010'), [expected]);
    assert.deepEqual(await faultsIn(written, '005010'), []);
  });
}
