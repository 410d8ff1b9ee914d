import type { SetTable } from '../../tables/form.ts';
import { ITEM_DELIVERY, ORDER_HEADING, ORDER_TOTALS, ORDERED_ITEM } from './order-lines.ts';
import { pairedFrom, productPairs } from './segments/composites.ts';

/** What a seller answers to an order. */
export const X12_855: SetTable = {
  standard: 'X12',
  set: '855',
  group: 'PR',
  release: '004010',
  closed: false,
  sources: [
    'Hershey: 855 Purchase Order Acknowledgment to customers, 004010',
    'Walmart.com: Drop Ship Vendor, 855 Purchase Order Acknowledgement, 4010',
  ],
  body: [
    'BAK 1 1',
    ...ORDER_HEADING,
    {
      loop: 'PO1',
      max: 100_000,
      body: [
        'PO1 1 1',
        ...ORDERED_ITEM,
        // Walmart's guide allows an item more answers than the 104 of others.
        { loop: 'ACK', max: 1000, body: ['ACK 1 1', 'DTM 0 *'] },
        ...ITEM_DELIVERY,
      ],
    },
    ORDER_TOTALS,
  ],
  segments: {
    BAK: [
      { element: '353 ID 2 2 M', codes: { '00': 'first answer', '06': 'confirms' } },
      {
        element: '587 ID 2 2 M',
        codes: {
          AD: 'accepted, lines repeated',
          AK: 'accepted, no lines',
          AT: 'accepted',
          AC: 'changed, lines repeated',
          AE: 'changed, only what differs',
          RD: 'rejected, lines repeated',
          RJ: 'rejected, no lines',
        },
      },
      ...['324 AN 1 22 M', '373 DT 8 8 M', '328 AN 1 30', '326 AN 1 45', '367 AN 1 30', '127 AN 1 30'],
      ...['373 DT 8 8', '640 ID 2 2'],
    ],
    ACK: {
      elements: [
        {
          element: '668 ID 2 2 M',
          codes: {
            IA: 'accepted',
            AR: 'accepted and released',
            IB: 'backordered',
            IC: 'changed',
            ID: 'cancelled',
            IP: 'price changed',
            IQ: 'quantity changed',
            DR: 'date changed',
            IS: 'substituted',
            IR: 'rejected',
          },
        },
        ...['380 R 1 15 C', '355 ID 2 2 C', '374 ID 3 3', '373 DT 8 8 C', '326 AN 1 45', ...productPairs(10)],
        ...['559 ID 2 2 C', '822 AN 1 15 C', '1271 AN 1 30 C'],
      ],
      conditions: ['P0203', 'C0405', ...pairedFrom(7, 10)],
    },
  },
  patches: { '005010': { 'BAK.08': '127 AN 1 50' } },
};
