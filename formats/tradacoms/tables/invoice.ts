import type { ElementForm, SetTable } from '../../tables/form.ts';
import { CONTRACT, NARRATIVE, parts } from './segments.ts';

/** Of a unit and of a line: 9(10)V9(4). */
const price = (name: string, usage: 'M' | 'C'): string => `${name} 9V4 1 14 ${usage}`;
/** Of an invoice and of a file: 9(10)V9(2). */
const sum = (name: string, usage: 'M' | 'C'): string => `${name} 9V2 1 12 ${usage}`;
/** 9(3)V9(3). */
const rate = (name: string, usage: 'M' | 'C'): string => `${name} 9V3 1 6 ${usage}`;
const VAT: readonly ElementForm[] = ['VATC X 1 1 M', rate('VATP', 'M')];

const COMMON = {
  standard: 'TRADACOMS',
  release: '9',
  closed: false,
  sources: ['BIC EDI Standards and Implementation Guidelines, TRADACOMS file format 8 version 9, The Invoice'],
} as const;

const INVFIL: SetTable = {
  ...COMMON,
  set: 'INVFIL',
  body: ['TYP 1 1', 'SDT 1 1', 'CDT 1 1', 'DNA 0 *', 'FIL 1 1', 'FDT 0 1', 'ACD 0 1'],
};

const INVOIC: SetTable = {
  ...COMMON,
  set: 'INVOIC',
  body: [
    ...['CLO 1 1', 'IRF 1 1', 'PYT 0 *', 'DNA 0 *'],
    {
      loop: 'ODD',
      min: 1,
      max: '*',
      body: ['ODD 1 1', { loop: 'ILD', max: '*', body: ['ILD 1 1', 'DNC 0 *'] }],
    },
    ...['STL 1 *', 'TLR 1 1'],
  ],
  segments: {
    IRF: ['INVN X 1 17 M', 'IVDT 9 6 6 M', 'TXDT 9 6 6 M'],
    PYT: [
      ...['SEQA 9 1 10 M', 'PAYT X 1 40 C'],
      // A discount belongs to a day of payment, but guides show days without one.
      parts('PAYD C', '9 6 6 M', '9V3 1 6 C'),
      parts('PAYY C', '9 1 3 M', '9V3 1 6 C', 'X 1 3 C'),
    ],
    ODD: [
      'SEQA 9 1 10 M',
      parts('ORNO M', 'X 1 17', 'X 1 17', '9 6 6', '9 6 6'),
      parts('DELN M', 'X 1 17', '9 6 6'),
      'NODU 9 1 15 C',
      parts('DEWT C', '9V3 1 13', '9V3 1 13'),
    ],
    ILD: [
      ...['SEQA 9 1 10 M', 'SEQB 9 1 10 M'],
      parts('SPRO M', '9 1 13', 'X 1 30', '9 14 14'),
      'SACU 9 1 13 C',
      parts('CPRO C', '9 1 15', 'X 1 30'),
      parts('UNOR C', '9 1 15', '9V3 1 13', 'X 1 6'),
      parts('QTYI M', '9 1 15', '9V3 1 13', 'X 1 6'),
      parts('AUCT M', '9V4 1 14 M', 'X 1 6'),
      ...[price('LEXC', 'M'), ...VAT, 'MIXI 9 1 1 C', 'CRLI X 1 4 C'],
      parts('TDES C', 'X 1 40', 'X 1 40'),
      parts('MSPR C', '9V4 1 14', '9V4 1 14', '9V4 1 14'),
      ...[price('SRSP', 'C'), price('BUCT', 'C'), price('DSCV', 'C'), rate('DSCP', 'C'), price('SUBA', 'C')],
      ...['PIND X 1 4 C', 'IGPI X 1 4 C', 'CSDI X 1 1 C', 'TSUP X 1 1 C'],
      CONTRACT,
    ],
    DNC: ['SEQA 9 1 10 M', 'SEQB 9 1 10 M', 'SEQC 9 1 10 M', ...NARRATIVE],
    STL: [
      ...['SEQA 9 1 10 M', ...VAT, 'NRIL 9 1 10 M', sum('LVLA', 'M')],
      ...[sum('QYDA', 'C'), sum('VLDA', 'C'), sum('SURA', 'C'), sum('SSUB', 'C')],
      ...[sum('EVLA', 'M'), sum('SEDA', 'C'), sum('ASDA', 'M'), sum('VATA', 'M'), sum('APSE', 'C'), sum('APSI', 'M')],
    ],
    TLR: [
      ...['NSTL 9 1 10 M', sum('LVLT', 'M')],
      ...[sum('QYDT', 'C'), sum('VLDT', 'C'), sum('SURT', 'C'), sum('TSUB', 'C')],
      ...[sum('EVLT', 'M'), sum('SEDT', 'C'), sum('ASDT', 'M'), sum('TVAT', 'M'), sum('TPSE', 'C'), sum('TPSI', 'M')],
    ],
  },
};

const VATTLR: SetTable = {
  ...COMMON,
  set: 'VATTLR',
  body: ['VRS 1 *'],
  segments: {
    VRS: [
      ...['SEQA 9 1 10 M', ...VAT],
      ...[sum('VSDE', 'M'), sum('VSDI', 'M'), sum('VVAT', 'M'), sum('VPSE', 'C'), sum('VPSI', 'M')],
    ],
  },
};

const INVTLR: SetTable = {
  ...COMMON,
  set: 'INVTLR',
  body: ['TOT 1 1'],
  segments: {
    TOT: [
      ...[sum('FASE', 'M'), sum('FASI', 'M'), sum('FVAT', 'M'), sum('FPSE', 'C'), sum('FPSI', 'M')],
      'FTNI 9 1 10 M',
    ],
  },
};

/** An invoice file: its header, invoices, what they come to by rates of VAT, and what they come to. */
export const TRADACOMS_INVOICE_FILE: readonly SetTable[] = [INVFIL, INVOIC, VATTLR, INVTLR];
