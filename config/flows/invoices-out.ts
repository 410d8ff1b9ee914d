import { z } from 'zod';
import { InvoiceCsvMap } from '../../mappings/csv/invoice-settings.ts';
import { InvoiceRouting } from '../../mappings/routing/schemas.ts';
import { formatSchema } from '../format.ts';
import { scheduleSchema } from '../schedule.ts';
import { daySchema, durationMsSchema, nameSchema } from '../values.ts';
import { outboundTargetSchema } from './outbound-target.ts';

const STATUSES = [
  'Hold',
  'Balanced',
  'Voided',
  'Scheduled',
  'Open',
  'Closed',
  'Printed',
  'Prebooked',
  'Reserved',
] as const;
const DOCUMENT_TYPES = ['Invoice', 'CreditAdj', 'DebitAdj', 'Prepayment', 'Refund'] as const;

const source = z.strictObject({
  connection: nameSchema,
  /** Statuses of Visma.net; an unreleased invoice is Hold or Balanced and may still change. */
  statuses: z.array(z.enum(STATUSES)).min(1).default(['Open', 'Closed']),
  /** Seen from accounts payable: a vendor's credit note is a DebitAdj, a CreditAdj raises what we owe. */
  documentTypes: z.array(z.enum(DOCUMENT_TYPES)).min(1).default(['Invoice', 'CreditAdj', 'DebitAdj']),
  /**
   * Each poll reads again what changed so shortly before the last one: Visma.net's lists shift while they are read, and its
   * clock, whose zone is not documented, may be put back an hour in autumn. What has not changed since costs nothing.
   */
  overlapMs: durationMsSchema({ minMs: 0 }).default(65 * 60_000),
  /** Where the first poll begins. */
  since: daySchema,
});

/** Supplier invoices of Visma.net become files in the partner's folder. */
export const invoicesOutSchema = z.strictObject({
  kind: z.literal('invoices-out'),
  schedule: scheduleSchema,
  source,
  target: outboundTargetSchema,
  format: formatSchema,
  /** What the rows of the file are, and their columns in order. */
  rows: InvoiceCsvMap,
  /** Translations of values and rules, applied to each invoice before it is written. */
  routing: InvoiceRouting.prefault({}),
});
