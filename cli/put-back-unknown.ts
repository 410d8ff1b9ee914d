import type { FlowConfig } from '../activities/configuration.ts';
import { configHash } from '../config/hash.ts';
import type { Flow } from '../config/integration.ts';
import type { SftpSession } from '../connectors/sftp/client.ts';
import { markedName, nameOf } from '../connectors/sftp/names.ts';
import { Failure } from '../failures/failure.ts';
import type { Ledger } from '../ledger/database.ts';
import { pathsMovedTo } from '../ledger/queries/files.ts';
import { appliedIntegrations } from './names.ts';
import { lendSftp } from './preview/partners.ts';
import type { Session } from './session.ts';

export interface FilePutBack {
  readonly flow: string;
  /** Where it lies now, to be read. */
  readonly path: string;
}

type Inbound = Extract<Flow, { source: { archive: string } }>;

/** Clocks of partners differ, and a file is written before it arrives. */
const MARGIN_MS = 86_400_000;

/**
 * Puts files back into the inbound folders that were archived after a backup was made: a ledger restored from it does not
 * know them, and their records may not have been written. What the ledger has stored stays in the archive.
 */
export async function putBackUnknown(session: Session, since: Date): Promise<FilePutBack[]> {
  const ledger = await session.ledger();
  const back: FilePutBack[] = [];
  for (const integration of await appliedIntegrations(session)) {
    for (const [name, flow] of Object.entries(integration.flows)) {
      if (!isInbound(flow)) continue;
      const config = { name: `${integration.integration}/${name}`, hash: configHash(integration), integration, flow };
      back.push(...(await putBackOf(ledger, config, flow, since)));
    }
  }
  return back;
}

function isInbound(flow: Flow): flow is Inbound {
  return 'archive' in flow.source;
}

async function putBackOf(ledger: Ledger, config: FlowConfig, { source }: Inbound, since: Date): Promise<FilePutBack[]> {
  return lendSftp(ledger, config, source.connection, async (partner) => {
    const paths = await archivedSince(partner, source, new Date(since.getTime() - MARGIN_MS));
    const known = await pathsMovedTo(ledger, paths);
    const back: FilePutBack[] = [];
    for (const path of paths.filter((one) => !known.has(one))) {
      back.push({ flow: config.name, path: await putBack(partner, path, source.folder) });
    }
    return back;
  });
}

async function archivedSince(partner: SftpSession, source: Inbound['source'], since: Date): Promise<string[]> {
  if (!(await partner.exists(source.archive))) return [];
  const { entries } = await partner.list(source.archive, source.pattern);
  const late = entries.filter(({ isFile, modifiedAt }) => isFile && Date.parse(modifiedAt) >= since.getTime());
  return late.map(({ name }) => `${source.archive}/${name}`);
}

/** Another file of that name may wait in the inbound folder already: the one put back gets a number before its name's end. */
async function putBack(partner: SftpSession, path: string, folder: string): Promise<string> {
  const name = nameOf(path);
  for (let copy = 1; ; copy += 1) {
    const to = `${folder}/${copy === 1 ? name : markedName(name, String(copy))}`;
    try {
      await partner.rename(path, to);
      return to;
    } catch (error) {
      if (!(error instanceof Failure && error.code === 'SFTP_TARGET_EXISTS')) throw error;
    }
  }
}
