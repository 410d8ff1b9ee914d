import type { BodyLine, SetTable } from '../../tables/form.ts';

const REFERENCES = (max: number): BodyLine => ({ loop: 'RFF', max, body: ['RFF 1 1', 'DTM 0 1'] });
const HANDLING: BodyLine = { loop: 'HAN', max: 10, body: ['HAN 1 1', 'FTX 0 10'] };

const HEADER: readonly BodyLine[] = [
  ...['BGM 1 1', 'DTM 0 10', 'ALI 0 5', 'MEA 0 5', 'MOA 0 5', 'CUX 0 9'],
  REFERENCES(99),
  {
    loop: 'NAD',
    max: 99,
    body: ['NAD 1 1', 'LOC 0 10', REFERENCES(10), { loop: 'CTA', max: 10, body: ['CTA 1 1', 'COM 0 5'] }],
  },
  { loop: 'TOD', max: 10, body: ['TOD 1 1', 'LOC 0 5', 'FTX 0 5'] },
  {
    loop: 'TDT',
    max: 10,
    body: ['TDT 1 1', 'PCD 0 6', { loop: 'LOC', max: 10, body: ['LOC 1 1', 'DTM 0 10'] }],
  },
  { loop: 'EQD', max: 10, body: ['EQD 1 1', 'MEA 0 5', 'SEL 0 25', 'EQA 0 5', HANDLING] },
];

/** What is packed: its marks, and under them the numbers on each unit (GIN with BJ is an SSCC). */
const PACKAGE: BodyLine = {
  loop: 'PAC',
  max: 9999,
  body: [
    ...['PAC 1 1', 'MEA 0 10', 'QTY 0 10'],
    HANDLING,
    {
      loop: 'PCI',
      max: 1000,
      body: [...['PCI 1 1', 'RFF 0 1', 'DTM 0 5', 'GIR 0 99'], { loop: 'GIN', max: 99, body: ['GIN 1 1', 'DLM 0 10'] }],
    },
  ],
};

const LINE: BodyLine = {
  loop: 'LIN',
  max: 9999,
  body: [
    ...['LIN 1 1', 'PIA 0 10', 'IMD 0 25', 'MEA 0 10', 'QTY 0 10', 'ALI 0 10', 'GIN 0 100', 'GIR 0 100'],
    ...['DLM 0 100', 'DTM 0 5', 'FTX 0 5', 'MOA 0 5'],
    REFERENCES(10),
    { loop: 'DGS', max: 10, body: ['DGS 1 1', 'QTY 0 1', 'FTX 0 5'] },
    { loop: 'LOC', max: 100, body: ['LOC 1 1', 'NAD 0 1', 'DTM 0 1', 'QTY 0 10'] },
    { loop: 'SGP', max: 1000, body: ['SGP 1 1', { loop: 'QTY', max: 10, body: ['QTY 1 1', 'DTM 0 1'] }] },
    {
      loop: 'PCI',
      max: 9999,
      body: [
        ...['PCI 1 1', 'DTM 0 5', 'MEA 0 10', 'QTY 0 1'],
        { loop: 'GIN', max: 10, body: ['GIN 1 1', 'DLM 0 100'] },
        { loop: 'HAN', max: 10, body: ['HAN 1 1', 'FTX 0 5', 'GIN 0 1000'] },
      ],
    },
    { loop: 'QVR', max: 10, body: ['QVR 1 1', 'DTM 0 5'] },
  ],
};

/** Despatch advice message. It has no sections: CPS groups name their parents, in any order. */
export const EDIFACT_DESADV: SetTable = {
  standard: 'EDIFACT',
  set: 'DESADV',
  release: 'D.96A',
  closed: false,
  sources: ['UN/EDIFACT directory D.96A, message DESADV', 'UN/EDIFACT directory D.01B, message DESADV'],
  body: [
    ...HEADER,
    { loop: 'CPS', max: 9999, tree: { id: '01', parent: '02' }, body: ['CPS 1 1', 'FTX 0 5', PACKAGE, LINE] },
    'CNT 0 5',
  ],
  patches: {
    'D.01B': {
      'LIN/RFF': { add: ['NAD 0 1', 'CTA 0 5'], after: 'RFF' },
      'LIN/FTX': '0 99',
    },
  },
};
