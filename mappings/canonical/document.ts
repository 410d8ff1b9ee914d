import { z } from 'zod';
import { Invoice } from './invoice.ts';
import { JournalEntry } from './journal-entry.ts';
import { Supplier } from './supplier.ts';

/** Any document the product speaks, told apart by `kind` (and an invoice by `direction`). */
export const CanonicalDocument = z.union([Supplier, Invoice, JournalEntry]);

export type CanonicalDocument = z.infer<typeof CanonicalDocument>;
