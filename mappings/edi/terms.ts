import { z } from 'zod';
import { DecimalText } from '../canonical/values.ts';

/** The code tables that a partner may see otherwise than the standard. */
const CODE_TABLES = [
  'parties',
  'ids',
  'references',
  'items',
  'reasons',
  'units',
  'priceBases',
  'statuses',
  'taxes',
  'paymentMethods',
] as const;

/** What was agreed with a partner about the meaning of what stands in its documents: the `map` section of a partner profile. */
export const PartnerTerms = z.strictObject({
  /** The ERP's number of the partner, for documents that do not say it. */
  partner: z.string().min(1).optional(),
  /** Whether the partner's invoices are claims on us, or ours on the partner. */
  direction: z.enum(['supplier', 'customer']).default('supplier'),
  /** How the totals of a credit note are signed. Canonical amounts of one are positive. */
  creditAmounts: z.enum(['positive', 'negative']).default('positive'),
  /** By how much a total may differ from what it is the sum of. */
  tolerance: DecimalText.default('0'),
  /** Amounts that no map takes and that may be passed over: a tag (`AMT`), or a tag with its qualifier (`SAC:N`, `MOA:86`). */
  ignoredMoney: z
    .array(z.string().regex(/^[A-Z][A-Z0-9]{1,2}(:.+)?$/, 'must be a tag such as AMT or AMT:1'))
    .default([]),
  /** The partner's codes by what they mean here: `references: { ZZ: contract }`. They go before the standard's. */
  codes: z.partialRecord(z.enum(CODE_TABLES), z.record(z.string(), z.string())).default({}),
  /** The qualifier under which the ERP's own item number travels; without it the one of the map. */
  itemQualifier: z.string().min(1).optional(),
  /** The unit of a line that has none, where the set asks for one. */
  defaultUnit: z.string().min(1).default('EA'),
  /** Levels of a ship notice that is written: with packages around the items, or orders and items only. */
  shipStructure: z.enum(['packages', 'items']).default('packages'),
});

export type PartnerTerms = z.infer<typeof PartnerTerms>;
export type CodeTableName = (typeof CODE_TABLES)[number];
