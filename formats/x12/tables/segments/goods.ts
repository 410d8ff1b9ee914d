import type { SegmentForm } from '../../../tables/form.ts';
import { pairedFrom, productPairs, UNIT } from './composites.ts';

/** Nine more stores of SDQ and what each gets. */
const MORE_STORES = Array.from({ length: 9 }, () => ['67 AN 2 80 C', '380 R 1 15 C']).flat();

/** What is ordered, invoiced and sent: items, their properties and quantities. */
export const GOODS: Readonly<Record<string, SegmentForm>> = {
  PO1: {
    elements: [...['350 AN 1 20', '330 R 1 15 C', '355 ID 2 2', '212 R 1 17 C', '639 ID 2 2'], ...productPairs(10)],
    conditions: ['C0302', 'C0504', ...pairedFrom(6, 10)],
  },
  IT1: {
    elements: [...['350 AN 1 20', '358 R 1 10 C', '355 ID 2 2 C', '212 R 1 17 C', '639 ID 2 2'], ...productPairs(10)],
    conditions: ['P020304', ...pairedFrom(6, 10)],
  },
  LIN: {
    elements: ['350 AN 1 20', '235 ID 2 2 M', '234 AN 1 48 M', ...productPairs(14)],
    conditions: pairedFrom(4, 14),
  },
  PID: {
    elements: [
      ...['349 ID 1 1 M', '750 ID 2 3', '559 ID 2 2 C', '751 AN 1 12 C', '352 AN 1 80 C', '752 ID 2 2'],
      ...['822 AN 1 15 C', '1073 ID 1 1 C', '819 ID 2 3'],
    ],
    conditions: ['C0403', 'R0405', 'C0703', 'C0804', 'C0905'],
  },
  MEA: {
    elements: [
      ...['737 ID 2 2', '738 ID 1 3', '739 R 1 20 C', UNIT, '740 R 1 20 C', '741 R 1 20 C', '935 ID 2 2 C'],
      ...['936 ID 2 2 C', '752 ID 2 2', '1373 ID 2 4'],
    ],
    conditions: ['R03050608'],
  },
  SLN: {
    elements: [
      ...['350 AN 1 20 M', '350 AN 1 20', '662 ID 1 1 M', '380 R 1 15 C', UNIT, '212 R 1 17 C'],
      ...['639 ID 2 2', '662 ID 1 1', ...productPairs(10)],
    ],
    conditions: ['P0405', 'C0706', 'C0806', ...pairedFrom(9, 10)],
  },
  PO4: [
    ...['356 N0 1 6', '357 R 1 8', '355 ID 2 2', '103 AN 3 5', '187 ID 1 2', '384 R 1 9', '355 ID 2 2', '385 R 1 9'],
    ...['355 ID 2 2', '82 R 1 8', '189 R 1 8', '65 R 1 8', '355 ID 2 2', '810 N0 1 6'],
  ],
  QTY: {
    elements: ['673 ID 2 2 M', '380 R 1 15 C', UNIT, '61 AN 1 30 C'],
    conditions: ['R0204', 'E0204'],
  },
  SCH: {
    elements: [
      ...['380 R 1 15 M', '355 ID 2 2 M', '98 ID 2 3', '93 AN 1 60 C', '374 ID 3 3 M', '373 DT 8 8 M', '337 TM 4 8'],
      ...['374 ID 3 3 C', '373 DT 8 8 C', '337 TM 4 8 C', '326 AN 1 45', '350 AN 1 20'],
    ],
    conditions: ['C0403', 'L080910', 'C0908', 'C1008'],
  },
  SDQ: {
    elements: ['355 ID 2 2 M', '54 ID 1 2', '67 AN 2 80 M', '380 R 1 15 M', ...MORE_STORES, '310 AN 1 30'],
    conditions: pairedFrom(5, 9),
  },
  CTT: {
    elements: [
      ...['354 N0 1 6 M', '347 R 1 10', '81 R 1 10 C', '355 ID 2 2 C', '183 R 1 8 C', '355 ID 2 2 C', '352 AN 1 80'],
    ],
    conditions: ['P0304', 'P0506'],
  },
};
