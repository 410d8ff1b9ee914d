import type { EdiMap } from '../edi/map.ts';
import { INVOIC } from './invoice.ts';
import { ORDERS } from './purchase-order.ts';
import { ORDRSP } from './purchase-order-acknowledgment.ts';
import { REMADV } from './remittance.ts';
import { DESADV } from './ship-notice.ts';

/** The messages that canonical documents are written as, and read from. */
export const EDIFACT_MAPS: readonly EdiMap[] = [ORDERS, ORDRSP, DESADV, INVOIC, REMADV];
