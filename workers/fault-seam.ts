import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type At, CRASH_POINTS, type CrashPoint } from '../activities/crash-point.ts';

/**
 * What tests make a worker do at a crash point, from `ML_CONNECTOR_CRASH_AT`: `point`, `point#3` (the third time it is
 * passed) or `point=stop` (SIGSTOP instead of SIGKILL). It strikes once: `ML_CONNECTOR_CRASH_MARK` names a file that says it
 * has struck, so that the worker that comes back goes on. Without the variable nothing happens anywhere.
 */
export function faultSeam(env: Readonly<Record<string, string | undefined>>): At {
  const { ML_CONNECTOR_CRASH_AT: text, ML_CONNECTOR_CRASH_MARK: mark } = env;
  if (!text || !mark) return async () => undefined;
  const { point, nth, signal } = parse(text);
  let passed = 0;
  return async (reached) => {
    if (reached !== point || existsSync(mark)) return;
    passed += 1;
    if (passed < nth) return;
    writeFileSync(mark, `${point}\n`);
    process.kill(process.pid, signal);
    // A stopped process goes on here when it is continued; a killed one does not get here.
    await sleep(0);
  };
}

function parse(text: string): { point: CrashPoint; nth: number; signal: NodeJS.Signals } {
  const match = /^(?<point>[^#=]+)(#(?<nth>\d+))?(?<stop>=stop)?$/.exec(text)?.groups;
  const point = CRASH_POINTS.find((known) => known === match?.point);
  if (!point) throw new Error(`ML_CONNECTOR_CRASH_AT names no crash point: ${text}`);
  return { point, nth: Number(match?.nth ?? 1), signal: match?.stop ? 'SIGSTOP' : 'SIGKILL' };
}
