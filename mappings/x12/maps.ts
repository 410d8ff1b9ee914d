import type { ReadingMap } from '../edi/map.ts';
import { ORDER_850 } from './purchase-order.ts';

/** The sets that can be read as canonical documents. */
export const X12_MAPS: readonly ReadingMap[] = [ORDER_850];
