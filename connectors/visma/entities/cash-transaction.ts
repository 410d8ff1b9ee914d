import { keySegment } from '../keys.ts';
import { type Delta, deltaQuery, type Entity } from '../reader.ts';
import { cashTransactionSchema, type VismaCashTransaction } from '../schema/cash-transaction.ts';

/** Its items carry no count. */
export const cashTransactionEntity: Entity<VismaCashTransaction, Delta, string> = {
  name: 'cashTransaction',
  path: '/v1/cashTransaction',
  schema: cashTransactionSchema,
  paging: 'uncounted pages',
  query: deltaQuery,
  keyOf: ({ referenceNbr }) => referenceNbr,
  segmentsOf: (referenceNbr) => [keySegment(referenceNbr)],
};
