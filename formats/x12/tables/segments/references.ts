import type { SegmentForm } from '../../../tables/form.ts';
import { REFERENCE } from './composites.ts';

/** References, notes, dates and marks. */
export const REFERENCES: Readonly<Record<string, SegmentForm>> = {
  REF: { elements: ['128 ID 2 3 M', '127 AN 1 30 C', '352 AN 1 80 C', REFERENCE], conditions: ['R0203'] },
  N9: {
    elements: [
      ...['128 ID 2 3 M', '127 AN 1 30 C', '369 AN 1 45 C', '373 DT 8 8', '337 TM 4 8 C', '623 ID 2 2 C'],
      REFERENCE,
    ],
    conditions: ['R0203', 'C0605'],
  },
  MSG: { elements: ['933 AN 1 264 M', '934 ID 2 2 C', '1470 N0 1 9'], conditions: ['C0302'] },
  NTE: ['363 ID 3 3', '352 AN 1 80 M'],
  LM: ['559 ID 2 2 M', '822 AN 1 15'],
  LQ: { elements: ['1270 ID 1 3', '1271 AN 1 30 C'], conditions: ['C0102'] },
  DTM: {
    elements: ['374 ID 3 3 M', '373 DT 8 8 C', '337 TM 4 8 C', '623 ID 2 2', '1250 ID 2 3 C', '1251 AN 1 35 C'],
    conditions: ['R020305', 'C0403', 'P0506'],
  },
  MAN: {
    elements: [
      { element: '88 ID 1 2 M', codes: { GM: 'SSCC-18', CP: 'number of a package at its carrier' } },
      ...['87 AN 1 48 M', '87 AN 1 48', '88 ID 1 2 C', '87 AN 1 48 C', '87 AN 1 48 C'],
    ],
    conditions: ['P0405', 'C0605'],
  },
};
