import { readCsvRecord } from '../../formats/csv/read-csv.ts';
import type { CsvPosition } from '../../formats/csv/row.ts';
import { storeJson } from '../../ledger/bodies.ts';
import { inTransaction } from '../../ledger/database.ts';
import { moveDocument } from '../../ledger/documents.ts';
import { readBytes, readJson } from '../../ledger/read-bodies.ts';
import type { DocumentRow } from '../../ledger/schema.ts';
import { externalIdAt } from '../../ledger/versions.ts';
import { contentHash } from '../../mappings/canonical/content-hash.ts';
import { Supplier } from '../../mappings/canonical/supplier.ts';
import { connectionOf, type FlowOf, flowOf } from '../configuration.ts';
import type { Dependencies } from '../dependencies.ts';
import { INBOUND_FILE } from '../files/claim-inbound.ts';
import { createInboundFlow } from '../files/inbound-flow.ts';
import type { Delivery, FlowSteps, Transformed } from '../flow-steps.ts';
import { goOnAsMapped, isBegun } from '../posting/begun.ts';
import type { PostOutcome } from '../posting/outcome.ts';
import { placeOf } from '../posting/place.ts';
import { postToVisma } from '../posting/post-to-visma.ts';
import { fetchRows } from './fetch-rows.ts';
import { supplierWrite } from './post-supplier.ts';
import { supplierOf } from './supplier-row.ts';
import { SuppliersSeen } from './suppliers-seen.ts';

/** Vendor master files of a partner become suppliers in Visma.net, one document a row that leads to a write. */
export function createVendorsIn(deps: Dependencies): FlowSteps {
  const seen = new SuppliersSeen(() => deps.ledger.now().getTime());
  return {
    ...createInboundFlow(deps, ({ config, ...reading }, from) =>
      fetchRows({ deps, seen, config: flowOf(config, 'vendors-in'), ...reading }, from),
    ),
    transform: (delivery) => transform(deps, delivery),
    post: (delivery) => post(deps, delivery),
  };
}

async function transform(deps: Dependencies, { config, document, attempt }: Delivery): Promise<Transformed> {
  if (document.kind === INBOUND_FILE) return 'split';
  if (await isBegun(deps.ledger, document)) return goOnAsMapped(deps, { config, document, attempt });
  const flow = flowOf(config, 'vendors-in');
  const supplier = supplierOf(flow, await readOriginalRow(deps, flow, document));
  const place = { documentId: document.id, role: 'canonical' as const };
  await inTransaction(deps.ledger, async (tx) => {
    const stored = await storeJson(
      tx,
      { ...place, connection: connectionOf(flow, flow.flow.target.connection, 'visma').name },
      supplier,
    );
    const change = {
      state: 'transformed' as const,
      configHash: config.hash,
      contentHash: Buffer.from(contentHash(supplier), 'hex'),
    };
    const detail = { canonical: stored.sha256.toString('hex'), config: config.hash.slice(0, 12) };
    await moveDocument(tx, document.id, change, { step: 'transformed', detail }, attempt.provenance);
  });
  return 'ready';
}

async function readOriginalRow(deps: Dependencies, config: FlowOf<'vendors-in'>, document: DocumentRow) {
  const origin = document.origin as unknown as CsvPosition & { length: number };
  const place = { documentId: document.parentId ?? document.id, role: 'original' as const };
  return readCsvRecord(await readBytes(deps.ledger, place, origin), config.flow.format, origin);
}

async function post(deps: Dependencies, { config, document, attempt }: Delivery): Promise<PostOutcome> {
  const flow = flowOf(config, 'vendors-in');
  const { numbering, connection: name } = flow.flow.target;
  const connection = connectionOf(config, name, 'visma');
  const supplier = Supplier.parse(await readJson(deps.ledger, { documentId: document.id, role: 'canonical' }));
  const place = placeOf(connection);
  const knownNumber = await externalIdAt(deps.ledger, document, place);
  return deps.connections.visma(connection, { flow: config.name, signal: attempt.signal }, (client) => {
    const write = supplierWrite({ numbering, document, supplier, knownNumber, place, client });
    return postToVisma({ deps, attempt, document, connection, client }, write);
  });
}
