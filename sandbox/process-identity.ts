import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * A process, named so that a later process with the same id is never mistaken for it: the id is recycled, the moment of
 * its start is not.
 */
export interface ProcessIdentity {
  readonly pid: number;
  readonly started: string;
}

/** The identity of a running process; undefined when it is gone, or only waits for its parent to collect its exit code. */
export function identify(pid: number): ProcessIdentity | undefined {
  const started = process.platform === 'linux' ? startFromProc(pid) : startFromPs(pid);
  return started === undefined ? undefined : { pid, started };
}

/** Whether exactly this process still runs. */
export function isRunning(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.started === identity.started;
}

/** Sends a signal, if exactly this process still runs, to it and to what it keeps in its process group. */
export function signalGroup(identity: ProcessIdentity, name: NodeJS.Signals): void {
  if (isRunning(identity)) send(-identity.pid, name);
}

/** Kills what a process that has just ended left behind in its process group. */
export function killRest(identity: ProcessIdentity): void {
  send(-identity.pid, 'SIGKILL');
}

function send(target: number, name: NodeJS.Signals): void {
  try {
    process.kill(target, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

let bootId: string | undefined;

/** Start times count from the boot, so they only identify a process together with it. */
function currentBoot(): string {
  bootId ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return bootId;
}

function startFromProc(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // proc(5): the second field is the name in brackets, which may hold spaces; state is field 3, start time field 22.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, started] = [fields[0], fields[19]];
  if (state === 'Z' || state === 'X' || started === undefined) return undefined;
  return `${currentBoot()}:${started}`;
}

function startFromPs(pid: number): string | undefined {
  try {
    const answer = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return answer === '' || answer.startsWith('Z') ? undefined : answer.replace(/^\S+\s+/, '');
  } catch {
    return undefined;
  }
}
