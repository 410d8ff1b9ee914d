/**
 * A process that does nothing but outlive its supervisor for a moment. It holds the read end of a pipe whose other end
 * only the supervisor has; when that closes, however the supervisor ended, it ends what is left in the process book.
 *
 *   node sandbox/guard.ts <process book> [folder to remove afterwards]
 */
import { rmSync } from 'node:fs';
import { endBooked } from './process-book.ts';

const GRACE_MS = 4_000;
const [book, temporaryFolder] = process.argv.slice(2);
if (book === undefined) throw new Error('guard.ts is started by the supervisor, with the path of its process book.');

// A closing terminal or a Ctrl-C is the supervisor's business.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => {});

process.stdin.on('error', () => {});
process.stdin.on('close', () => {
  void endBooked(book, GRACE_MS).finally(() => {
    if (temporaryFolder !== undefined) rmSync(temporaryFolder, { recursive: true, force: true });
    process.exit(0);
  });
});
process.stdin.resume();
