import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));

/** What a run of the command printed, and how it ended. */
export interface CommandResult {
  readonly code: number;
  readonly lines: readonly string[];
}

/** The `ml-connector` command, as a process of its own, as a user would call it in this home. */
export class CommandLine {
  readonly #env: NodeJS.ProcessEnv;

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env;
  }

  /** Runs the command; `onLine` hears what it prints, errors included. */
  async run(
    args: readonly string[],
    { input = '', onLine = (_line: string) => {} }: { input?: string; onLine?: (line: string) => void } = {},
  ): Promise<CommandResult> {
    const child = spawn(process.execPath, [CLI, ...args], { env: this.#env, stdio: ['pipe', 'pipe', 'pipe'] });
    const lines: string[] = [];
    const hear = (line: string) => {
      lines.push(line);
      onLine(line);
    };
    createInterface({ input: child.stdout }).on('line', hear);
    createInterface({ input: child.stderr }).on('line', hear);
    child.stdin.end(input);
    const code = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (status) => resolve(status ?? 1));
    });
    return { code, lines };
  }

  /** Runs a reading command with `--json` and returns its objects. Throws with its words when it fails. */
  async read<T>(args: readonly string[]): Promise<T[]> {
    const { code, lines } = await this.run([...args, '--json']);
    if (code !== 0) throw new Error(`ml-connector ${args.join(' ')} ended with ${code}: ${lines.join(' ')}`);
    return lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as T);
  }

  /** Runs a command that has to work. Throws with its words when it does not. */
  async must(
    args: readonly string[],
    options: { input?: string; onLine?: (line: string) => void } = {},
  ): Promise<void> {
    const { code, lines } = await this.run(args, options);
    if (code !== 0) throw new Error(`ml-connector ${args.join(' ')} ended with ${code}:\n${lines.join('\n')}`);
  }
}
