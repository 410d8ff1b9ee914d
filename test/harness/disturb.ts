import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connector, WorkerProcess } from './connector.ts';
import { until } from './until.ts';

/** A worker that is killed (or stopped, with `=stop`) when it passes a crash point for the first time, or the nth with `#n`. `name` tells two workers with the same point apart. */
export async function doomedWorker(
  connector: Connector,
  point: string,
  env: Record<string, string> = {},
  name = point,
): Promise<WorkerProcess> {
  const mark = markOf(connector, name);
  const worker = await connector.startWorker({ ...env, ML_CONNECTOR_CRASH_AT: point, ML_CONNECTOR_CRASH_MARK: mark });
  const exited = withinTwoMinutes(worker.exited, point);
  // Nobody waits for the end of a worker that is only stopped.
  exited.catch(() => undefined);
  return { ...worker, exited };
}

/** A worker that never passes its point must fail its test, not keep it for ever. */
async function withinTwoMinutes(exited: Promise<unknown>, point: string): Promise<unknown> {
  const late = new AbortController();
  const limit = sleep(120_000, undefined, { signal: late.signal, ref: false }).then(() => {
    throw new Error(`Not within two minutes: the worker dies at "${point}"`);
  });
  limit.catch(() => undefined);
  try {
    return await Promise.race([exited, limit]);
  } finally {
    late.abort();
  }
}

/** A stopped process keeps its polls open: what the server hands it waits until it times out. */
export const FEW_POLLS = {
  ML_CONNECTOR_ACTIVITY_SLOTS: '1',
  ML_CONNECTOR_WORKFLOW_SLOTS: '1',
  ML_CONNECTOR_CACHED_WORKFLOWS: '0',
};

/** Waits until a doomed worker has met its crash point. */
export async function died(worker: WorkerProcess): Promise<void> {
  let isOver = false;
  void worker.exited.then(() => {
    isOver = true;
  });
  await until('the worker dies at its crash point', async () => isOver, 60_000);
}

/** The file that says that the worker was struck. */
export function markOf({ folder }: Connector, point: string): string {
  return join(folder, `struck ${point.replaceAll('/', ' ')}`);
}

/** Waits until the simulator holds a request that met the fault with this id. */
export async function held({ visma }: Connector, fault: string): Promise<void> {
  const isHeld = async () => (await visma.admin.faults()).held.some((request) => request.fault === fault);
  await until(`a request is held by ${fault}`, isHeld);
}

/** The writes to a supplier that reached the simulator, whatever became of them: `POST 201`, `PUT dropped`. */
export async function requestsFor({ visma }: Connector, number: string): Promise<string[]> {
  const requests = await visma.admin.requests();
  const isAbout = (request: (typeof requests)[number]) =>
    (request.method === 'POST' && JSON.stringify(request.body ?? '').includes(`"${number}"`)) ||
    (request.method === 'PUT' && request.path.endsWith(`/${number}`));
  return requests.filter(isAbout).map(({ method, status, outcome }) => `${method} ${status ?? outcome}`);
}

/** Sets a fault of the SFTP sandbox; returns its id. */
export async function disturbSftp({ sftp }: Connector, fault: Readonly<Record<string, unknown>>): Promise<number> {
  const answer = await fetch(`${sftp.adminUrl}/_sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  });
  if (!answer.ok) throw new Error(`The sandbox refused the fault: ${await answer.text()}`);
  return ((await answer.json()) as { id: number }).id;
}

/** Takes the faults of the SFTP sandbox back. */
export async function calmSftp({ sftp }: Connector): Promise<void> {
  await fetch(`${sftp.adminUrl}/_sandbox/faults`, { method: 'DELETE' });
}

/** A file that the partner has, in the folder or collected. */
export interface PartnerFile {
  readonly name: string;
  readonly text: string;
}

/** Everything the partner has got in a folder, collected or still there; temporary files included. */
export async function partnerHas({ sftp }: Connector, folder: string): Promise<PartnerFile[]> {
  const ask = async <T>(path: string) => (await (await fetch(`${sftp.adminUrl}/_sandbox/${path}`)).json()) as T;
  const read = async (path: string) =>
    Buffer.from(await (await fetch(`${sftp.adminUrl}/_sandbox/${path}`)).arrayBuffer()).toString('latin1');
  const { files } = await ask<{ files: { path: string }[] }>('files');
  const { collected } = await ask<{ collected: { id: number; name: string; folder: string }[] }>('collected');
  const there = files.filter(({ path }) => path.startsWith(`${folder}/`));
  return Promise.all([
    ...there.map(async ({ path }) => ({
      name: path.slice(folder.length + 1),
      text: await read(`files/content?${new URLSearchParams({ path })}`),
    })),
    ...collected
      .filter((file) => file.folder === folder)
      .map(async ({ id, name }) => ({ name, text: await read(`collected/${id}/content`) })),
  ]);
}
