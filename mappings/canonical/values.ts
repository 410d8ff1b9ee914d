import { z } from 'zod';

/** A decimal as text: optional minus, digits, optional point and digits. Never a float, never an exponent, no thousands sign. */
export const DecimalText = z.string().regex(/^-?\d+(\.\d+)?$/, 'must be a decimal such as -1250.50');

/** A calendar day without a zone, `2026-11-03`. */
export const Day = z.iso.date();

/** ISO 3166-1 alpha-2 in capitals, or '' to clear. */
export const CountryCode = z.string().regex(/^([A-Z]{2})?$/, 'must be a two-letter ISO 3166-1 code in capitals');

/** ISO 4217 in capitals, or '' to clear. */
export const CurrencyCode = z.string().regex(/^([A-Z]{3})?$/, 'must be a three-letter ISO 4217 code in capitals');

/** A key in some system: never empty, no white space around it. */
export const Key = z
  .string()
  .min(1, 'must not be empty')
  .refine((text) => text === text.trim(), 'must not begin or end with white space');

/** For how many units a price was agreed, `100`; prices of lines are for one unit all the same. */
export const PriceBasis = z.string().regex(/^[1-9]\d*$/, 'must be a whole number above 0');
