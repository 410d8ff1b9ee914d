import { writeCsv } from '../../formats/csv/write-csv.ts';
import { storeBody } from '../../ledger/bodies.ts';
import { inTransaction } from '../../ledger/database.ts';
import { moveDocument } from '../../ledger/documents.ts';
import { connectionOf } from '../configuration.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Delivery, Rendered } from '../flow-steps.ts';
import type { PostOutcome } from '../posting/outcome.ts';
import { isStaged, postFile } from '../posting/post-file.ts';
import type { FilesOut } from './freeze-file.ts';

/** The content of a file: the names of its columns, if it has a header row, and its rows. */
export interface FileContent {
  readonly columns: readonly string[] | undefined;
  readonly rows: AsyncIterable<readonly string[]>;
}

/**
 * Renders a file into the ledger, unless it was staged once: that is what goes out. A file without content becomes superseded.
 */
export async function renderFile(
  deps: Dependencies,
  { config, document, attempt }: Delivery,
  flow: FilesOut,
  contentOf: () => Promise<FileContent | undefined>,
): Promise<Rendered> {
  const connection = connectionOf(flow, flow.flow.target.connection, 'sftp').name;
  const place = { documentId: document.id, role: 'outgoing' as const, connection };
  if (await isStaged(deps.ledger, document.id)) {
    const change = { state: 'transformed' as const };
    await moveDocument(deps.ledger, document.id, change, { step: 'staged before' }, attempt.provenance);
    return 'ready';
  }
  const content = await contentOf();
  if (content === undefined) {
    const step = 'superseded';
    await moveDocument(deps.ledger, document.id, { state: step, failure: null }, { step }, attempt.provenance);
    return 'resting';
  }
  await inTransaction(deps.ledger, async (tx) => {
    const stored = await storeBody(tx, place, writeCsv(content.rows, flow.flow.format, content.columns));
    const detail = { bytes: stored.byteSize, sha256: stored.sha256.toString('hex') };
    const change = { state: 'transformed' as const, configHash: config.hash };
    await moveDocument(tx, document.id, change, { step: 'transformed', detail }, attempt.provenance);
  });
  return 'ready';
}

/** Puts a rendered file into the partner's folder, effectively once. */
export async function sendFile(
  deps: Dependencies,
  { config, document, attempt }: Delivery,
  { flow: { target } }: FilesOut,
): Promise<PostOutcome> {
  const connection = connectionOf(config, target.connection, 'sftp');
  return deps.connections.sftp(connection, { flow: config.name, signal: attempt.signal }, (session) =>
    postFile({
      deps,
      attempt,
      document,
      connection,
      session,
      path: document.sourceKey,
      collected: target.collected,
    }),
  );
}
