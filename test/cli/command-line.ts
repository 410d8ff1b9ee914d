import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type IntegrationChanges, integrationText } from '../harness/integration.ts';
import { inKeptProcess } from './kept-process.ts';
import type { Called } from './served.ts';

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
 * to the next, since loading the command is most of what a call costs.
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

  async call(args: readonly string[], { input = '', cwd = this.#cwd, env = {} }: CallOptions = {}): Promise<Answer> {
    const whole = { PATH: process.env.PATH ?? '', TZ: 'UTC', ...this.#env, ...env };
    const answer = await inKeptProcess({ args, cwd, env: whole, input });
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
