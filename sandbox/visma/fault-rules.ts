import { z } from 'zod';

const httpStatus = z.number().int().min(200).max(599);
const afterCommit = z.boolean().default(false);

const kinds = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('status'),
    status: httpStatus,
    body: z.json().optional(),
    html: z.string().optional(),
    headers: z.record(z.string(), z.string()).default({}),
    afterCommit,
  }),
  z.object({ kind: z.literal('erp-error'), message: z.string(), status: httpStatus.default(500), afterCommit }),
  z.object({ kind: z.literal('429'), retryAfterSeconds: z.number().int().nonnegative().default(30) }),
  z.object({ kind: z.literal('slow'), ms: z.number().int().nonnegative(), afterCommit }),
  z.object({ kind: z.literal('drop-before-commit') }),
  z.object({ kind: z.literal('drop-after-commit') }),
  z.object({ kind: z.literal('hold-before-commit') }),
  z.object({ kind: z.literal('hold-after-commit') }),
  z.object({ kind: z.literal('expire-tokens') }),
  z.object({ kind: z.literal('revoke-client') }),
  z.object({
    kind: z.literal('action-result'),
    result: z.enum(['Queued', 'InProcess', 'Failed']),
    errorInfo: z.string().default(''),
    /** A queued action takes effect after so long; without it, never. */
    settlesAfterMs: z.number().int().nonnegative().optional(),
  }),
  z.object({ kind: z.literal('page-drift'), rows: z.number().int().positive().default(1) }),
]);

/** One rule: which requests it hits, how many of them, and what happens to them. */
export const faultRuleSchema = z.intersection(
  z.object({
    id: z.string().optional(),
    match: z
      .strictObject({
        /** One, or several: `POST|PUT`. */
        method: z.string().optional(),
        /** A regular expression on path and query, without regard to case. */
        path: z.string().optional(),
        bodyIncludes: z.string().optional(),
      })
      .default({}),
    times: z.union([z.number().int().positive(), z.literal('always')]).default(1),
    /** How many matching requests pass first. */
    skip: z.number().int().nonnegative().default(0),
  }),
  kinds,
);

export type FaultRule = z.output<typeof faultRuleSchema>;
export type FaultRuleInput = z.input<typeof faultRuleSchema>;
export type FaultKind = FaultRule['kind'];
