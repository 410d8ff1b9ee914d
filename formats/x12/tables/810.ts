import type { BodyLine, SetTable } from '../../tables/form.ts';

const PARTY: BodyLine = {
  loop: 'N1',
  max: 200,
  body: ['N1 1 1', 'N2 0 2', 'N3 0 2', 'N4 0 *', 'REF 0 12', 'PER 0 3', 'DMG 0 1'],
};
const CHARGE: BodyLine = { loop: 'SAC', max: 25, body: ['SAC 1 1', 'TXI 0 10'] };
const CODES: BodyLine = { loop: 'LM', max: 10, body: ['LM 1 1', 'LQ 0 100'] };
const VOYAGE: BodyLine = { loop: 'V1', max: '*', body: ['V1 1 1', 'R4 0 *', 'DTM 0 *'] };
const ACCOUNTS: BodyLine = { loop: 'FA1', max: '*', body: ['FA1 1 1', 'FA2 0 *'] };

const ITEM: BodyLine = {
  loop: 'IT1',
  max: 200_000,
  body: [
    ...['IT1 1 1', 'CRC 0 1', 'QTY 0 5', 'CUR 0 1', 'IT3 0 5', 'TXI 0 10', 'CTP 0 25', 'PAM 0 10', 'MEA 0 40'],
    { loop: 'PID', max: 1000, body: ['PID 1 1', 'MEA 0 10'] },
    ...['PWK 0 25', 'PKG 0 25', 'PO4 0 *', 'ITD 0 2', 'REF 0 *', 'YNQ 0 10', 'PER 0 5', 'SDQ 0 500', 'DTM 0 10'],
    ...['CAD 0 *', 'L7 0 *', 'SR 0 1'],
    CHARGE,
    {
      loop: 'SLN',
      max: 1000,
      body: ['SLN 1 1', 'DTM 0 *', 'REF 0 *', 'PID 0 1000', 'SAC 0 25', 'TC2 0 2', 'TXI 0 10'],
    },
    ...[PARTY, CODES, VOYAGE, ACCOUNTS],
  ],
};

/** Invoice, credit note or debit note. */
export const X12_810: SetTable = {
  standard: 'X12',
  set: '810',
  group: 'IN',
  release: '004010',
  closed: false,
  sources: [
    'GCommerce: X12 4010 810 specification for automotive aftermarket suppliers',
    'Logicbroker: 810 Invoice, version 4010',
    'Microsoft: EDI Implementation Guidelines, 810 Invoice, version 4010',
  ],
  body: [
    ...['BIG 1 1', 'NTE 0 100', 'CUR 0 1', 'REF 0 *', 'YNQ 0 10', 'PER 0 3'],
    PARTY,
    ...['ITD 0 *', 'DTM 0 10', 'FOB 0 1', 'PID 0 200', 'MEA 0 40', 'PWK 0 25', 'PKG 0 25', 'L7 0 *', 'BAL 0 *'],
    ...['INC 0 1', 'PAM 0 *'],
    CODES,
    { loop: 'N9', max: '*', body: ['N9 1 1', 'MSG 0 *'] },
    ...[VOYAGE, ACCOUNTS, ITEM],
    ...['TDS 1 1', 'TXI 0 10', 'CAD 0 *', 'AMT 0 *'],
    CHARGE,
    { loop: 'ISS', max: '*', body: ['ISS 1 1', 'PID 0 1'] },
    'CTT 0 1',
  ],
  segments: {
    BIG: [
      ...['373 DT 8 8 M', '76 AN 1 22 M', '373 DT 8 8', '324 AN 1 22', '328 AN 1 30', '327 AN 1 8'],
      {
        element: '640 ID 2 2',
        codes: {
          DI: 'invoice',
          PR: 'invoice of goods',
          CI: 'invoice of several',
          CR: 'credit note',
          CN: 'credit note',
          DR: 'debit note',
        },
      },
      { element: '353 ID 2 2', codes: { '00': 'new' } },
      ...['306 ID 1 2', '76 AN 1 22'],
    ],
    TDS: ['610 N2 1 15 M', '610 N2 1 15', '610 N2 1 15', '610 N2 1 15'],
    CAD: {
      elements: [
        ...['91 ID 1 2', '206 AN 1 4', '207 AN 1 10', '140 ID 2 4 C', '387 AN 1 35 C', '368 ID 2 2', '128 ID 2 3'],
        ...['127 AN 1 30 C', '284 ID 2 2'],
      ],
      conditions: ['R0405', 'C0708'],
    },
    ISS: {
      elements: ['382 R 1 10 C', '355 ID 2 2 C', '81 R 1 10 C', '355 ID 2 2 C', '183 R 1 8 C', '355 ID 2 2 C'],
      conditions: ['R010305', 'P0102', 'P0304', 'P0506'],
    },
  },
  patches: { '005010': { 'CAD.03': '207 AN 1 15', 'CAD.08': '127 AN 1 50' } },
};
