import type { SetTable } from '../../tables/form.ts';
import { ORDER_BODY, ORDER_PATCHES } from './order-body.ts';

/** Purchase order message. */
export const EDIFACT_ORDERS: SetTable = {
  standard: 'EDIFACT',
  set: 'ORDERS',
  release: 'D.96A',
  closed: false,
  sources: ['UN/EDIFACT directory D.96A, message ORDERS', 'UN/EDIFACT directory D.01B, message ORDERS'],
  body: ORDER_BODY,
  patches: ORDER_PATCHES,
};
