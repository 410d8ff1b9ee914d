import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Failure } from '../failures/failure.ts';
import { parseSecrets, type Secrets } from './secrets.ts';

const MAX_BYTES = 256 * 1024;

/** Secrets from a file, from standard input, or, on a terminal, these asked for one by one. */
export async function readSecrets(names: readonly string[], file: string | undefined): Promise<Secrets> {
  if (file !== undefined) return parseSecrets(await readText(file));
  return process.stdin.isTTY ? askFor(names) : parseSecrets(await readInput());
}

/** A file that the caller names; its content is never repeated. @throws Failure COMMAND_USAGE */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new Failure('COMMAND_USAGE', { message: `The file ${path} cannot be read (${code}).`, cause });
  }
}

async function readInput(): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new Failure('SECRETS_INVALID', { message: 'Standard input is too long for secrets.' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** What is typed is not shown; an empty answer leaves the secret out. */
async function askFor(names: readonly string[]): Promise<Secrets> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  const answers: [string, string][] = [];
  try {
    for (const name of names) {
      process.stderr.write(`${name}: `);
      const answer = await terminal.question('');
      process.stderr.write('\n');
      if (answer !== '') answers.push([name, answer]);
    }
  } finally {
    terminal.close();
  }
  return Object.fromEntries(answers);
}
