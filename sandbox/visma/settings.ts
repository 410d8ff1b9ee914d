import { z } from 'zod';
import { FIELD_LENGTHS } from './field-lengths.ts';

/**
 * What can be changed while the simulator runs.
 *
 * `strict` refuses whatever the vendor's documentation does not name, so that a client cannot lean on luck; `real` ignores
 * what the vendor ignores (unknown parameters, unknown fields), so that its traps can be seen.
 */
export const settingsSchema = z.strictObject({
  mode: z.enum(['strict', 'real']).default('strict'),
  /** One hour was observed; no official number is published. */
  tokenTtlSeconds: z.number().int().positive().default(3600),
  /** Not published per endpoint. */
  defaultPageSize: z.number().int().positive().default(1000),
  /** A larger `pageSize` is cut to this without a word. */
  maxPageSize: z.number().int().positive().default(1000),
  /** Under automatic numbering a sent number counts only together with `overrideNumberSeries`. */
  supplierNumbering: z.enum(['automatic', 'manual']).default('automatic'),
  /** The same for invoices, payments and orders: under `automatic` a sent number counts only with `overrideNumberSeries`. */
  documentNumbering: z.enum(['automatic', 'manual']).default('automatic'),
  /** Whether a second invoice of a supplier under the same reference is refused is a preference of the company. */
  duplicateSupplierReference: z.enum(['accept', 'refuse']).default('accept'),
  /** The specification allows both for one and the same business fault. */
  businessFaultStatus: z.union([z.literal(400), z.literal(500)]).default(400),
  /** Whether a missing scope is 401 or 403 is not confirmed. */
  missingScopeStatus: z.union([z.literal(401), z.literal(403)]).default(403),
  /** Stamps are server local time without an offset; the zone itself is not documented. */
  zoneOffsetMinutes: z.number().int().default(60),
  /** How far the server's clock is ahead of ours, in milliseconds. */
  skewMs: z.number().int().default(0),
  /** How the modification time of the journal list compares, which has no condition, is not documented. */
  journalDelta: z.enum(['after', 'at or after']).default('after'),
  /** The real order of lists is undocumented. */
  listOrder: z.enum(['key', 'modified', 'shuffled']).default('key'),
  /** Synchronous calls are cut after four minutes: a call that waits longer is answered 504 and changes nothing. */
  syncLimitMs: z.number().int().positive().default(240_000),
  /** Seconds until the window ends today, a Unix time in earlier years. */
  rateLimitReset: z.enum(['seconds', 'epoch']).default('seconds'),
  /** Changes to the table of field lengths, for instance `{"supplier.name": 255}`. */
  fieldLengths: z
    .partialRecord(
      z.enum(Object.keys(FIELD_LENGTHS) as [keyof typeof FIELD_LENGTHS, ...(keyof typeof FIELD_LENGTHS)[]]),
      z.number().int().positive(),
    )
    .default({}),
});

export type Settings = z.output<typeof settingsSchema>;
export type SettingsInput = z.input<typeof settingsSchema>;

/** Lays a partial change over settings in force. Throws a ZodError for an unknown name or a value out of range. */
export function changedSettings(settings: Settings, change: unknown): Settings {
  return settingsSchema.parse({ ...settings, ...z.record(z.string(), z.unknown()).parse(change) });
}
