import { setTimeout as sleep } from 'node:timers/promises';
import type { RemoteEntry, SftpSession } from '../../connectors/sftp/client.ts';
import { type FileSighting, noteSightings } from '../../ledger/files-seen.ts';
import type { Dependencies } from '../dependencies.ts';

/** Where a flow's inbound files lie. `settleMs`: how long a file must look the same before it is taken for whole. */
export interface InboundFolder {
  readonly folder: string;
  readonly pattern: string;
  readonly settleMs: number;
}

/** Settle times up to this are waited for within one poll; longer ones take until a later poll. */
const LONGEST_WAIT_MS = 15_000;

/**
 * The paths of the files that are whole, oldest first. A file that changed since it was last seen is left: it is still
 * being written. Unusable names are reported and do not stop their neighbours.
 */
export async function listWholeFiles(
  deps: Dependencies,
  session: SftpSession,
  flow: string,
  where: InboundFolder,
  signal: AbortSignal,
): Promise<string[]> {
  const first = await look(deps, session, flow, where);
  const isYoung = first.some((file) => ageOf(deps, file) < where.settleMs);
  if (!isYoung) return first.map((file) => file.path);
  if (where.settleMs <= LONGEST_WAIT_MS) await sleep(where.settleMs, undefined, { signal });
  const second = await look(deps, session, flow, where);
  return second.filter((file) => ageOf(deps, file) >= where.settleMs).map((file) => file.path);
}

function ageOf({ ledger }: Dependencies, file: FileSighting): number {
  return ledger.now().getTime() - file.seenAt.getTime();
}

async function look(
  deps: Dependencies,
  session: SftpSession,
  flow: string,
  where: InboundFolder,
): Promise<FileSighting[]> {
  const { entries, unusable } = await session.list(where.folder, where.pattern);
  for (const { failure } of unusable) deps.log.warn({ flow, code: failure.code, next: failure.next }, failure.message);
  const files = entries.filter((entry) => entry.isFile).map((entry) => seen(where.folder, entry));
  files.sort((a, b) => a.modifiedAt.getTime() - b.modifiedAt.getTime() || (a.path < b.path ? -1 : 1));
  return noteSightings(deps.ledger, flow, files);
}

function seen(folder: string, entry: RemoteEntry) {
  return { path: `${folder}/${entry.name}`, byteSize: entry.size, modifiedAt: new Date(entry.modifiedAt) };
}
