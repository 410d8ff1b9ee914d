import type { EdiMap, ReadingMap } from '../edi/map.ts';
import { INVOICE_810 } from './invoice.ts';
import { ORDER_850 } from './purchase-order.ts';
import { ORDER_ANSWER_855 } from './purchase-order-acknowledgment.ts';
import { ORDER_CHANGE_860 } from './purchase-order-change.ts';
import { REMITTANCE_820 } from './remittance.ts';
import { SHIP_NOTICE_856 } from './ship-notice.ts';

/** The sets that canonical documents are written as, and read from. */
export const X12_MAPS: readonly EdiMap[] = [ORDER_850, ORDER_ANSWER_855, SHIP_NOTICE_856, INVOICE_810, REMITTANCE_820];

/** All sets that can be read as canonical documents. */
export const X12_READING_MAPS: readonly ReadingMap[] = [...X12_MAPS, ORDER_CHANGE_860];
