import type { BodyLine, Patch, SetTable } from '../../tables/form.ts';

const RANGED = (tag: string, max: number): BodyLine => ({ loop: tag, max, body: [`${tag} 1 1`, 'RNG 0 1'] });
const REFERENCES = (max: number): BodyLine => ({ loop: 'RFF', max, body: ['RFF 1 1', 'DTM 0 5'] });
const CONTACTS: readonly BodyLine[] = [
  { loop: 'DOC', max: 5, body: ['DOC 1 1', 'DTM 0 5'] },
  { loop: 'CTA', max: 5, body: ['CTA 1 1', 'COM 0 5'] },
];
const TRANSPORT: readonly BodyLine[] = [
  {
    loop: 'TDT',
    max: 10,
    body: ['TDT 1 1', 'TSR 0 1', { loop: 'LOC', max: 10, body: ['LOC 1 1', 'DTM 0 5'] }, REFERENCES(9999)],
  },
  { loop: 'TOD', max: 5, body: ['TOD 1 1', 'LOC 0 2'] },
];
const PACKAGES = (max: number): BodyLine => ({
  loop: 'PAC',
  max,
  body: [
    ...['PAC 1 1', 'MEA 0 10', 'EQD 0 1'],
    { loop: 'PCI', max: 10, body: ['PCI 1 1', 'RFF 0 1', 'DTM 0 5', 'GIN 0 10'] },
  ],
});
const CHARGE_PARTS: readonly BodyLine[] = [
  ...[RANGED('QTY', 1), RANGED('PCD', 1), RANGED('MOA', 2), RANGED('RTE', 1)],
  { loop: 'TAX', max: 5, body: ['TAX 1 1', 'MOA 0 2'] },
];
const CONDITIONS: BodyLine = { loop: 'RCS', max: 100, body: ['RCS 1 1', 'RFF 0 5', 'DTM 0 5', 'FTX 0 5'] };

const HEADER: readonly BodyLine[] = [
  ...['BGM 1 1', 'DTM 1 35', 'PAI 0 1', 'ALI 0 5', 'IMD 0 1', 'FTX 0 99'],
  REFERENCES(99_999),
  { loop: 'NAD', max: 99, body: ['NAD 1 1', 'LOC 0 25', 'FII 0 5', REFERENCES(9999), ...CONTACTS] },
  { loop: 'TAX', max: 5, body: ['TAX 1 1', 'MOA 0 1', 'LOC 0 5'] },
  { loop: 'CUX', max: 5, body: ['CUX 1 1', 'DTM 0 5'] },
  { loop: 'PAT', max: 10, body: ['PAT 1 1', 'DTM 0 5', 'PCD 0 1', 'MOA 0 1', 'PAI 0 1', 'FII 0 1'] },
  ...TRANSPORT,
  { loop: 'EQD', max: 99, body: ['EQD 1 1', 'SEL 0 9'] },
  PACKAGES(1000),
  { loop: 'ALC', max: 9999, body: ['ALC 1 1', 'ALI 0 5', REFERENCES(5), ...CHARGE_PARTS] },
  CONDITIONS,
  { loop: 'AJT', max: 1, body: ['AJT 1 1', 'FTX 0 5'] },
  { loop: 'INP', max: 1, body: ['INP 1 1', 'FTX 0 5'] },
];

const LINE: BodyLine = {
  loop: 'LIN',
  max: 9_999_999,
  body: [
    ...['LIN 1 1', 'PIA 0 25', 'IMD 0 99', 'MEA 0 5', 'QTY 0 5', 'PCD 0 1', 'ALI 0 5', 'DTM 0 35'],
    ...['GIN 0 1000', 'GIR 0 1000', 'QVR 0 1', 'EQD 0 1', 'FTX 0 99', 'DGS 0 1'],
    { loop: 'MOA', max: 99, body: ['MOA 1 1', 'CUX 0 1'] },
    { loop: 'PAT', max: 10, body: ['PAT 1 1', 'DTM 0 5', 'PCD 0 1', 'MOA 0 1'] },
    { loop: 'PRI', max: 25, body: ['PRI 1 1', 'CUX 0 1', 'APR 0 1', 'RNG 0 1', 'DTM 0 5'] },
    REFERENCES(10),
    PACKAGES(10),
    { loop: 'LOC', max: 9999, body: ['LOC 1 1', 'QTY 0 100', 'DTM 0 5'] },
    { loop: 'TAX', max: 99, body: ['TAX 1 1', 'MOA 0 1', 'LOC 0 5'] },
    { loop: 'NAD', max: 99, body: ['NAD 1 1', 'LOC 0 5', REFERENCES(5), ...CONTACTS] },
    { loop: 'ALC', max: 30, body: ['ALC 1 1', 'ALI 0 5', 'DTM 0 5', ...CHARGE_PARTS] },
    ...TRANSPORT,
    CONDITIONS,
  ],
};

const SUMMARY: readonly BodyLine[] = [
  ...['UNS 1 1', 'CNT 0 10'],
  {
    loop: 'MOA@summary',
    min: 1,
    max: 100,
    by: '01.1',
    // Sums of the whole invoice, and of nothing else: without UNS they would be taken for amounts of its last line.
    own: ['39', '77', '79', '86', '176'],
    body: ['MOA 1 1', { loop: 'RFF', max: 1, body: ['RFF 1 1', 'DTM 0 5'] }],
  },
  { loop: 'TAX@summary', max: 10, body: ['TAX 1 1', 'MOA 0 2'] },
  { loop: 'ALC@summary', max: 15, body: ['ALC 1 1', 'ALI 0 1', 'MOA 0 2', 'FTX 0 1'] },
];

const SINCE_01B: Patch = {
  '/': { add: ['LOC 0 10', 'GIS 0 10', 'DGS 0 1'], after: 'FTX' },
  '/RFF': { add: ['GIR 0 5', 'LOC 0 2', 'MEA 0 5', 'QTY 0 2', 'FTX 0 5', 'MOA 0 2'], after: 'DTM' },
  '/NAD': { add: ['MOA 0 99'], after: 'FII' },
  '/CUX': '0 99',
  '/ALC': { add: ['FTX 0 1'], after: 'ALI' },
  '/ALC/MOA': { add: ['CUX 0 1', 'DTM 0 1'], after: 'RNG' },
  LIN: {
    add: [
      {
        loop: 'GIS',
        max: 10,
        body: [...['GIS 1 1', 'RFF 0 1', 'DTM 0 5', 'GIR 0 5', 'LOC 0 2', 'MEA 0 5', 'QTY 0 2', 'FTX 0 5', 'MOA 0 2']],
      },
    ],
  },
  'LIN/QTY': '0 99',
  'LIN/PAT/PCD': '0 99',
  'LIN/TAX/MOA': '0 2',
  'LIN/NAD': { add: ['FII 0 5'], after: 'LOC' },
  'LIN/ALC': { add: ['FTX 0 1'], after: 'DTM' },
  'LIN/ALC/MOA': { add: ['CUX 0 1', 'DTM 0 1'], after: 'RNG' },
  'TAX@summary/MOA': '0 9',
};

/** Invoice message, credit and debit notes too. */
export const EDIFACT_INVOIC: SetTable = {
  standard: 'EDIFACT',
  set: 'INVOIC',
  release: 'D.96A',
  closed: false,
  sources: ['UN/EDIFACT directory D.96A, message INVOIC', 'UN/EDIFACT directory D.01B, message INVOIC'],
  body: [...HEADER, LINE, ...SUMMARY],
  patches: { 'D.01B': SINCE_01B },
};
