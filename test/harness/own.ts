import { after } from 'node:test';
import type { Supervisor } from '../../sandbox/supervisor.ts';
import { openTestHome } from './parts.ts';

const endings: (() => unknown)[] = [];
let supervisor: Promise<Supervisor> | undefined;

// Here and not on first use: called within a test, `after` would mean the end of that test. A program that is no test calls
// `endAll` itself.
if (process.env.NODE_TEST_CONTEXT !== undefined) after(endAll);

/** Runs `ending` when this test file ends. What was registered last ends first: a connection before its server. */
export function atEnd(ending: () => unknown): void {
  endings.push(ending);
}

/** The supervisor of what this test file starts for itself; everything in it ends with the file. */
export function ownSupervisor(): Promise<Supervisor> {
  if (supervisor === undefined) {
    supervisor = openTestHome();
    atEnd(async () => (await supervisor)?.close());
  }
  return supervisor;
}

/** An ending that fails must not keep the others from being run: the file would wait for ever for what they close. */
export async function endAll(): Promise<void> {
  const failures: unknown[] = [];
  for (const ending of endings.toReversed()) {
    try {
      await ending();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Not everything the test file started has ended well.');
}
