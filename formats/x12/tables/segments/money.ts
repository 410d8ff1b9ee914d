import type { SegmentForm } from '../../../tables/form.ts';
import { UNIT } from './composites.ts';

/** Currency, charges, taxes, terms and sums. */
export const MONEY: Readonly<Record<string, SegmentForm>> = {
  CUR: ['98 ID 2 3 M', '100 ID 3 3 M', '280 R 4 10', '98 ID 2 3', '100 ID 3 3', '669 ID 3 3'],
  SAC: {
    elements: [
      { element: '248 ID 1 1 M', codes: { A: 'allowance', C: 'charge' } },
      ...['1300 ID 4 4 C', '559 ID 2 2 C', '1301 AN 1 10 C', '610 N2 1 15', '378 ID 1 1 C'],
      ...['332 R 1 6 C', '118 R 1 9', '355 ID 2 2 C', '380 R 1 15 C', '380 R 1 15 C', '331 ID 2 2'],
      ...['127 AN 1 30 C', '770 AN 1 20', '352 AN 1 80 C', '819 ID 2 3'],
    ],
    conditions: ['R0203', 'P0304', 'P0607', 'P0910', 'C1110', 'L130204', 'C1413', 'C1615'],
  },
  TXI: {
    elements: [
      ...['963 ID 2 2 M', '782 R 1 18 C', '954 R 1 10 C', '955 ID 2 2 C', '956 AN 1 10 C', '441 ID 1 1 C'],
      ...['662 ID 1 1', '828 R 1 9', '325 AN 1 20', '350 AN 1 20'],
    ],
    conditions: ['R020306', 'P0405'],
  },
  TAX: ['325 AN 1 20 C', '309 ID 1 2 C', '310 AN 1 30 C'],
  AMT: ['522 ID 1 3 M', '782 R 1 18 M', '478 ID 1 1'],
  ITD: [
    ...['336 ID 2 2', '333 ID 1 2', '338 R 1 6', '370 DT 8 8 C', '351 N0 1 3 C', '446 DT 8 8'],
    ...['386 N0 1 3', '362 N2 1 10', '388 DT 8 8', '389 N2 1 10 C', '342 R 1 5 C', '352 AN 1 80'],
  ],
  CTP: [
    ...['687 ID 2 2', '236 ID 3 3 C', '212 R 1 17 C', '380 R 1 15 C', UNIT, '648 ID 3 3 C'],
    ...['649 R 1 10 C', '782 R 1 18', '639 ID 2 2', '499 AN 1 10', '289 N0 1 2'],
  ],
};
