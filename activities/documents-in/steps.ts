import { storeJson } from '../../ledger/bodies.ts';
import { inTransaction, lockName } from '../../ledger/database.ts';
import { moveDocument } from '../../ledger/documents.ts';
import { readJson } from '../../ledger/read-bodies.ts';
import { hasNewerVersion, isHeldBesides } from '../../ledger/versions.ts';
import { connectionOf, type DocumentsInKind, flowOf } from '../configuration.ts';
import type { Dependencies } from '../dependencies.ts';
import { INBOUND_FILE } from '../files/claim-inbound.ts';
import { createInboundFlow } from '../files/inbound-flow.ts';
import type { Delivery, FlowSteps, Transformed } from '../flow-steps.ts';
import { goOnAsMapped, isBegun } from '../posting/begun.ts';
import type { PostOutcome } from '../posting/outcome.ts';
import { postToVisma } from '../posting/post-to-visma.ts';
import { fetchDocuments } from './fetch-documents.ts';
import type { DocumentKind } from './kind.ts';
import { originalOf, originOf, readRows } from './original.ts';
import { canonicalOf, hashOf, rowsOf } from './read-group.ts';
import { Scattered } from './scattered.ts';

/** Files of a partner whose rows are grouped into documents: each is taken once and written to Visma.net. */
export function createDocumentsIn<K extends DocumentsInKind, C extends object>(
  deps: Dependencies,
  kind: DocumentKind<K, C>,
): FlowSteps {
  const scattered = new Scattered();
  return {
    ...createInboundFlow(deps, ({ config, ...reading }, from) =>
      fetchDocuments({ deps, kind, scattered, config: flowOf(config, kind.flow), ...reading }, from),
    ),
    transform: (delivery) => transform(deps, kind, delivery),
    post: (delivery) => post(deps, kind, delivery),
  };
}

/** One of which a corrected version has come is left. One that could not be read at first may be one that the flow holds already. */
async function transform<K extends DocumentsInKind, C extends object>(
  deps: Dependencies,
  kind: DocumentKind<K, C>,
  { config, document, attempt }: Delivery,
): Promise<Transformed> {
  if (document.kind === INBOUND_FILE) return 'split';
  if (await isBegun(deps.ledger, document)) return goOnAsMapped(deps, { config, document, attempt });
  if (await hasNewerVersion(deps.ledger, document)) {
    const step = 'superseded';
    await moveDocument(deps.ledger, document.id, { state: step, failure: null }, { step }, attempt.provenance);
    return 'resting';
  }
  const flow = flowOf(config, kind.flow);
  const rows = rowsOf(kind, flow, await readRows(deps.ledger, document, kind.rows(flow)));
  const canonical = canonicalOf(kind, flow, rows, originOf(document).flaw);
  const hash = hashOf(rows);
  const connection = connectionOf(config, config.flow.target.connection, 'visma').name;
  return inTransaction(deps.ledger, async (tx) => {
    await lockName(tx, `rows/${config.name}`);
    const isRepeat = document.generation === 0 && !hash.equals(document.contentHash ?? Buffer.alloc(0));
    if (isRepeat && (await isHeldBesides(tx, document, hash))) {
      const change = { state: 'skipped', failure: null } as const;
      await moveDocument(tx, document.id, change, { step: 'repeat' }, attempt.provenance);
      return 'resting';
    }
    const stored = await storeJson(tx, { documentId: document.id, role: 'canonical', connection }, canonical);
    const change = { state: 'transformed' as const, configHash: config.hash, contentHash: hash };
    const detail = { canonical: stored.sha256.toString('hex'), config: config.hash.slice(0, 12) };
    await moveDocument(tx, document.id, change, { step: 'transformed', detail }, attempt.provenance);
    return 'ready';
  });
}

async function post<K extends DocumentsInKind, C extends object>(
  deps: Dependencies,
  kind: DocumentKind<K, C>,
  { config: given, document, attempt }: Delivery,
): Promise<PostOutcome> {
  const config = flowOf(given, kind.flow);
  const connection = connectionOf(given, given.flow.target.connection, 'visma');
  const canonical = kind.parse(await readJson(deps.ledger, { documentId: document.id, role: 'canonical' }));
  const original = (what: 'rows' | 'file') => originalOf(deps.ledger, document, kind.rows(config), what);
  return deps.connections.visma(connection, { flow: config.name, signal: attempt.signal }, async (client) => {
    const errand = { deps, attempt, document, connection, client };
    const { first, following } = await kind.writes({ ...errand, config, canonical, original });
    return postToVisma(errand, first, following);
  });
}
