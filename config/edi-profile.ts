import { z } from 'zod';
import { CHARACTER_SETS } from '../formats/edi/characters.ts';
import { canDelimit } from '../formats/edi/delimiters.ts';
import { FINDING_RULES, type FindingCode } from '../formats/edi/finding-codes.ts';
import { patchSchema } from '../formats/tables/form-schema.ts';
import { PartnerTerms } from '../mappings/edi/terms.ts';
import { edifactEnvelopeSchema, x12EnvelopeSchema } from './edi-envelope.ts';
import { textSchema } from './values.ts';

const CODES = Object.keys(FINDING_RULES) as [FindingCode, ...FindingCode[]];

const delimiter = z
  .string()
  .length(1, 'must be one character')
  .refine((text) => canDelimit(text.charCodeAt(0)), 'must be neither a letter, a digit nor a blank')
  .transform((text) => text.charCodeAt(0));

const delimiters = z.strictObject({
  element: delimiter.optional(),
  component: delimiter.optional(),
  repetition: delimiter.optional(),
  terminator: delimiter.optional(),
});

/** Accepted sets are listed in an acknowledgment, or only those at fault. */
const accepted = z.enum(['listed', 'left-out']).default('listed');

/** What a partner's guide says of the sets of one type. */
const setSchema = z.strictObject({
  /** The releases that the partner takes; any when left out. */
  releases: z.array(textSchema).optional(),
  /** By which table a release is read that has none. */
  release: textSchema.optional(),
  /** What the guide changes of the table, by path; docs/formats.md says how paths are written. */
  changes: patchSchema.default({}),
});

/** The guide of a partner as a file: what its sets are like, and what is found fault with. */
export const ediProfileSchema = z.strictObject({
  partner: textSchema,
  /** The characters of files; what their header announces when left out. */
  characters: z.enum(CHARACTER_SETS).optional(),
  /** Severities in place of the usual ones, by the code of the finding. */
  severities: z.partialRecord(z.enum(CODES), z.enum(['reject', 'accept-with-error', 'note'])).default({}),
  /** The sets that the partner and we exchange, by type (`TRADACOMS/ORDERS` in TRADACOMS); those not named are not taken. Left out, all are. */
  sets: z.record(z.string(), setSchema).optional(),
  x12: z
    .strictObject({
      /** For what is sent as X12. */
      envelope: x12EnvelopeSchema.optional(),
      delimiters: delimiters.default({}),
      acknowledgment: z
        .strictObject({
          form: z.enum(['997', '999']).default('997'),
          ta1: z.enum(['when-asked', 'always', 'never']).default('when-asked'),
          accepted,
        })
        .prefault({}),
    })
    .prefault({}),
  edifact: z
    .strictObject({
      /** For what is sent as EDIFACT. */
      envelope: edifactEnvelopeSchema.optional(),
      delimiters: delimiters.default({}),
      acknowledgment: z
        .strictObject({ answer: z.enum(['none', 'on-request', 'receipt', 'full']).default('full'), accepted })
        .prefault({}),
    })
    .prefault({}),
  /** What its documents mean where that is not the usual. */
  map: PartnerTerms.prefault({}),
});

export type EdiProfile = z.infer<typeof ediProfileSchema>;

/** Nothing particular was agreed. */
export const STANDARD_EDI_PROFILE: EdiProfile = ediProfileSchema.parse({ partner: 'the partner' });
