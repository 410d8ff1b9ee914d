import type { FlowKind, Integration } from '../config/integration.ts';
import type { PingFolder } from '../connectors/sftp/ping.ts';
import type { PingEntity } from '../connectors/visma/ping.ts';

/** The folders that the flows of an integration read and write over a connection. */
export function foldersOf({ flows }: Integration, connection: string): readonly PingFolder[] {
  const folders = Object.values(flows).flatMap((flow): PingFolder[] => {
    if (flow.kind === 'invoices-out') {
      return flow.target.connection === connection ? [{ path: flow.target.folder, use: 'write' }] : [];
    }
    if (flow.source.connection !== connection) return [];
    const { folder, archive, error } = flow.source;
    return [
      { path: folder, use: 'read' },
      { path: archive, use: 'write' },
      { path: error, use: 'write' },
    ];
  });
  return [...new Map(folders.map((folder) => [`${folder.use} ${folder.path}`, folder])).values()];
}

/** At which end a flow of each kind meets Visma.net, and what it reads there. */
const IN_VISMA: Readonly<Record<FlowKind, { readonly end: 'source' | 'target'; readonly entity: PingEntity }>> = {
  'vendors-in': { end: 'target', entity: 'supplier' },
  'invoices-out': { end: 'source', entity: 'supplierInvoice' },
};

/** The entities of Visma.net that the flows of an integration read over a connection. */
export function entitiesOf({ flows }: Integration, connection: string): readonly PingEntity[] {
  const entities = Object.values(flows).flatMap((flow): PingEntity[] => {
    const { end, entity } = IN_VISMA[flow.kind];
    return flow[end].connection === connection ? [entity] : [];
  });
  return [...new Set(entities)];
}
