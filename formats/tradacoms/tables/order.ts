import type { ElementForm, SetTable } from '../../tables/form.ts';
import { NARRATIVE, parts } from './segments.ts';

/** An element whose name, and what it may hold, our sources do not say: called by its place, and any text is taken. */
const unnamed = (place: string, count = 1): ElementForm =>
  parts(`${place} C`, ...Array.from({ length: count }, () => 'X 1 80'));

const COMMON = {
  standard: 'TRADACOMS',
  release: '9',
  closed: false,
  sources: [
    'Public samples of TRADACOMS order files, file format 5 version 9',
    'BIC EDI Standards and Implementation Guidelines, TRADACOMS, The Invoice: what it says of orders, and elements of the same name',
  ],
} as const;

const ORDHDR: SetTable = {
  ...COMMON,
  set: 'ORDHDR',
  body: ['TYP 1 1', 'SDT 1 1', 'CDT 1 1', 'DNA 0 *', 'FIL 1 1'],
};

const ORDERS: SetTable = {
  ...COMMON,
  set: 'ORDERS',
  body: [
    ...['CLO 1 1', 'ORD 1 1', 'DIN 0 1', 'DNA 0 *'],
    { loop: 'OLD', min: 1, max: '*', body: ['OLD 1 1', 'DNB 0 *'] },
    'OTR 1 1',
  ],
  segments: {
    ORD: [parts('ORNO M', 'X 1 17', 'X 1 17', '9 6 6', '9 6 6'), unnamed('ORD02'), unnamed('ORD03')],
    /** The earliest day and the latest, a time, and words. */
    DIN: ['DIN01 9 6 6 C', 'DIN02 9 6 6 C', unnamed('DIN03', 2), unnamed('DIN04', 4)],
    OLD: [
      'SEQA 9 1 10 M',
      parts('SPRO C', '9 1 13', 'X 1 30', '9 14 14'),
      'SACU 9 1 13 C',
      parts('CPRO C', '9 1 15', 'X 1 30'),
      parts('UNOR M', '9 1 15', '9V3 1 13', 'X 1 6'),
      parts('OQTY M', '9 1 15', '9V3 1 13', 'X 1 6'),
      parts('OUCT C', '9V4 1 14', 'X 1 6'),
      ...[unnamed('OLD08'), unnamed('OLD09')],
      parts('TDES C', 'X 1 40', 'X 1 40'),
    ],
    DNB: ['SEQA 9 1 10 M', 'SEQB 9 1 10 M', ...NARRATIVE],
    OTR: ['OTR01 9 1 10 M'],
  },
};

const ORDTLR: SetTable = {
  ...COMMON,
  set: 'ORDTLR',
  body: ['OFT 1 1'],
  segments: { OFT: ['OFT01 9 1 10 M'] },
};

/** An order file: its header, orders, and how many there are. */
export const TRADACOMS_ORDER_FILE: readonly SetTable[] = [ORDHDR, ORDERS, ORDTLR];
