import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kept } from '../../sandbox/kept.ts';
import type { Postgres } from '../../sandbox/postgres.ts';
import type { Temporal } from '../../sandbox/temporal.ts';
import type { FaultRuleInput } from '../../sandbox/visma/fault-rules.ts';
import type { Connector, WorkerProcess } from '../harness/connector.ts';
import { until } from '../harness/until.ts';
import type { Plan } from './plan.ts';

/** What a blow falls on. */
export interface Scene {
  readonly connector: Connector;
  readonly postgres: Kept<Postgres>;
  readonly temporal: Kept<Temporal>;
  readonly worker: WorkerProcess;
  /** A file that is there once the worker was struck at its crash point. */
  readonly mark: string;
  /** Starts the worker that goes on. */
  readonly comeBack: () => Promise<void>;
  /** Whether all work of the seed is done. */
  readonly isAtRest: () => Promise<boolean>;
}

const FAULT = 'blow';
/** A server that is away comes back before anybody gives up. */
const AWAY_MS = 700;
/** Visma.net itself ends a request after a second (`targetLimit` of these tests): nothing is written later. */
const LATEST_WRITE_MS = 700;

/** The fault that the simulator is told of before the work begins, for blows that fall on a request. */
export function faultOf({ blow }: Plan): FaultRuleInput | undefined {
  if (!('path' in blow)) return undefined;
  const kinds = {
    'answer lost, nothing written': 'drop-before-commit',
    'answer lost, written': 'drop-after-commit',
    'killed, then written': 'hold-before-commit',
    'killed, written': 'hold-after-commit',
  } as const;
  return { id: FAULT, kind: kinds[blow.how], skip: blow.nth - 1, match: { method: 'POST|PUT', path: blow.path } };
}

/** Waits for the moment, strikes, and sees to it that the work goes on. False when the moment never came. */
export async function strike(scene: Scene, plan: Plan): Promise<boolean> {
  const { blow } = plan;
  switch (blow.how) {
    case 'killed':
      return (await isStruck(scene)) && goOnAfterDeath(scene);
    case 'stopped':
      return (await isStruck(scene)) && takeOver(scene);
    case 'Postgres away':
      return (await isStruck(scene)) && loseServer(scene, scene.postgres, plan.random(AWAY_MS));
    case 'Temporal away':
      return (await isStruck(scene)) && loseServer(scene, scene.temporal, plan.random(AWAY_MS));
    case 'killed at random':
      await sleep(blow.afterMs);
      await scene.worker.kill();
      return goOnAfterDeath(scene);
    case 'killed, written':
    case 'killed, then written':
      return (await isHeld(scene)) && dieWhileHeld(scene, plan.random(LATEST_WRITE_MS));
    default:
      await until('the seed comes to rest', scene.isAtRest, 120_000);
      return (await hitsOf(scene)) > 0;
  }
}

/** Once true it stays so: whoever strikes leaves its mark. */
async function isStruck({ mark, isAtRest }: Scene): Promise<boolean> {
  await until('the worker meets its crash point, or is done', async () => existsSync(mark) || isAtRest(), 120_000);
  return existsSync(mark);
}

async function goOnAfterDeath({ worker, comeBack }: Scene): Promise<boolean> {
  await worker.exited;
  await comeBack();
  return true;
}

/** The one that was stopped goes on when another has done its work, and ends in its own way. */
async function takeOver({ worker, comeBack, isAtRest }: Scene): Promise<boolean> {
  await comeBack();
  await until('another worker has done the work of the stopped one', isAtRest, 120_000);
  process.kill(worker.pid, 'SIGCONT');
  await Promise.race([worker.kill('SIGTERM'), sleep(30_000)]);
  await worker.kill();
  return true;
}

async function loseServer({ worker }: Scene, server: Kept<Postgres> | Kept<Temporal>, ms: number): Promise<boolean> {
  await server.kill();
  process.kill(worker.pid, 'SIGCONT');
  await sleep(ms);
  await server.start();
  return true;
}

async function isHeld({ connector, isAtRest }: Scene): Promise<boolean> {
  const isNow = async () => (await connector.visma.admin.faults()).held.length > 0;
  let found = false;
  await until('a request is held, or all is done', async () => {
    found = await isNow();
    return found || isAtRest();
  });
  return found;
}

async function dieWhileHeld({ connector, worker, comeBack }: Scene, ms: number): Promise<boolean> {
  await Promise.all([worker.kill(), sleep(ms)]);
  await connector.visma.admin.release();
  await comeBack();
  return true;
}

async function hitsOf({ connector }: Scene): Promise<number> {
  const { rules } = await connector.visma.admin.faults();
  return rules.find(({ id }) => id === FAULT)?.hits ?? 0;
}
