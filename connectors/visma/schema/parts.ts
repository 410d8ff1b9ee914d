import { z } from 'zod';

/**
 * Pieces shared by the answers of all entities. The schemas are tolerant: unknown fields are left out, and all but a
 * record's key may be missing or null, since list items can lack fields that the single record has.
 */
export const text = z.string().nullish();
export const flag = z.boolean().nullish();
/** An amount or quantity as Visma's JSON has it; the maps turn it into a decimal string. */
export const amount = z.number().nullish();
export const count = z.number().int().nullish();

export const described = z.object({ id: text, description: text }).nullish();
export const named = z.object({ id: text, name: text }).nullish();
export const numbered = z.object({ number: text, name: text }).nullish();

/** In every record. Visma's local form without zone (`2026-03-20T06:35:22.153`), to be sent back as it came. */
export const versioned = { lastModifiedDateTime: text, timeStamp: text };

const segment = z.object({
  segmentId: count,
  segmentDescription: text,
  segmentValue: text,
  segmentValueDescription: text,
});

export const segments = z.array(segment).nullish();

/** The account and subaccount of a line. */
export const account = z.object({ number: text, description: text }).nullish();
export const subaccount = z
  .object({ subaccountNumber: text, subaccountId: count, description: text, segments })
  .nullish();

export const address = z
  .object({
    addressLine1: text,
    addressLine2: text,
    addressLine3: text,
    postalCode: text,
    city: text,
    country: named,
    county: text,
  })
  .nullish();

/** The VAT of one code in a document. */
export const taxDetail = z.object({
  taxId: text,
  recordId: count,
  vatId: z.object({ number: text, description: text }).nullish(),
  vatRate: amount,
  taxableAmount: amount,
  vatAmount: amount,
});
