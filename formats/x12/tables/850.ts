import type { BodyLine, SetTable } from '../../tables/form.ts';

const ADDRESS: readonly BodyLine[] = ['N2 0 2', 'N3 0 2', 'N4 0 *'];
const CHARGES: BodyLine = { loop: 'SAC', max: 25, body: ['SAC 1 1', 'CUR 0 1'] };
const TRANSPORT: readonly BodyLine[] = ['TD1 0 2', 'TD5 0 12', 'TD3 0 12', 'TD4 0 5'];
const NOTES: BodyLine = { loop: 'N9', max: 1000, body: ['N9 1 1', 'DTM 0 *', 'MSG 0 1000'] };
/** Nine more stores of SDQ and what each gets. */
const MORE_STORES = Array.from({ length: 9 }, () => ['67 AN 2 80 C', '380 R 1 15 C']).flat();

const LINE: BodyLine = {
  loop: 'PO1',
  min: 1,
  max: 100_000,
  body: [
    ...['PO1 1 1', 'LIN 0 *', 'SI 0 *', 'CUR 0 1', 'PO3 0 25'],
    { loop: 'CTP', max: '*', body: ['CTP 1 1', 'CUR 0 1'] },
    ...['PAM 0 10', 'MEA 0 40'],
    { loop: 'PID', max: 1000, body: ['PID 1 1', 'MEA 0 10'] },
    ...['PWK 0 25', 'PO4 0 *', 'REF 0 *', 'PER 0 3'],
    { loop: 'SAC', max: 25, body: ['SAC 1 1', 'CUR 0 1', 'CTP 0 1'] },
    ...[
      'IT8 0 25',
      'CSH 0 *',
      'ITD 0 2',
      'DIS 0 20',
      'INC 0 1',
      'TAX 0 *',
      'FOB 0 *',
      'SDQ 0 500',
      'IT3 0 5',
      'DTM 0 10',
    ],
    ...['TD1 0 1', 'TD5 0 12', 'TD3 0 12', 'TD4 0 5', 'PCT 0 *', 'MAN 0 10', 'SPI 0 *', 'TXI 0 *', 'CTB 0 *'],
    { loop: 'QTY', max: '*', body: ['QTY 1 1', 'SI 0 *'] },
    { loop: 'SCH', max: 200, body: ['SCH 1 1', ...TRANSPORT, 'REF 0 *'] },
    { loop: 'PKG', max: 200, body: ['PKG 1 1', 'MEA 0 *'] },
    { loop: 'N9', max: 1000, body: ['N9 1 1', 'DTM 0 *', 'MEA 0 40', 'MSG 0 1000'] },
    {
      loop: 'N1',
      max: 200,
      body: ['N1 1 1', ...ADDRESS, 'REF 0 12', 'PER 0 3', 'SI 0 *', 'DTM 0 1', 'FOB 0 1', ...TRANSPORT, 'PKG 0 200'],
    },
    {
      loop: 'SLN',
      max: 1000,
      body: [
        ...['SLN 1 1', 'MSG 0 *', 'SI 0 *', 'PID 0 1000', 'PO3 0 104', 'CTP 0 25', 'PAM 0 10'],
        { loop: 'SAC', max: 25, body: ['SAC 1 1', 'CUR 0 1', 'CTP 0 1'] },
        ...['DTM 0 10', 'TXI 0 *'],
        { loop: 'QTY', max: '*', body: ['QTY 1 1', 'SI 0 *'] },
        { loop: 'N9', max: '*', body: ['N9 1 1', 'DTM 0 *', 'MSG 0 *'] },
        { loop: 'N1', max: 10, body: ['N1 1 1', ...ADDRESS, 'REF 0 12', 'PER 0 3', 'SI 0 *'] },
      ],
    },
  ],
};

/** Purchase order. */
export const X12_850: SetTable = {
  standard: 'X12',
  set: '850',
  group: 'PO',
  release: '004010',
  closed: false,
  sources: [
    'ERICO International: 850 Purchase Order, ANSI ASC X12 version 4010',
    'EMD: Customer EDI Guidelines, 850 Purchase Order',
  ],
  body: [
    ...['BEG 1 1', 'CUR 0 1', 'REF 0 *', 'PER 0 3', 'TAX 0 *', 'FOB 0 *', 'CTP 0 *', 'PAM 0 10', 'CSH 0 5'],
    CHARGES,
    ...[
      'ITD 0 *',
      'DIS 0 20',
      'INC 0 1',
      'DTM 0 10',
      'LDT 0 12',
      'LIN 0 5',
      'SI 0 *',
      'PID 0 200',
      'MEA 0 40',
      'PWK 0 25',
    ],
    ...['PKG 0 200', 'TD1 0 2', 'TD5 0 12', 'TD3 0 12', 'TD4 0 5', 'MAN 0 10', 'PCT 0 *', 'CTB 0 5', 'TXI 0 *'],
    NOTES,
    {
      loop: 'N1',
      max: 200,
      body: ['N1 1 1', ...ADDRESS, 'REF 0 12', 'PER 0 *', 'SI 0 *', 'FOB 0 1', ...TRANSPORT, 'PKG 0 200'],
    },
    LINE,
    { loop: 'CTT', max: 1, body: ['CTT 1 1', 'AMT 0 1'] },
  ],
  segments: {
    BEG: [
      {
        element: '353 ID 2 2 M',
        codes: { '00': 'new order', '01': 'cancels', '05': 'replaces', '06': 'confirms' },
      },
      {
        element: '92 ID 2 2 M',
        codes: { SA: 'single delivery', NE: 'new', DS: 'straight to the customer', BK: 'blanket', RL: 'call-off' },
      },
      ...['324 AN 1 22 M', '328 AN 1 30', '373 DT 8 8 M', '367 AN 1 30', '587 ID 2 2'],
    ],
    SCH: {
      elements: [
        ...['380 R 1 15 M', '355 ID 2 2 M', '98 ID 2 3', '93 AN 1 60 C', '374 ID 3 3 M', '373 DT 8 8 M', '337 TM 4 8'],
        ...['374 ID 3 3 C', '373 DT 8 8 C', '337 TM 4 8 C', '326 AN 1 45', '350 AN 1 20'],
      ],
      conditions: ['C0403', 'L080910', 'C0908', 'C1008'],
    },
    SDQ: {
      elements: ['355 ID 2 2 M', '54 ID 1 2', '67 AN 2 80 M', '380 R 1 15 M', ...MORE_STORES, '310 AN 1 30'],
      conditions: ['P0506', 'P0708', 'P0910', 'P1112', 'P1314', 'P1516', 'P1718', 'P1920', 'P2122'],
    },
  },
};
