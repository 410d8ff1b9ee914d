import type { BodyLine, Patch } from '../../tables/form.ts';

const RANGED = (tag: string, max: number): BodyLine => ({ loop: tag, max, body: [`${tag} 1 1`, 'RNG 0 1'] });
const REFERENCES = (max: number): BodyLine => ({ loop: 'RFF', max, body: ['RFF 1 1', 'DTM 0 5'] });
const PLACES: BodyLine = { loop: 'LOC', max: 10, body: ['LOC 1 1', 'DTM 0 5'] };
const CONTACTS: readonly BodyLine[] = [
  { loop: 'DOC', max: 5, body: ['DOC 1 1', 'DTM 0 5'] },
  { loop: 'CTA', max: 5, body: ['CTA 1 1', 'COM 0 5'] },
];
const PAYMENT: BodyLine = { loop: 'PAT', max: 10, body: ['PAT 1 1', 'DTM 0 5', 'PCD 0 1', 'MOA 0 1'] };
const TAXES = (max: number): BodyLine => ({ loop: 'TAX', max, body: ['TAX 1 1', 'MOA 0 1', 'LOC 0 5'] });
const MARKS: BodyLine = { loop: 'PCI', max: 5, body: ['PCI 1 1', 'RFF 0 1', 'DTM 0 5', 'GIN 0 10'] };
const EQUIPMENT: BodyLine = { loop: 'EQD', max: 10, body: ['EQD 1 1', 'HAN 0 5', 'MEA 0 5', 'FTX 0 5'] };
const SCHEDULES = (max: number): BodyLine => ({
  loop: 'SCC',
  max,
  body: ['SCC 1 1', 'FTX 0 5', 'RFF 0 5', { loop: 'QTY', max: 10, body: ['QTY 1 1', 'DTM 0 5'] }],
});
const CHARGES = (max: number): BodyLine => ({
  loop: 'ALC',
  max,
  body: [
    ...['ALC 1 1', 'ALI 0 5', 'DTM 0 5'],
    ...[RANGED('QTY', 1), RANGED('PCD', 1), RANGED('MOA', 2), RANGED('RTE', 1)],
    { loop: 'TAX', max: 5, body: ['TAX 1 1', 'MOA 0 1'] },
  ],
});
const CONDITIONS: BodyLine = { loop: 'RCS', max: 100, body: ['RCS 1 1', 'RFF 0 5', 'DTM 0 5', 'FTX 0 5'] };

/** What ORDRSP has beside ORDERS: why the seller changed something. */
const ADJUSTMENT: BodyLine = { loop: 'AJT', max: 10, body: ['AJT 1 1', 'FTX 0 5'] };

const header = (adjustment: readonly BodyLine[]): readonly BodyLine[] => [
  ...['BGM 1 1', 'DTM 1 35', 'PAI 0 1', 'ALI 0 5', 'IMD 0 1', 'FTX 0 99'],
  REFERENCES(10),
  ...adjustment,
  { loop: 'NAD', max: 99, body: ['NAD 1 1', 'LOC 0 25', 'FII 0 5', REFERENCES(10), ...CONTACTS] },
  TAXES(5),
  { loop: 'CUX', max: 5, body: ['CUX 1 1', 'PCD 0 5', 'DTM 0 5'] },
  PAYMENT,
  { loop: 'TDT', max: 10, body: ['TDT 1 1', PLACES] },
  { loop: 'TOD', max: 5, body: ['TOD 1 1', 'LOC 0 2'] },
  { loop: 'PAC', max: 99, body: ['PAC 1 1', 'MEA 0 5', MARKS] },
  EQUIPMENT,
  SCHEDULES(10),
  { loop: 'APR', max: 25, body: ['APR 1 1', 'DTM 0 5', 'RNG 0 1'] },
  CHARGES(15),
  CONDITIONS,
];

const line = (adjustment: readonly BodyLine[]): BodyLine => ({
  loop: 'LIN',
  max: 200_000,
  body: [
    ...['LIN 1 1', 'PIA 0 25', 'IMD 0 99', 'MEA 0 5', 'QTY 0 10', 'PCD 0 5', 'ALI 0 5', 'DTM 0 35', 'MOA 0 10'],
    ...['GIN 0 1000', 'GIR 0 1000', 'QVR 0 1', 'DOC 0 5', 'PAI 0 1', 'FTX 0 99'],
    { loop: 'CCI', max: 10, body: ['CCI 1 1', 'CAV 0 10', 'MEA 0 10'] },
    PAYMENT,
    ...adjustment,
    { loop: 'PRI', max: 25, body: ['PRI 1 1', 'CUX 0 1', 'APR 0 99', 'RNG 0 1', 'DTM 0 5'] },
    REFERENCES(10),
    {
      loop: 'PAC',
      max: 99,
      body: ['PAC 1 1', 'MEA 0 5', 'QTY 0 5', 'DTM 0 5', { loop: 'RFF', max: 1, body: ['RFF 1 1', 'DTM 0 5'] }, MARKS],
    },
    { loop: 'LOC', max: 9999, body: ['LOC 1 1', 'QTY 0 1', 'DTM 0 5'] },
    TAXES(10),
    { loop: 'NAD', max: 999, body: ['NAD 1 1', 'LOC 0 5', REFERENCES(5), ...CONTACTS] },
    CHARGES(99),
    { loop: 'TDT', max: 10, body: ['TDT 1 1', PLACES] },
    { loop: 'TOD', max: 5, body: ['TOD 1 1', 'LOC 0 2'] },
    EQUIPMENT,
    SCHEDULES(100),
    CONDITIONS,
    { loop: 'STG', max: 10, body: ['STG 1 1', { loop: 'QTY', max: 3, body: ['QTY 1 1', 'MOA 0 1'] }] },
  ],
});

const SUMMARY: readonly BodyLine[] = [
  'UNS 1 1',
  // Sums of the whole order, and of nothing else: without UNS they would be taken for amounts of its last line.
  { segment: 'MOA@summary 0 12', by: '01.1', own: ['77', '79', '86', '176'] },
  'CNT 0 10',
  { loop: 'ALC@summary', max: 10, body: ['ALC 1 1', 'ALI 0 1', 'MOA 1 2'] },
];

const frame = (adjustment: readonly BodyLine[]): readonly BodyLine[] => [
  ...header(adjustment),
  line(adjustment),
  ...SUMMARY,
];

/** ORDERS, and ORDRSP, which answers it in the same frame. */
export const ORDER_BODY = frame([]);
export const ORDER_RESPONSE_BODY = frame([ADJUSTMENT]);

/** What later directories let stand more often in both. */
export const ORDER_PATCHES: Readonly<Record<string, Patch>> = {
  'D.01B': {
    '/IMD': '0 999',
    '/': { add: ['GIR 0 10'], after: 'FTX' },
    '/RFF': '0 9999',
    '/NAD/LOC': '0 99',
    '/NAD/RFF': '0 99',
    '/ALC': '0 99',
    '/RCS': '0 9999',
    'LIN/IMD': '0 99',
    'LIN/MEA': '0 99',
    'LIN/QTY': '0 99',
    'LIN/CCI': '0 999',
    'LIN/RFF': '0 9999',
    'LIN/RCS': '0 999',
  },
};
