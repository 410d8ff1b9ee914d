import type { Standard } from '../edi/header.ts';
import { EDIFACT_ORDERS } from '../edifact/tables/orders.ts';
import { EDIFACT_SEGMENTS } from '../edifact/tables/segments.ts';
import { X12_850 } from '../x12/tables/850.ts';
import { X12_SEGMENTS } from '../x12/tables/segments.ts';
import type { SegmentLibrary, SetTable } from './form.ts';

/** The tables that the product brings: one line for each file. */
export const BUILT_IN_TABLES: readonly SetTable[] = [X12_850, EDIFACT_ORDERS];

/** Where the segments stand that the sets of a standard share. */
export const SEGMENT_LIBRARIES: Readonly<Partial<Record<Standard, SegmentLibrary>>> = {
  X12: X12_SEGMENTS,
  EDIFACT: EDIFACT_SEGMENTS,
};
