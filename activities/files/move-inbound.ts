import type { SftpSession } from '../../connectors/sftp/client.ts';
import { Failure } from '../../failures/failure.ts';
import { inTransaction } from '../../ledger/database.ts';
import { noteOnDocument } from '../../ledger/documents.ts';
import { noteMoved } from '../../ledger/files-seen.ts';
import type { DocumentRow } from '../../ledger/schema.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Run } from '../flow-steps.ts';

/**
 * Moves a claimed file out of the inbound folder. It never overwrites: where the folder holds a file of that name, the
 * document's id is put before the extension. A file that is gone was moved by an earlier attempt, or by the partner.
 */
export async function moveInboundFile(
  deps: Dependencies,
  session: SftpSession,
  run: Run,
  document: DocumentRow,
  folder: string,
): Promise<void> {
  const path = document.sourceKey;
  const moved = await moveTo(session, path, folder, document.id);
  await deps.at('archive moved', document.id);
  await inTransaction(deps.ledger, async (tx) => {
    await noteMoved(tx, run.config.name, path, document.id, moved ?? folder);
    const event = moved ? { step: 'moved', detail: { to: moved } } : { step: 'found moved' };
    await noteOnDocument(tx, document.id, event, run.attempt.provenance);
  });
}

async function moveTo(session: SftpSession, path: string, folder: string, id: string): Promise<string | undefined> {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!(await session.exists(path))) return undefined;
  await session.makeFolder(folder);
  for (const candidate of [`${folder}/${name}`, `${folder}/${withMark(name, id)}`]) {
    try {
      await session.rename(path, candidate);
      return candidate;
    } catch (error) {
      if (error instanceof Failure && error.code === 'SFTP_FILE_MISSING') return undefined;
      if (!(error instanceof Failure && error.code === 'SFTP_TARGET_EXISTS')) throw error;
    }
  }
  throw new Failure('FILE_NOT_MOVED', {
    message: `${path} could not be moved to ${folder}: both names are taken there.`,
  });
}

function withMark(name: string, mark: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? `${name.slice(0, dot)}.${mark}${name.slice(dot)}` : `${name}.${mark}`;
}
