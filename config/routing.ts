import { z } from 'zod';
import { textSchema } from './values.ts';

/** One rule: when every field named has one of the values given, the fields of `set` get theirs. */
const rule = z.strictObject({
  /** Shown in previews and failures. */
  name: textSchema.optional(),
  when: z.record(textSchema, z.array(z.string()).min(1)),
  set: z.record(textSchema, z.string()).refine((set) => Object.keys(set).length > 0, 'must set at least one field'),
});

/**
 * How values of the partner become ours. `values` translates field by field (`address.country: { Norway: NO }`); then the
 * `rules` are tried in order, each seeing what those before it set.
 */
export const routingSchema = z.strictObject({
  values: z.record(textSchema, z.record(z.string(), z.string())).default({}),
  rules: z.array(rule).max(10_000).default([]),
});

export type Routing = z.infer<typeof routingSchema>;
