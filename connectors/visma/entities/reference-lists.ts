import type { z } from 'zod';
import { keySegment } from '../keys.ts';
import type { Versioned } from '../pages.ts';
import { type Delta, deltaQuery, type Entity } from '../reader.ts';
import {
  branchSchema,
  cashAccountSchema,
  currencySchema,
  financialPeriodSchema,
  ledgerSchema,
  paymentMethodSchema,
  periodId,
  vatSchema,
} from '../schema/reference-lists.ts';

/** Lists that are short, come whole and are only read. */
function referenceList<T extends Versioned>(
  name: string,
  schema: z.ZodType<T>,
  keyOf: (record: T) => string,
): Entity<T, Delta, string> {
  return {
    name,
    path: `/v1/${name}`,
    schema,
    paging: 'whole',
    query: deltaQuery,
    keyOf,
    segmentsOf: (key) => [keySegment(key)],
  };
}

/** Keyed YYYYMM. It has no modification filter: read it whole. */
export const financialPeriodEntity = referenceList('financialPeriod', financialPeriodSchema, periodId);
export const vatEntity = referenceList('vat', vatSchema, ({ vatId }) => vatId);
export const branchEntity = referenceList('branch', branchSchema, ({ number }) => number);
export const currencyEntity = referenceList('currency', currencySchema, ({ id }) => id);
export const cashAccountEntity = referenceList('cashaccount', cashAccountSchema, ({ number }) => number);
export const paymentMethodEntity = referenceList(
  'paymentmethod',
  paymentMethodSchema,
  ({ paymentMethodID }) => paymentMethodID,
);
export const ledgerEntity = referenceList('ledger', ledgerSchema, ({ number }) => number);
