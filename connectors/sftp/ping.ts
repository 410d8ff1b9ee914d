import { lookup } from 'node:dns/promises';
import { Failure } from '../../failures/failure.ts';
import { type SftpSession, sessionOver } from './client.ts';
import { type ConnectStage, openLink, type SftpDeps } from './connect.ts';
import { quote } from './errors.ts';
import type { Link } from './link.ts';
import { pathOf } from './names.ts';
import type { SftpSecrets, SftpSettings } from './settings.ts';

/** A folder to try. `read`: it is listed. `write`: a probe file is written, renamed, read and deleted in it as well. */
export interface PingFolder {
  readonly path: string;
  readonly use: 'read' | 'write';
}

export interface PingStep {
  /** What was tried: `resolve`, `connect`, `host key`, `login`, `subsystem`, `list /out`, `write /out` and so on. */
  readonly verb: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly failure?: Failure;
}

export interface PingDeps extends SftpDeps {
  /** A few random characters, so that two pings do not meet in one probe file. */
  readonly token: string;
}

const STAGES: readonly ConnectStage[] = ['connect', 'host key', 'login', 'subsystem'];
const PROBE = Buffer.from('ml-connector tries whether it can write here; this file may be deleted.\n');

/**
 * Tries a connection verb by verb and yields each as it ends. Stops at the first verb of the connection that fails, since
 * nothing after it can work; of the folders each is tried. The probe file has a hidden name before and after its rename, so
 * that a partner does not collect it, and is gone at the end.
 */
export async function* pingSftp(
  settings: SftpSettings,
  secrets: SftpSecrets,
  folders: readonly PingFolder[],
  deps: PingDeps,
): AsyncGenerator<PingStep> {
  const resolve = await attempt('resolve', () => resolveHost(settings.host));
  yield resolve;
  if (!resolve.ok) return;
  const passed = new Map<ConnectStage, string>();
  const opened = await settle(openLink(settings, secrets, deps, (stage, detail) => passed.set(stage, detail)));
  yield* stagesOf(passed, opened);
  if (opened instanceof Failure) return;
  try {
    const session = sessionOver(opened, settings);
    for (const folder of folders) yield* pingFolder(session, folder, deps.token);
  } finally {
    await opened.close();
  }
}

function* stagesOf(passed: ReadonlyMap<ConnectStage, string>, opened: Link | Failure): Generator<PingStep> {
  for (const verb of STAGES) {
    const detail = passed.get(verb);
    if (detail === undefined) {
      if (opened instanceof Failure) yield { verb, ok: false, detail: opened.message, failure: opened };
      return;
    }
    yield { verb, ok: true, detail };
  }
}

async function* pingFolder(session: SftpSession, { path, use }: PingFolder, token: string): AsyncGenerator<PingStep> {
  const listed = await attempt(`list ${path}`, async () => {
    const { entries, unusable } = await session.list(path, '*');
    return `${entries.length} entries${unusable.length > 0 ? `, and ${unusable.length} with unusable names` : ''}`;
  });
  yield listed;
  if (listed.ok && use === 'write') yield* pingWriting(session, path, token);
}

async function* pingWriting(session: SftpSession, folder: string, token: string): AsyncGenerator<PingStep> {
  const first = pathOf(folder, `.ml-connector-ping.${token}.part`);
  const second = pathOf(folder, `.ml-connector-ping.${token}.probe`);
  const verbs = [
    ['write', () => writeProbe(session, first)],
    ['rename', () => session.rename(first, second).then(() => 'renamed')],
    ['read', () => readProbe(session, second)],
    ['delete', () => session.remove(second).then(() => 'deleted')],
  ] as const;
  try {
    for (const [verb, work] of verbs) {
      const step = await attempt(`${verb} ${folder}`, work);
      yield step;
      if (!step.ok) return;
    }
  } finally {
    // Whatever failed, and even when the caller stops listening. Where removing is forbidden too, we cannot do more.
    for (const probe of [first, second]) await session.remove(probe).catch(() => {});
  }
}

async function writeProbe(session: SftpSession, path: string): Promise<string> {
  const size = await session.write(
    path,
    (async function* () {
      yield PROBE;
    })(),
  );
  return `${size} bytes`;
}

async function readProbe(session: SftpSession, path: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of session.read(path)) chunks.push(chunk);
  if (Buffer.concat(chunks).equals(PROBE)) return 'the same bytes came back';
  throw new Failure('SFTP_FILE_CHANGING', { message: `${quote(path)} came back with other bytes than were written.` });
}

async function resolveHost(host: string): Promise<string> {
  try {
    return (await lookup(host)).address;
  } catch (cause) {
    throw new Failure('SFTP_UNREACHABLE', { message: `${host} cannot be resolved to an address.`, cause });
  }
}

async function attempt(verb: string, work: () => Promise<string>): Promise<PingStep> {
  const outcome = await settle(work());
  if (outcome instanceof Failure) return { verb, ok: false, detail: outcome.message, failure: outcome };
  return { verb, ok: true, detail: outcome };
}

/** A failure as a value; anything else that is thrown (an abort, a bug) goes on. */
async function settle<T>(work: Promise<T>): Promise<T | Failure> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}
