import type { Standard } from '../edi/header.ts';
import { EDIFACT_CONTRL } from '../edifact/tables/contrl.ts';
import { EDIFACT_DESADV } from '../edifact/tables/desadv.ts';
import { EDIFACT_INVOIC } from '../edifact/tables/invoic.ts';
import { EDIFACT_ORDERS } from '../edifact/tables/orders.ts';
import { EDIFACT_ORDRSP } from '../edifact/tables/ordrsp.ts';
import { EDIFACT_REMADV } from '../edifact/tables/remadv.ts';
import { EDIFACT_SEGMENTS } from '../edifact/tables/segments.ts';
import { TRADACOMS_INVOICE_FILE } from '../tradacoms/tables/invoice.ts';
import { TRADACOMS_ORDER_FILE } from '../tradacoms/tables/order.ts';
import { TRADACOMS_SEGMENTS } from '../tradacoms/tables/segments.ts';
import { X12_810 } from '../x12/tables/810.ts';
import { X12_820 } from '../x12/tables/820.ts';
import { X12_850 } from '../x12/tables/850.ts';
import { X12_855 } from '../x12/tables/855.ts';
import { X12_856 } from '../x12/tables/856.ts';
import { X12_860 } from '../x12/tables/860.ts';
import { X12_997 } from '../x12/tables/997.ts';
import { X12_999 } from '../x12/tables/999.ts';
import { X12_SEGMENTS } from '../x12/tables/segments.ts';
import { X12_TA1 } from '../x12/tables/ta1.ts';
import type { SegmentLibrary, SetTable } from './form.ts';

/** The tables that the product brings: one line for each file. */
export const BUILT_IN_TABLES: readonly SetTable[] = [
  X12_810,
  X12_820,
  X12_850,
  X12_855,
  X12_856,
  X12_860,
  X12_997,
  X12_999,
  X12_TA1,
  EDIFACT_ORDERS,
  EDIFACT_ORDRSP,
  EDIFACT_DESADV,
  EDIFACT_INVOIC,
  EDIFACT_REMADV,
  EDIFACT_CONTRL,
  ...TRADACOMS_ORDER_FILE,
  ...TRADACOMS_INVOICE_FILE,
];

/** Where the segments stand that the sets of a standard share. */
export const SEGMENT_LIBRARIES: Readonly<Partial<Record<Standard, SegmentLibrary>>> = {
  X12: X12_SEGMENTS,
  EDIFACT: EDIFACT_SEGMENTS,
  TRADACOMS: TRADACOMS_SEGMENTS,
};
