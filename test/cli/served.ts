import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCommandLine } from '../../cli/program.ts';

/** A call of the command line, as the test sends it to this process, and what came of it. */
export interface Call {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** What it can read from its standard input. */
  readonly input: string;
}

export interface Called {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `open`: what the command left behind that would keep its process from ending. */
export interface Served extends Called {
  readonly open: readonly string[];
}

const ENDS_WITHIN_MS = 5_000;

/** Carries out one call after the other in this process: what the command loads is loaded once. */
process.on('message', (call: Call) => {
  void carriedOut(call).then((called) => process.send?.(called));
});

process.on('disconnect', () => process.exit());

async function carriedOut({ args, cwd, env, input }: Call): Promise<Served> {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  process.chdir(cwd);
  process.argv.splice(2, Number.POSITIVE_INFINITY, ...args);
  process.exitCode = undefined;
  Object.defineProperty(process, 'stdin', { value: Readable.from([Buffer.from(input)]), configurable: true });
  const [stdout, stderr] = [caught(process.stdout), caught(process.stderr)];
  const before = process.getActiveResourcesInfo().length;
  try {
    await runCommandLine();
  } finally {
    stdout.release();
    stderr.release();
  }
  const code = Number(process.exitCode ?? 0);
  return { code, stdout: stdout.text(), stderr: stderr.text(), open: await leftOpen(before) };
}

/** Takes what is written to a stream of the process instead of it. */
function caught(stream: NodeJS.WriteStream): { text(): string; release(): void } {
  const chunks: Buffer[] = [];
  const write = stream.write;
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
    chunks.push(Buffer.from(chunk as Uint8Array));
    const done = rest.at(-1);
    if (typeof done === 'function') process.nextTick(done);
    return true;
  };
  return {
    text: () => Buffer.concat(chunks).toString('utf8'),
    release: () => {
      stream.write = write;
      stream.removeAllListeners('error');
    },
  };
}

/** `before`: so many are there without a command, the channel to the test and output. */
async function leftOpen(before: number): Promise<readonly string[]> {
  const deadline = performance.now() + ENDS_WITHIN_MS;
  for (;;) {
    const open = process.getActiveResourcesInfo();
    if (open.length <= before) return [];
    if (performance.now() > deadline) return open;
    await sleep(5);
  }
}
