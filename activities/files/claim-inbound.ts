import { v7 as uuidv7 } from 'uuid';
import type { SftpSession } from '../../connectors/sftp/client.ts';
import { nameOf } from '../../connectors/sftp/names.ts';
import { Failure } from '../../failures/failure.ts';
import { deleteBody, type StoredBody, storeBody } from '../../ledger/bodies.ts';
import { inTransaction, type Ledger } from '../../ledger/database.ts';
import { getDocument, insertDocuments } from '../../ledger/documents.ts';
import { claimFile, type SeenFile } from '../../ledger/files-seen.ts';
import type { DocumentRow } from '../../ledger/schema.ts';
import { deliveryWorkflowId } from '../delivery.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Run } from '../flow-steps.ts';

/** A document that is a file of the partner, its bytes as they came. */
export const INBOUND_FILE = 'InboundFile';

/**
 * Brings a whole file into the ledger, byte for byte, and claims it with a document, in one transaction. Called again, or by
 * two runs at once, it ends with the same document. Undefined when the file is gone or has begun to change. A file over the
 * limit gets a document without bytes, which fails in its delivery; the file stays where it is.
 */
export async function claimInboundFile(
  deps: Dependencies,
  session: SftpSession,
  run: Run,
  file: { readonly path: string; readonly connection: string; readonly maxBytes: number },
): Promise<DocumentRow | undefined> {
  const before = await seenNow(session, file.path);
  if (!before) return undefined;
  if (before.byteSize > file.maxBytes) return insertTooLarge(deps, run, before);
  const id = uuidv7();
  const documentId = await inTransaction(deps.ledger, async (tx) => {
    const place = { documentId: id, role: 'original' as const };
    const bytes = withHeartbeat(session.read(file.path), run);
    const stored = await storeUnlessGone(() => storeBody(tx, { ...place, connection: file.connection }, bytes));
    if (!stored || !isUnchanged(before, await seenNow(session, file.path), stored.byteSize))
      return deleteBody(tx, place);
    const owner = await claimFile(tx, run.config.name, { ...before, sha256: stored.sha256 }, (inner, occurrence) =>
      insertFileDocument(inner, run, {
        id,
        path: file.path,
        sha256: stored.sha256,
        occurrence,
        bytes: stored.byteSize,
      }),
    );
    if (owner !== id) await deleteBody(tx, place);
    return owner;
  });
  if (documentId === undefined) return undefined;
  await deps.at('body stored', documentId);
  return getDocument(deps.ledger, documentId);
}

/** Another run at the same time may have read the file and moved it away. */
async function storeUnlessGone(store: () => Promise<StoredBody>): Promise<StoredBody | undefined> {
  try {
    return await store();
  } catch (error) {
    if (error instanceof Failure && error.code === 'SFTP_FILE_MISSING') return undefined;
    throw error;
  }
}

async function seenNow(session: SftpSession, path: string): Promise<SeenFile | undefined> {
  const stat = await session.stat(path);
  return stat?.isFile ? { path, byteSize: stat.size, modifiedAt: new Date(stat.modifiedAt) } : undefined;
}

function isUnchanged(before: SeenFile, after: SeenFile | undefined, bytesRead: number): boolean {
  return (
    after !== undefined &&
    after.byteSize === before.byteSize &&
    bytesRead === before.byteSize &&
    after.modifiedAt.getTime() === before.modifiedAt.getTime()
  );
}

interface NewFile {
  readonly id: string;
  readonly path: string;
  readonly sha256: Buffer;
  readonly occurrence: number;
  readonly bytes: number;
}

/** The version is the content and how often it has come: a ledger restored from a backup finds the same tokens again. */
async function insertFileDocument(tx: Ledger, run: Run, file: NewFile): Promise<string> {
  const sourceVersion = `${file.sha256.toString('hex').slice(0, 16)}.${file.occurrence}`;
  const identity = { flow: run.config.name, sourceKey: file.path, sourceVersion, generation: 0 };
  await insertDocuments(
    tx,
    [
      {
        ...identity,
        id: file.id,
        kind: INBOUND_FILE,
        contentHash: file.sha256,
        workflowId: deliveryWorkflowId(identity),
        configHash: run.config.hash,
        batchId: run.batch.id,
        business: { file: nameOf(file.path) },
        event: {
          step: 'received',
          detail: { bytes: file.bytes, sha256: file.sha256.toString('hex'), occurrence: file.occurrence },
        },
      },
    ],
    run.attempt.provenance,
  );
  return file.id;
}

async function* withHeartbeat(source: AsyncIterable<Uint8Array>, run: Run): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    run.attempt.signal.throwIfAborted();
    run.attempt.heartbeat();
    yield chunk;
  }
}

async function insertTooLarge(deps: Dependencies, run: Run, file: SeenFile): Promise<DocumentRow | undefined> {
  const sourceVersion = `${file.byteSize}.${file.modifiedAt.getTime()}`;
  const identity = { flow: run.config.name, sourceKey: file.path, sourceVersion, generation: 0 };
  const document = {
    ...identity,
    kind: INBOUND_FILE,
    workflowId: deliveryWorkflowId(identity),
    configHash: run.config.hash,
    batchId: run.batch.id,
    business: { file: nameOf(file.path) },
    origin: { tooLarge: file.byteSize },
  };
  const [stored] = await insertDocuments(deps.ledger, [document], run.attempt.provenance);
  return stored;
}
