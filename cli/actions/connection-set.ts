import { setSecrets } from '../../ledger/connections.ts';
import { EXIT_CODES } from '../exit.ts';
import { connectionNamed } from '../names.ts';
import { print } from '../output.ts';
import { readSecrets, readText } from '../read-secrets.ts';
import { checkSecrets, type Secrets, secretNames } from '../secrets.ts';
import type { Session } from '../session.ts';

export interface SetOptions {
  readonly file?: string;
  readonly privateKeyFile?: string;
  readonly folder: string;
}

/** Seals the secrets of a connection into the ledger. They replace the former ones as a whole. */
export async function connectionSet(session: Session, given: string, options: SetOptions): Promise<number> {
  const { name, settings } = await connectionNamed(session, given, options.folder);
  const secrets = checkSecrets(settings.kind, await secretsFrom(options, secretNames(settings.kind)));
  await setSecrets(await session.ledger(), name, secrets);
  print(`${name}: stored ${Object.keys(secrets).join(', ')}. Try it with \`ml-connector ping ${name}\`.`);
  return EXIT_CODES.done;
}

/** A key file alone is enough; with it, nothing is waited for on standard input. On a terminal nobody can type a key. */
async function secretsFrom({ file, privateKeyFile }: SetOptions, names: readonly string[]): Promise<Secrets> {
  const typed = names.filter((name) => name !== 'privateKey');
  if (privateKeyFile === undefined) return readSecrets(withoutKeyParts(typed), file);
  const rest = file !== undefined || process.stdin.isTTY ? await readSecrets(typed, file) : {};
  return { ...rest, privateKey: await readText(privateKeyFile) };
}

/** A passphrase belongs to a key. */
function withoutKeyParts(names: readonly string[]): readonly string[] {
  return names.filter((name) => name !== 'passphrase');
}
