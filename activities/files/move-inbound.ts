import type { SftpSession } from '../../connectors/sftp/client.ts';
import { markedName, nameOf } from '../../connectors/sftp/names.ts';
import { Failure } from '../../failures/failure.ts';
import { inTransaction } from '../../ledger/database.ts';
import { noteOnDocument } from '../../ledger/documents.ts';
import { claimedAs, noteMoved, type SeenFile } from '../../ledger/files-seen.ts';
import type { DocumentRow } from '../../ledger/schema.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Run } from '../flow-steps.ts';

/**
 * Moves a claimed file out of the inbound folder. It never overwrites: where the folder holds a file of that name, the
 * document's id is put before the extension. A file that is gone was moved by an earlier attempt, or by the partner; one
 * that looks different from what was read is the next one under its name, and stays for the next poll.
 */
export async function moveInboundFile(
  deps: Dependencies,
  session: SftpSession,
  run: Run,
  document: DocumentRow,
  folder: string,
): Promise<void> {
  const path = document.sourceKey;
  const claimed = await claimedAs(deps.ledger, run.config.name, path, document.id);
  const moved = claimed && (await moveTo(session, claimed, folder, document.id));
  await deps.at('archive moved', document.id);
  await inTransaction(deps.ledger, async (tx) => {
    await noteMoved(tx, run.config.name, path, document.id, moved ?? folder);
    const event = moved ? { step: 'moved', detail: { to: moved } } : { step: 'found moved' };
    await noteOnDocument(tx, document.id, event, run.attempt.provenance);
  });
}

async function moveTo(session: SftpSession, file: SeenFile, folder: string, id: string): Promise<string | undefined> {
  const { path } = file;
  const name = nameOf(path);
  if (!(await looksAs(session, path, file))) return undefined;
  await session.makeFolder(folder);
  for (const candidate of [`${folder}/${name}`, `${folder}/${markedName(name, id)}`]) {
    try {
      await session.rename(path, candidate);
      // Not the time: servers over object stores give a renamed file a new one.
      if ((await session.stat(candidate))?.size === file.byteSize) return candidate;
      // It was replaced between our look and the rename.
      await session.rename(candidate, path);
      return undefined;
    } catch (error) {
      if (error instanceof Failure && error.code === 'SFTP_FILE_MISSING') return undefined;
      if (!(error instanceof Failure && error.code === 'SFTP_TARGET_EXISTS')) throw error;
    }
  }
  throw new Failure('FILE_NOT_MOVED', {
    message: `${path} could not be moved to ${folder}: both names are taken there.`,
  });
}

async function looksAs(session: SftpSession, path: string, file: SeenFile): Promise<boolean> {
  const stat = await session.stat(path);
  return stat?.size === file.byteSize && Date.parse(stat.modifiedAt) === file.modifiedAt.getTime();
}
