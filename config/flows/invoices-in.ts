import { z } from 'zod';
import { InvoiceInMap } from '../../mappings/csv/invoice-in.ts';
import { InvoiceRouting } from '../../mappings/routing/schemas.ts';
import { formatSchema } from '../format.ts';
import { scheduleSchema } from '../schedule.ts';
import { nameSchema } from '../values.ts';
import { inboundSource } from './inbound-source.ts';

const target = z
  .strictObject({
    connection: nameSchema,
    /** Create on hold: a person takes it from there. */
    hold: z.boolean().default(false),
    /** Release the document once it is there. */
    release: z.boolean().default(false),
    /** What is attached to the document: nothing, its own rows of the file, or the whole file. */
    attach: z.enum(['none', 'rows', 'file']).default('none'),
    /** The free field in which our token travels; it is how a document is found again after a lost answer. */
    tokenField: z.enum(['note', 'description']).default('note'),
    /** `send`: Visma.net checks its own sum, VAT included, against the total of the document. */
    totals: z.enum(['send', 'leave']).default('send'),
    /** By how much a total may differ from lines and VAT because it was rounded to whole units. */
    roundingTolerance: z
      .string()
      .regex(/^\d+(\.\d+)?$/, 'must be a decimal such as 0.50')
      .default('0'),
  })
  .refine(({ hold, release }) => !(hold && release), { message: 'a document on hold cannot be released' });

/** Invoices and credit notes of suppliers become documents of accounts payable in Visma.net. */
export const invoicesInSchema = z.strictObject({
  kind: z.literal('invoices-in'),
  schedule: scheduleSchema,
  source: inboundSource,
  target,
  format: formatSchema,
  /** Our field to the partner's column, to a column with rules, or to a constant. */
  columns: InvoiceInMap,
  /** Columns whose cells tell the rows of one document from those of the next; if not given, those of supplier and number. */
  groupBy: z.array(z.string().min(1)).min(1).optional(),
  /** Translations of values and rules, applied to each invoice before it is checked. */
  routing: InvoiceRouting.prefault({}),
});
