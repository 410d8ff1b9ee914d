import type { Flow, Integration } from '../config/integration.ts';
import type { PingFolder } from '../connectors/sftp/ping.ts';
import type { PingEntity } from '../connectors/visma/ping.ts';
import { RECORD_ENTITIES } from '../connectors/visma/records.ts';

/** The folders that the flows of an integration read and write over a connection. */
export function foldersOf({ flows }: Integration, connection: string): readonly PingFolder[] {
  const folders = Object.values(flows).flatMap((flow): PingFolder[] => {
    const { source, target } = flow;
    if ('folder' in target) return target.connection === connection ? [{ path: target.folder, use: 'write' }] : [];
    if (!('folder' in source) || source.connection !== connection) return [];
    const { folder, archive, error } = source;
    return [
      { path: folder, use: 'read' },
      { path: archive, use: 'write' },
      { path: error, use: 'write' },
    ];
  });
  return [...new Map(folders.map((folder) => [`${folder.use} ${folder.path}`, folder])).values()];
}

/** The end at which a flow meets Visma.net, and what it reads there. */
function inVisma(flow: Flow): { readonly connection: string; readonly entity: PingEntity } {
  switch (flow.kind) {
    case 'vendors-in':
      return { connection: flow.target.connection, entity: 'supplier' };
    case 'invoices-in':
      return { connection: flow.target.connection, entity: 'supplierInvoice' };
    case 'journals-in':
      return { connection: flow.target.connection, entity: 'journalTransaction' };
    case 'payments-in':
      return { connection: flow.target.connection, entity: 'supplierPayment' };
    case 'purchase-orders-in':
      return { connection: flow.target.connection, entity: 'purchaseOrder' };
    case 'invoices-out':
      return { connection: flow.source.connection, entity: 'supplierInvoice' };
    case 'records-out':
      return { connection: flow.source.connection, entity: flow.source.entity };
  }
}

/** The entities of Visma.net that the flows of an integration read over a connection. */
export function entitiesOf({ flows }: Integration, connection: string): readonly PingEntity[] {
  const met = Object.values(flows)
    .map(inVisma)
    .filter((one) => one.connection === connection);
  // A list that is refused without filters cannot be tried without a flow.
  return [
    ...new Set(met.map(({ entity }) => entity).filter((entity) => RECORD_ENTITIES[entity].required.length === 0)),
  ];
}
