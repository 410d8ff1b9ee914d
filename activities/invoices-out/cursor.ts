import { flowOf } from '../configuration.ts';
import { highestIn, type RewindableCursor } from '../visma-changes/cursor.ts';
import { firstWalk } from '../visma-changes/walk.ts';

/** Invoices read again go out again only when their content has changed. */
export const invoicesCursor: RewindableCursor = {
  connection: (config) => flowOf(config, 'invoices-out').flow.source.connection,
  stampOf: (_config, position) => highestIn(position),
  firstPage: (config, client, position, purpose) => {
    const { since } = firstWalk(flowOf(config, 'invoices-out').flow.source, position);
    return client.supplierInvoices.listPage(since === undefined ? {} : { modifiedSince: since }, 1, purpose);
  },
};
