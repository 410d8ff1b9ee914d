import type { SetTable } from '../../tables/form.ts';
import { ITEM_DELIVERY, ORDER_HEADING, ORDER_TOTALS, ORDERED_ITEM } from './order-lines.ts';
import { pairedFrom, productPairs, UNIT } from './segments/composites.ts';

/** What a buyer changes of an order. */
export const X12_860: SetTable = {
  standard: 'X12',
  set: '860',
  group: 'PC',
  release: '004010',
  closed: false,
  sources: [
    'Stant Manufacturing: ANSI 860 Purchase Order Change, X12 V4010',
    'Seagate B2B: 860 Purchase Order Change Request, X12 V4010',
    'CVS: 860 Purchase Order Change Request (Domestic), 4010',
  ],
  body: [
    'BCH 1 1',
    ...ORDER_HEADING,
    { loop: 'POC', max: '*', body: ['POC 1 1', ...ORDERED_ITEM, ...ITEM_DELIVERY] },
    ORDER_TOTALS,
  ],
  segments: {
    // BCH12 and what follows was in no guide.
    BCH: [
      { element: '353 ID 2 2 M', codes: { '01': 'cancels', '04': 'changes', '05': 'replaces' } },
      ...['92 ID 2 2 M', '324 AN 1 22 M', '328 AN 1 30', '327 AN 1 8', '373 DT 8 8 M', '326 AN 1 45'],
      ...['367 AN 1 30', '127 AN 1 30', '373 DT 8 8', '373 DT 8 8'],
    ],
    POC: {
      elements: [
        '350 AN 1 20',
        {
          element: '670 ID 2 2 M',
          codes: {
            AI: 'added',
            DI: 'deleted',
            CA: 'changed',
            CE: 'changed in part',
            CT: 'other dates',
            NC: 'as it was',
            PC: 'other price',
            PQ: 'other price and quantity',
            QD: 'less',
            QI: 'more',
            RZ: 'replaced',
          },
        },
        ...['330 R 1 15', '671 R 1 9', UNIT, '212 R 1 17 C', '639 ID 2 2', ...productPairs(10)],
      ],
      conditions: ['C0305', 'C0706', ...pairedFrom(8, 10)],
    },
  },
  patches: { '005010': { 'BCH.09': '127 AN 1 50' } },
};
