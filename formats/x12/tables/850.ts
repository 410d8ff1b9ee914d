import type { SetTable } from '../../tables/form.ts';
import { ITEM_DELIVERY, ORDER_HEADING, ORDER_TOTALS, ORDERED_ITEM } from './order-lines.ts';

/** Purchase order. */
export const X12_850: SetTable = {
  standard: 'X12',
  set: '850',
  group: 'PO',
  release: '004010',
  closed: false,
  sources: [
    'ERICO International: 850 Purchase Order, ANSI ASC X12 version 4010',
    'EMD: Customer EDI Guidelines, 850 Purchase Order',
  ],
  body: [
    'BEG 1 1',
    ...ORDER_HEADING,
    { loop: 'PO1', min: 1, max: 100_000, body: ['PO1 1 1', ...ORDERED_ITEM, ...ITEM_DELIVERY] },
    ORDER_TOTALS,
  ],
  segments: {
    BEG: [
      {
        element: '353 ID 2 2 M',
        codes: { '00': 'new order', '01': 'cancels', '04': 'changes', '05': 'replaces', '06': 'confirms' },
      },
      {
        element: '92 ID 2 2 M',
        codes: { SA: 'single delivery', NE: 'new', DS: 'straight to the customer', BK: 'blanket', RL: 'call-off' },
      },
      ...['324 AN 1 22 M', '328 AN 1 30', '373 DT 8 8 M', '367 AN 1 30', '587 ID 2 2'],
    ],
  },
};
