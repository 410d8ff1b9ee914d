import { z } from 'zod';
import { JournalInMap } from '../../mappings/csv/journal-in.ts';
import { JournalRouting } from '../../mappings/routing/schemas.ts';
import { formatSchema } from '../format.ts';
import { scheduleSchema } from '../schedule.ts';
import { nameSchema, wholeNumberSchema } from '../values.ts';
import { inboundSource } from './inbound-source.ts';

const target = z
  .strictObject({
    connection: nameSchema,
    /** Create on hold: a person takes it from there. */
    hold: z.boolean().default(false),
    /** Release the batch once it is there. */
    release: z.boolean().default(false),
    /** Characters that Visma.net keeps of a batch's description. Our token takes the last 14 of them. */
    descriptionLength: wholeNumberSchema(20, 1000).default(60),
  })
  .refine(({ hold, release }) => !(hold && release), { message: 'a batch on hold cannot be released' });

/** Journals of a partner become batches of Visma.net's general ledger. */
export const journalsInSchema = z.strictObject({
  kind: z.literal('journals-in'),
  schedule: scheduleSchema,
  source: inboundSource,
  target,
  format: formatSchema,
  /** Our field to the partner's column, to a column with rules, or to a constant. */
  columns: JournalInMap,
  /** Columns whose cells tell the rows of one batch from those of the next; if not given, that of the number. */
  groupBy: z.array(z.string().min(1)).min(1).optional(),
  /** Translations of values and rules, applied to each batch before it is checked. */
  routing: JournalRouting.prefault({}),
});
