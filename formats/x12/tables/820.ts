import type { BodyLine, SetTable } from '../../tables/form.ts';

const PERSON: BodyLine = {
  loop: 'NM1',
  max: '*',
  body: ['NM1 1 1', 'N2 0 *', 'N3 0 *', 'N4 0 *', 'REF 0 *', 'PER 0 *'],
};
const DATED_REFERENCE: BodyLine = { loop: 'REF', max: '*', body: ['REF 1 1', 'DTM 0 *'] };
const CHARGE: BodyLine = { loop: 'SAC', max: '*', body: ['SAC 1 1', 'TXI 0 *'] };
const ITEM: BodyLine = {
  loop: 'IT1',
  max: '*',
  body: [
    'IT1 1 1',
    ...[DATED_REFERENCE, CHARGE],
    { loop: 'SLN', max: '*', body: ['SLN 1 1', DATED_REFERENCE, CHARGE] },
  ],
};
const ADJUSTMENT: BodyLine = {
  loop: 'ADX',
  max: '*',
  body: ['ADX 1 1', 'NTE 0 *', 'PER 0 *', 'DTM 0 *', DATED_REFERENCE, ITEM],
};

/** What is paid: adjustments of their own, then open items with theirs. */
const SETTLED: readonly BodyLine[] = [
  ADJUSTMENT,
  { loop: 'RMR', max: '*', body: ['RMR 1 1', 'NTE 0 *', 'REF 0 *', 'DTM 0 *', ITEM, ADJUSTMENT] },
  { loop: 'TXP', max: '*', body: ['TXP 1 1', 'TXI 0 *'] },
  'DED 0 *',
];

/** What a payment settles, and the order to pay it. */
export const X12_820: SetTable = {
  standard: 'X12',
  set: '820',
  group: 'RA',
  release: '004010',
  closed: false,
  sources: [
    'Hershey: 820 Payment Order/Remittance Advice from customers, 004010',
    'Superior Essex: ANSI X12 version 4010, 820 Remittance Advice',
    '3M: Customer Payment/Remittance Advice 820, version 004010',
  ],
  body: [
    ...['BPR 1 1', 'NTE 0 *', 'TRN 0 1', 'CUR 0 1', 'REF 0 *', 'DTM 0 *'],
    {
      loop: 'N1',
      max: '*',
      body: ['N1 1 1', 'N2 0 *', 'N3 0 *', 'N4 0 *', 'REF 0 *', 'PER 0 *', 'RDM 0 1', 'DTM 0 *'],
    },
    // Many payers leave the ENT out.
    ...SETTLED,
    {
      loop: 'ENT',
      max: '*',
      body: ['ENT 1 1', PERSON, ...SETTLED],
    },
    // Of what follows LX, guides show these only.
    { loop: 'LX', max: '*', body: ['LX 1 1', 'REF 0 *', 'TRN 0 *', PERSON] },
  ],
  segments: {
    BPR: {
      elements: [
        ...['305 ID 1 2 M', '782 R 1 18 M'],
        { element: '478 ID 1 1 M', codes: { C: 'paid by the payer', D: 'drawn by the payee' } },
        ...['591 ID 3 3 M', '812 ID 1 10', '506 ID 2 2 C', '507 AN 3 12 C', '569 ID 1 3', '508 AN 1 35 C'],
        ...['509 AN 10 10', '510 AN 9 9', '506 ID 2 2 C', '507 AN 3 12 C', '569 ID 1 3', '508 AN 1 35 C'],
        ...['373 DT 8 8', '1048 ID 1 3', '506 ID 2 2 C', '507 AN 3 12 C', '569 ID 1 3', '508 AN 1 35 C'],
      ],
      conditions: ['P0607', 'C0809', 'P1213', 'C1415', 'P1819', 'C2021'],
    },
    TRN: ['481 ID 1 2 M', '127 AN 1 30 M', '509 AN 10 10', '127 AN 1 30'],
    RDM: ['756 ID 1 2 M', '93 AN 1 60', '364 AN 1 80'],
    ENT: {
      elements: [
        ...['554 N0 1 6', '98 ID 2 3 C', '66 ID 1 2 C', '67 AN 2 80 C', '98 ID 2 3 C', '66 ID 1 2 C'],
        ...['67 AN 2 80 C', '128 ID 2 3 C', '127 AN 1 30 C'],
      ],
      conditions: ['P020304', 'P050607', 'P0809'],
    },
    NM1: {
      elements: [
        ...['98 ID 2 3 M', '1065 ID 1 1 M', '1035 AN 1 35', '1036 AN 1 25', '1037 AN 1 25', '1038 AN 1 10'],
        ...['1039 AN 1 10', '66 ID 1 2 C', '67 AN 2 80 C', '706 ID 2 2 C', '98 ID 2 3'],
      ],
      conditions: ['P0809', 'C1110'],
    },
    RMR: {
      elements: [
        {
          element: '128 ID 2 3 C',
          codes: {
            IV: 'invoice of the seller',
            OI: 'invoice',
            CM: 'credit note of the buyer',
            CL: 'credit note of the seller',
            DL: 'debit note of the seller',
            VV: 'voucher of the buyer',
          },
        },
        ...['127 AN 1 30 C', '482 ID 2 2', '782 R 1 18', '782 R 1 18', '782 R 1 18', '426 ID 2 2 C', '782 R 1 18 C'],
      ],
      conditions: ['P0102', 'P0708'],
    },
    ADX: {
      elements: ['782 R 1 18 M', '426 ID 2 2 M', '128 ID 2 3 C', '127 AN 1 30 C'],
      conditions: ['P0304'],
    },
  },
  patches: {
    '005010': {
      'TRN.02': '127 AN 1 50',
      'TRN.04': '127 AN 1 50',
      'RDM.03': '364 AN 1 256',
      'ENT.09': '127 AN 1 50',
      'NM1.03': '1035 AN 1 60',
      'NM1.04': '1036 AN 1 35',
      'RMR.02': '127 AN 1 50',
      'ADX.04': '127 AN 1 50',
    },
  },
};
