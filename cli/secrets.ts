import { z } from 'zod';
import type { ConnectionKind } from '../config/integration.ts';
import { nearest } from '../config/nearest.ts';
import { sftpSecretsSchema } from '../connectors/sftp/settings.ts';
import { vismaSecretsSchema } from '../connectors/visma/settings.ts';
import { Failure } from '../failures/failure.ts';

/** The secrets each kind of connection takes. */
const KINDS: Readonly<Record<ConnectionKind, { readonly schema: z.ZodType; readonly names: readonly string[] }>> = {
  visma: { schema: vismaSecretsSchema, names: ['clientId', 'clientSecret', 'webhookKey'] },
  sftp: { schema: sftpSecretsSchema, names: ['password', 'privateKey', 'passphrase'] },
};

export type Secrets = Readonly<Record<string, string>>;

export function secretNames(kind: ConnectionKind): readonly string[] {
  return KINDS[kind].names;
}

/** @throws Failure SECRETS_INVALID, which names keys and never values */
export function checkSecrets(kind: ConnectionKind, given: Secrets): Secrets {
  const { schema, names } = KINDS[kind];
  const takes = `A connection of kind ${kind} takes ${names.join(', ')}.`;
  const unknown = Object.keys(given).filter((name) => !names.includes(name));
  if (unknown.length > 0) throw invalid(`${nameless(unknown, names)} ${takes}`);
  const checked = schema.safeParse(given);
  if (checked.success) return checked.data as Secrets;
  const missing = names.filter((name) => checked.error.issues.some((issue) => issue.path[0] === name));
  throw invalid(
    missing.length > 0 ? `${missing.join(' and ')} must be given.` : `${takes} Give password or privateKey.`,
  );
}

/** A key that nobody knows may be a secret in the wrong place, so it is not repeated, only likened to what was meant. */
function nameless(unknown: readonly string[], names: readonly string[]): string {
  const meant = unknown.flatMap((name) => nearest(name, names) ?? []);
  return `There is no secret of ${unknown.length === 1 ? 'the name' : 'the names'} given.${meant.length > 0 ? ` Did you mean ${meant.join(', ')}?` : ''}`;
}

/** Reads KEY=VALUE lines (blank ones and those that begin with # are skipped) or one JSON object of texts. */
export function parseSecrets(text: string): Secrets {
  return text.trimStart().startsWith('{') ? parseObject(text) : parseLines(text);
}

function parseObject(text: string): Secrets {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, and so is no cause to keep.
    throw invalid('The JSON given is not well formed.');
  }
  const parsed = z.record(z.string(), z.string()).safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalid('The JSON given must be an object whose values are texts.');
}

function parseLines(text: string): Secrets {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const entries = lines.flatMap((line, index) => {
    if (line.trim() === '' || line.startsWith('#')) return [];
    const split = line.indexOf('=');
    if (split < 1) throw invalid(`Line ${index + 1} is not KEY=VALUE.`);
    return [[line.slice(0, split).trim(), line.slice(split + 1)] as const];
  });
  return Object.fromEntries(entries);
}

function invalid(message: string): Failure {
  return new Failure('SECRETS_INVALID', { message });
}
