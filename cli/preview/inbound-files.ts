import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { FlowConfig } from '../../activities/configuration.ts';
import { inboundSourceOf } from '../../activities/files/inbound-flow.ts';
import type { SftpSession } from '../../connectors/sftp/client.ts';
import { Failure } from '../../failures/failure.ts';
import type { Ledger } from '../../ledger/database.ts';
import { claimedPaths } from '../../ledger/queries/files.ts';
import { lendSftp } from './partners.ts';

/** A file to look at. It can be read any number of times. */
export interface ReadableFile {
  readonly name: string;
  readonly bytes: () => AsyncIterable<Uint8Array>;
}

/** Hands over the files that a poll would take, oldest first, or one of this machine instead. */
export async function eachFile(
  ledger: Ledger,
  config: FlowConfig,
  local: string | undefined,
  look: (file: ReadableFile) => Promise<void>,
): Promise<void> {
  if (local !== undefined) return look({ name: basename(local), bytes: () => readLocal(local) });
  await lendSftp(ledger, config, inboundSourceOf(config).connection, async (session) => {
    for (const path of await waitingFiles(ledger, config, session)) {
      await look({ name: path, bytes: () => session.read(path) });
    }
  });
}

async function* readLocal(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path) as AsyncIterable<Buffer>;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new Failure('COMMAND_USAGE', { message: `The file ${path} cannot be read (${code}).`, cause });
  }
}

/** Files that were read already wait to be moved only. */
async function waitingFiles(ledger: Ledger, config: FlowConfig, session: SftpSession): Promise<string[]> {
  const { folder, pattern } = inboundSourceOf(config);
  const { entries } = await session.list(folder, pattern);
  const files = entries
    .filter(({ isFile }) => isFile)
    .map((entry) => ({
      path: `${folder}/${entry.name}`,
      byteSize: entry.size,
      modifiedAt: new Date(entry.modifiedAt),
    }));
  files.sort((a, b) => a.modifiedAt.getTime() - b.modifiedAt.getTime() || (a.path < b.path ? -1 : 1));
  const claimed = await claimedPaths(ledger, config.name, files);
  return files.filter(({ path }) => !claimed.has(path)).map(({ path }) => path);
}
