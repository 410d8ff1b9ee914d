import { createInterface } from 'node:readline';
import type { z } from 'zod';
import type { Child } from './child.ts';
import { compiledFolder } from './home.ts';
import type { Supervisor } from './supervisor.ts';

const READY_WITHIN_MS = 60_000;

/** One of our own programs: it prints a JSON line when it is ready, and ends on SIGTERM. */
export interface NodeEntry {
  readonly name: string;
  /** Path of its TypeScript file. */
  readonly entry: string;
  readonly args?: readonly string[];
  /** What Node itself is told. */
  readonly flags?: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly graceMs?: number;
}

/**
 * Starts the program and answers with what its ready line says. Throws `ChildFailed` when it ends before that line, or says
 * nothing for a minute.
 */
export async function startEntry<T>(
  supervisor: Supervisor,
  { name, entry, args = [], flags = [], env, graceMs = 5_000 }: NodeEntry,
  readyLine: z.ZodType<T>,
): Promise<{ readonly child: Child; readonly ready: T }> {
  const command = process.execPath;
  const compiled = { ...env, NODE_COMPILE_CACHE: compiledFolder(process.env) };
  const whole = [...flags, entry, ...args];
  const child = supervisor.start({ name, command, args: whole, env: compiled, graceMs, stdout: 'pipe' });
  const firstLine = lineOf(child);
  const line = await child.ready(async () => {
    if (firstLine.text === undefined) throw new Error('It has not said yet that it is ready.');
    return firstLine.text;
  }, READY_WITHIN_MS);
  return { child, ready: readyLine.parse(JSON.parse(line)) };
}

/** The first line of the program's output; the rest is read and dropped, so that the program never waits for us. */
function lineOf(child: Child): { text: string | undefined } {
  const first: { text: string | undefined } = { text: undefined };
  if (child.stdout !== undefined) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      first.text ??= line;
    });
  }
  return first;
}
