import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type SftpSession, withSftp } from '../../connectors/sftp/client.ts';
import { type SftpSecrets, type SftpSettings, sftpSettings } from '../../connectors/sftp/settings.ts';
import type { ContentMark } from '../../connectors/sftp/upload.ts';
import type { JournalRow } from '../../sandbox/sftp/journal.ts';
import { DEFAULT_FOLDERS, DEFAULT_USER, type SftpSandbox, startSftpSandbox } from '../../sandbox/sftp/server.ts';

export const PASSWORD: SftpSecrets = { password: 'partner-secret' };

/** A signal that never aborts. */
export const NEVER = new AbortController().signal;

export interface Rig {
  readonly sandbox: SftpSandbox;
  settings(changes?: Record<string, unknown>): SftpSettings;
  /** Lends a session as the default user. */
  lend<T>(work: (session: SftpSession) => Promise<T>, changes?: Record<string, unknown>): Promise<T>;
  /** Sets a fault of the sandbox. */
  fault(fault: Record<string, unknown>): Promise<void>;
  /** An answer of the admin interface, parsed. */
  admin<T>(path: string): Promise<T>;
  seed(path: string, text: string): Promise<void>;
  requests(operation: string): Promise<readonly JournalRow[]>;
}

/** A temporary folder that goes away with the test. */
export async function tempFolder(t: TestContext, base = tmpdir()): Promise<string> {
  const folder = await mkdtemp(join(base, 'ml-connector-sftp-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A sandbox of the test's own on free ports. */
export async function openRig(t: TestContext, publicKeys: readonly string[] = []): Promise<Rig> {
  const folder = await tempFolder(t);
  const sandbox = await startSftpSandbox({
    root: join(folder, 'root'),
    state: join(folder, 'state'),
    host: '127.0.0.1',
    port: 0,
    adminPort: 0,
    users: [{ ...DEFAULT_USER, publicKeys }],
    folders: DEFAULT_FOLDERS,
    now: () => new Date(),
  });
  t.after(() => sandbox.close());
  const { host, port, hostKeyFingerprint: hostKey, adminUrl } = sandbox;
  const settings = (changes = {}) => sftpSettings.parse({ host, port, username: 'partner', hostKey, ...changes });
  const post = async (path: string, body: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${adminUrl}/_sandbox/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  };
  const admin = async <T>(path: string) => (await (await fetch(`${adminUrl}/_sandbox/${path}`)).json()) as T;
  return {
    sandbox,
    settings,
    lend: (work, changes) => withSftp(settings(changes), PASSWORD, { signal: NEVER }, work),
    fault: (fault) => post('faults', fault),
    admin,
    seed: (path, text) => post('files', { path, text }),
    requests: async (operation) => {
      const { requests } = await admin<{ requests: readonly JournalRow[] }>('requests');
      return requests.filter((row) => row.operation === operation);
    },
  };
}

/** Bytes that differ at every place of a file, so that swapped or shifted blocks show. */
export function patternOf(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  let state = 0x9e3779b9;
  for (let i = 0; i < size; i += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

/** A stream of a buffer in pieces of `size` bytes. */
export async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export async function bytesOf(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export function markOf(bytes: Uint8Array): ContentMark {
  return { size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}
