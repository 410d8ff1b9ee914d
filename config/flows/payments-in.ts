import { z } from 'zod';
import { RemittanceInMap } from '../../mappings/csv/remittance-in.ts';
import { formatSchema } from '../format.ts';
import { scheduleSchema } from '../schedule.ts';
import { nameSchema } from '../values.ts';
import { inboundSource } from './inbound-source.ts';

const target = z
  .strictObject({
    connection: nameSchema,
    /** Create on hold: a person takes it from there. */
    hold: z.boolean().default(false),
    /** Release the payment once it is there. */
    release: z.boolean().default(false),
    /** Whether more may be paid than the lines settle. */
    unapplied: z.enum(['refuse', 'allow']).default('refuse'),
  })
  .refine(({ hold, release }) => !(hold && release), { message: 'a document on hold cannot be released' });

/** Remittances, payments with the invoices they settle, become supplier payments in Visma.net. */
export const paymentsInSchema = z.strictObject({
  kind: z.literal('payments-in'),
  schedule: scheduleSchema,
  source: inboundSource,
  target,
  format: formatSchema,
  /** Our field to the partner's column, to a column with rules, or to a constant. */
  columns: RemittanceInMap,
  /** Columns whose cells tell the rows of one document from those of the next; if not given, those of supplier and number. */
  groupBy: z.array(z.string().min(1)).min(1).optional(),
});
