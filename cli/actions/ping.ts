import { randomBytes } from 'node:crypto';
import { sftpSettingsOf } from '../../activities/connections.ts';
import { openVisma } from '../../activities/visma-client.ts';
import type { SftpConnection, VismaConnection } from '../../config/connections.ts';
import { withSftp } from '../../connectors/sftp/client.ts';
import { pingSftp } from '../../connectors/sftp/ping.ts';
import { sftpSecretsSchema } from '../../connectors/sftp/settings.ts';
import { pingVisma } from '../../connectors/visma/ping.ts';
import { vismaSecretsSchema } from '../../connectors/visma/settings.ts';
import { Failure } from '../../failures/failure.ts';
import { unblock } from '../../ledger/connections.ts';
import { EXIT_CODES } from '../exit.ts';
import { connectionNamed, type NamedConnection } from '../names.ts';
import { plain, print, printJson } from '../output.ts';
import { entitiesOf, foldersOf } from '../ping-targets.ts';
import type { Session } from '../session.ts';
import { secretsOf } from '../stored-secrets.ts';

export interface PingOptions {
  readonly folder: string;
  readonly json?: boolean;
}

interface Step {
  readonly verb: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly failure?: Failure;
}

/** Tries a connection verb by verb. When all pass, a connection that refused credentials had blocked goes on. */
export async function ping(session: Session, given: string, options: PingOptions): Promise<number> {
  const connection = await connectionNamed(session, given, options.folder);
  let isGood = true;
  for await (const step of stepsOf(session, connection)) {
    isGood &&= step.ok;
    if (options.json) printJson(asObject(connection.name, step));
    else printStep(step);
  }
  if (!isGood) return EXIT_CODES.failed;
  const wasBlocked = await unblock(await session.ledger(), connection.name);
  if (wasBlocked && !options.json)
    print(`${connection.name} was blocked and goes on; what waited follows within seconds.`);
  return EXIT_CODES.done;
}

async function* stepsOf(session: Session, connection: NamedConnection): AsyncGenerator<Step> {
  const { settings } = connection;
  if (settings.kind === 'visma') yield* vismaSteps(session, connection, settings);
  else yield* sftpSteps(session, connection, settings);
}

async function* vismaSteps(session: Session, { name, integration }: NamedConnection, settings: VismaConnection) {
  const secrets = await secretsOf(await session.ledger(), name, vismaSecretsSchema);
  const client = openVisma(await session.ledger(), settings, secrets);
  try {
    yield* pingVisma(client, entitiesOf(integration, ownName(name)));
  } finally {
    await client.close();
  }
}

async function* sftpSteps(session: Session, { name, integration }: NamedConnection, settings: SftpConnection) {
  const secrets = await secretsOf(await session.ledger(), name, sftpSecretsSchema);
  const folders = foldersOf(integration, ownName(name));
  const deps = { signal: new AbortController().signal, token: randomBytes(4).toString('hex') };
  const server = sftpSettingsOf(settings);
  await makeFolders(folders.filter(({ use }) => use === 'write').map(({ path }) => path));
  yield* pingSftp(server, secrets, folders, deps);

  /** The flows make the folders that they write to, and so does a ping. What fails here is named by the steps. */
  async function makeFolders(paths: readonly string[]): Promise<void> {
    try {
      await withSftp(server, secrets, deps, async (sftp) => {
        for (const path of paths) await sftp.makeFolder(path);
      });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
    }
  }
}

function ownName(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}

function asObject(connection: string, { verb, ok, detail, failure }: Step): object {
  return { connection, verb, ok, detail, code: failure?.code ?? null, next: failure?.next ?? null };
}

function printStep({ verb, ok, detail, failure }: Step): void {
  print(`${ok ? 'ok    ' : 'FAILED'}  ${plain(verb).padEnd(28)}  ${plain(detail)}`);
  if (failure) print(`        Next: ${failure.next}`);
}
