import { z } from 'zod';
import { count, flag, text, versioned } from './parts.ts';

/** The one place where the stamp is called `lastModified`. */
const stamped = { lastModified: text, timeStamp: text };

const value = z.object({
  internalId: count,
  valueId: z.string(),
  description: text,
  publicId: text,
  active: flag,
  mappedSegValue: text,
  ...stamped,
});

export const segmentSchema = z.object({
  internalId: count,
  segmentId: z.number().int(),
  description: text,
  length: count,
  publicId: text,
  validate: flag,
  isAutoNumber: flag,
  segmentValues: z.array(value).nullish(),
  ...stamped,
});

export type VismaSegment = z.infer<typeof segmentSchema>;

export const dimensionSchema = z.object({
  id: text,
  length: count,
  description: text,
  segments: z.array(segmentSchema).nullish(),
});

export type VismaDimension = z.infer<typeof dimensionSchema>;

/** One value of one segment, with the dimension it belongs to and the stamp under the name it has everywhere else. */
export const segmentValueSchema = z.object({
  dimension: z.string(),
  segmentId: z.number().int(),
  valueId: z.string(),
  description: text,
  publicId: text,
  active: flag,
  ...versioned,
});

export type SegmentValue = z.infer<typeof segmentValueSchema>;
