import { z } from 'zod';
import type { BodyLine, Change, ElementForm, SegmentForm, SetTable } from './form.ts';

/** Files of YAML are read with every scalar as text: numbers and booleans are known by what they say. */
const count = z.union([z.number().int().min(0), z.string().regex(/^\d+$/).transform(Number)]);
const countOrMany = z.union([z.literal('*'), count]);
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);
const texts = z.array(z.string());
const byCode = <Item extends z.ZodType>(item: Item) => z.record(z.string(), item);
/** Codes with labels, or a list of them. */
const codes = z.union([
  byCode(z.string()),
  texts.transform((list) => Object.fromEntries(list.map((code) => [code, '']))),
]);

const discriminated = { by: z.string().optional(), own: texts.optional() };

const loopVariant = z.strictObject({
  min: count.optional(),
  max: countOrMany.optional(),
  get body() {
    return z.array(bodyLine).optional();
  },
});

const bodyLine: z.ZodType<BodyLine> = z.lazy(() =>
  z.union([
    z.string(),
    z.strictObject({ segment: z.string(), ...discriminated, variants: byCode(z.string()).optional() }),
    z.strictObject({
      loop: z.string(),
      min: count.optional(),
      max: countOrMany,
      body: z.array(bodyLine),
      tree: z.strictObject({ id: z.string(), parent: z.string() }).optional(),
      ...discriminated,
      variants: byCode(loopVariant).optional(),
    }),
  ]),
) as z.ZodType<BodyLine>;

const elementForm: z.ZodType<ElementForm> = z.lazy(() =>
  z.union([
    z.string(),
    z.strictObject({
      element: z.string(),
      components: z.array(elementForm).optional(),
      codes: codes.optional(),
      complete: flag.optional(),
    }),
  ]),
) as z.ZodType<ElementForm>;

const elements = z.array(elementForm);
const describedSegment = z.strictObject({ elements, conditions: texts.optional() });
const segmentForm = z.union([elements, describedSegment]) as z.ZodType<SegmentForm>;

const change = z.union([
  z.string(),
  elements,
  describedSegment,
  z.strictObject({ add: z.array(bodyLine), before: z.string().optional(), after: z.string().optional() }),
  z.strictObject({ element: z.string().optional(), components: elements.optional(), codes: codes.optional() }),
]) as z.ZodType<Change>;

/** Changes by path, as a profile has them. */
export const patchSchema = z.record(z.string(), change);

/** A table from outside. What it says is checked when it is compiled. */
export const tableSchema: z.ZodType<SetTable> = z.strictObject({
  standard: z.enum(['X12', 'EDIFACT', 'TRADACOMS']),
  set: z.string().min(1),
  group: z.string().optional(),
  release: z.string().min(1),
  closed: flag,
  sources: texts,
  body: z.array(bodyLine),
  segments: z.record(z.string(), segmentForm).optional(),
  patches: z.record(z.string(), patchSchema).optional(),
}) as z.ZodType<SetTable>;
