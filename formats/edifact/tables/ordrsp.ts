import type { SetTable } from '../../tables/form.ts';
import { ORDER_PATCHES, ORDER_RESPONSE_BODY } from './order-body.ts';

/** Purchase order response message. */
export const EDIFACT_ORDRSP: SetTable = {
  standard: 'EDIFACT',
  set: 'ORDRSP',
  release: 'D.96A',
  closed: false,
  sources: ['UN/EDIFACT directory D.96A, message ORDRSP', 'UN/EDIFACT directory D.01B, message ORDRSP'],
  body: ORDER_RESPONSE_BODY,
  patches: ORDER_PATCHES,
};
