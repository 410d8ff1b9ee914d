import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type IntegrationChanges, integrationText } from '../harness/integration.ts';
import { inKeptProcess } from './kept-process.ts';
import type { Call, Called } from './served.ts';

/** The command's own file. */
export const CLI = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));

/** What the command printed and how it ended. */
export interface Answer extends Called {
  /** Lines of stdout, without empty ones at the end. */
  readonly lines: readonly string[];
}

export interface CallOptions {
  readonly input?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Calls `ml-connector` in the environment given and no other. Everything it prints is kept. Processes are kept from one call
 * to the next, since loading the command is most of what a call costs; one that reads its input gets a process of its own.
 */
export class CommandLine {
  readonly #env: Readonly<Record<string, string>>;
  readonly #cwd: string;
  #everything = '';

  constructor(env: Readonly<Record<string, string>>, cwd = tmpdir()) {
    this.#env = env;
    this.#cwd = cwd;
  }

  /** All that any call has printed, for a test that looks for what must not be there. */
  get everything(): string {
    return this.#everything;
  }

  async call(args: readonly string[], { input, cwd = this.#cwd, env = {} }: CallOptions = {}): Promise<Answer> {
    const call = { args, cwd, env: { PATH: process.env.PATH ?? '', TZ: 'UTC', ...this.#env, ...env } };
    const readsInput = input !== undefined || args[1] === 'set';
    const answer = readsInput ? await inOwnProcess(call, input ?? '') : await inKeptProcess(call);
    this.#everything += answer.stdout + answer.stderr;
    return { ...answer, lines: answer.stdout.trimEnd().split('\n') };
  }

  /** Calls it and fails the test with its words unless it ends with 0. */
  async must(args: readonly string[], options?: CallOptions): Promise<Answer> {
    const answer = await this.call(args, options);
    if (answer.code === 0) return answer;
    throw new Error(`ml-connector ${args.join(' ')} ended with ${answer.code}:\n${answer.stdout}${answer.stderr}`);
  }

  /** The objects that a reading command prints with --json, whatever it ends with. */
  async read(args: readonly string[], options?: CallOptions): Promise<Record<string, unknown>[]> {
    const { stdout, stderr } = await this.call([...args, '--json'], options);
    if (stderr !== '') throw new Error(`ml-connector ${args.join(' ')}: ${stderr}`);
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  }

  /** What happened to the documents that a reference stands for, as `timeline --json` tells it. */
  async events(reference: string): Promise<Record<string, unknown>[]> {
    const chain = await this.read(['timeline', reference]);
    const named = chain.filter((one) => one.named === true);
    return named.flatMap(({ id, events }) => (events as object[]).map((event) => ({ document: id, ...event })));
  }
}

async function inOwnProcess({ args, cwd, env }: Call, input: string): Promise<Called> {
  const child = spawn(process.execPath, [CLI, ...args], { cwd, env, stdio: 'pipe' });
  const [stdout, stderr] = [text(child.stdout), text(child.stderr)];
  // A command that does not read its input may be gone before it is written.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) => resolve(status ?? (signal ? 128 : 0)));
  });
  return { code, stdout: await stdout, stderr: await stderr };
}

async function text(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

/** Writes an integration file into the folder of the command line and applies it. */
export async function applied(cli: CommandLine, folder: string, text: string): Promise<void> {
  await mkdir(join(folder, 'integrations'), { recursive: true });
  await writeFile(join(folder, 'integrations', 'acme.yaml'), text);
  await cli.must(['apply']);
}

/** The integration of the tests with schedules that do not come round while they run. */
export function rarely(changes?: IntegrationChanges): string {
  return integrationText(changes).replaceAll('every: 5m', 'every: 30d');
}
