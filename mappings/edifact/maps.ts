import type { ReadingMap } from '../edi/map.ts';
import { INVOIC } from './invoice.ts';
import { ORDERS } from './purchase-order.ts';
import { ORDRSP } from './purchase-order-acknowledgment.ts';
import { REMADV } from './remittance.ts';
import { DESADV } from './ship-notice.ts';

/** The messages that can be read as canonical documents. */
export const EDIFACT_MAPS: readonly ReadingMap[] = [ORDERS, ORDRSP, DESADV, INVOIC, REMADV];
