import type { SegmentForm } from '../../../tables/form.ts';
import { coded, documentName, LIST, lines, times } from './composites.ts';

/** Segments that name documents, times and references, and say things in words. */
export const HEAD_SEGMENTS: Readonly<Record<string, SegmentForm>> = {
  BGM: [documentName('C'), '1004 an 1 35 C', '1225 an 1 3 C', '4343 an 1 3 C'],
  DTM: [{ element: 'C507 M', components: ['2005 an 1 3 M', '2380 an 1 35 C', '2379 an 1 3 C'] }],
  ALI: ['3239 an 1 3 C', '9213 an 1 3 C', ...times(5, '4183 an 1 3 C')],
  FTX: [
    ...['4451 an 1 3 M', '4453 an 1 3 C'],
    coded('C107 C', '4441 an 1 3 M'),
    lines('C108 C', '4440', 70, 5),
    '3453 an 1 3 C',
  ],
  RFF: [
    {
      element: 'C506 M',
      components: ['1153 an 1 3 M', '1154 an 1 35 C', '1156 an 1 6 C', '4000 an 1 35 C'],
    },
  ],
  DOC: [
    documentName('M'),
    { element: 'C503 C', components: ['1004 an 1 35 C', '1373 an 1 3 C', '1366 an 1 35 C', '3453 an 1 3 C'] },
    ...['3153 an 1 3 C', '1220 n 1 2 C', '1218 n 1 2 C'],
  ],
  DLI: ['1073 an 1 3 M', '1082 n 1 6 M'],
  AJT: ['4465 an 1 3 M', '1082 n 1 6 C'],
  UNS: [{ element: '0081 a 1 1 M', codes: { D: 'details follow', S: 'sums follow' } }],
  CNT: [{ element: 'C270 M', components: ['6069 an 1 3 M', '6066 n 1 18 M', '6411 an 1 3 C'] }],
};

/** Segments that say who and where. */
export const PARTY_SEGMENTS: Readonly<Record<string, SegmentForm>> = {
  NAD: [
    '3035 an 1 3 M',
    coded('C082 C', '3039 an 1 35 M'),
    lines('C058 C', '3124', 35, 5),
    { element: 'C080 C', components: ['3036 an 1 35 M', ...times(4, '3036 an 1 35 C'), '3045 an 1 3 C'] },
    lines('C059 C', '3042', 35, 4),
    ...['3164 an 1 35 C', '3229 an 1 9 C', '3251 an 1 9 C', '3207 an 1 3 C'],
  ],
  CTA: ['3139 an 1 3 C', { element: 'C056 C', components: ['3413 an 1 17 C', '3412 an 1 35 C'] }],
  COM: [{ element: 'C076 M', components: ['3148 an 1 512 M', '3155 an 1 3 M'] }],
  FII: [
    '3035 an 1 3 M',
    {
      element: 'C078 C',
      components: ['3194 an 1 35 C', ...times(2, '3192 an 1 35 C'), '6345 an 1 3 C'],
    },
    {
      element: 'C088 C',
      components: [...['3433 an 1 11 C', ...LIST, '3434 an 1 17 C', ...LIST], ...['3432 an 1 70 C', '3436 an 1 70 C']],
    },
    '3207 an 1 3 C',
  ],
  LOC: [
    '3227 an 1 3 M',
    coded('C517 C', '3225 an 1 25 C', '3224 an 1 70 C'),
    coded('C519 C', '3223 an 1 25 C', '3222 an 1 70 C'),
    coded('C553 C', '3233 an 1 25 C', '3232 an 1 70 C'),
    '5479 an 1 3 C',
  ],
};
