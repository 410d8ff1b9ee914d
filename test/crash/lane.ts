import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { RESTING_STATES } from '../../ledger/documents.ts';
import { migrate } from '../../ledger/migrate.ts';
import { verifyLedger } from '../../ledger/verify.ts';
import type { Kept } from '../../sandbox/kept.ts';
import type { Postgres } from '../../sandbox/postgres.ts';
import { sayToTerminal } from '../../sandbox/say.ts';
import type { Temporal } from '../../sandbox/temporal.ts';
import { type Connector, type WorkerProcess, withConnector } from '../harness/connector.ts';
import { calmSftp, disturbSftp, FEW_POLLS, markOf } from '../harness/disturb.ts';
import { seedForInvoices } from '../harness/invoices.ts';
import { seedForJournals } from '../harness/journals.ts';
import { atEnd } from '../harness/own.ts';
import { keepPostgres, keepTemporal, openTestHome } from '../harness/parts.ts';
import { until } from '../harness/until.ts';
import { faultOf, strike } from './blows.ts';
import type { CrashKind } from './kind.ts';
import { CRASH_KINDS } from './kinds.ts';
import type { Plan } from './plan.ts';

/** What the target and the ledger say of a kind. */
export interface Count {
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  /** Documents that did not come to a good end by themselves, each with its reason: `uncertain` ones and failed ones. */
  readonly open: readonly string[];
}

/** What became of a seed. A seed whose blow never fell proves nothing. */
export interface Outcome extends Count {
  readonly plan: Plan;
  readonly struck: boolean;
  readonly tookMs: number;
}

/** A worker, and the file that keeps it from doing what it was told to do at its crash point. */
interface Doomed {
  readonly plan: Plan | undefined;
  readonly worker: WorkerProcess;
  readonly mark: string;
}

interface LaneParts {
  readonly connector: Connector;
  readonly postgres: Kept<Postgres>;
  readonly temporal: Kept<Temporal>;
  /** For each kind two that differ in nothing that matters. */
  readonly configs: ReadonlyMap<CrashKind, readonly [first: string, second: string]>;
}

interface RunOptions {
  /** What comes after it: the worker that comes back is made ready for that. */
  readonly next?: Plan | undefined;
  /** Runs between the blow and the return of a worker: where a test takes a rule away. */
  readonly beforeReturn?: (connector: Connector) => Promise<void>;
}

/** Postgres, Temporal, partner systems and a worker of its own, which meet one seed after the other. */
export class Lane {
  readonly #parts: LaneParts;
  readonly #expected = new Map<CrashKind, string[]>();
  #worker: Doomed | undefined;

  private constructor(parts: LaneParts) {
    this.#parts = parts;
  }

  static async open(): Promise<Lane> {
    const supervisor = await openTestHome();
    atEnd(() => supervisor.close());
    const databaseFile = join(supervisor.folder, 'temporal.db');
    const temporalOfLane = keepTemporal(supervisor, sayToTerminal(), { databaseFile });
    const [postgres, temporal] = await Promise.all([keepPostgres(supervisor), temporalOfLane]);
    const { address } = temporal.current;
    await migrate(postgres.current.url);
    const connection = await Connection.connect({ address });
    atEnd(() => connection.close());
    const client = new Client({ connection });
    const server = { address, namespace: 'default', client };
    const connector = await withConnector({ databaseUrl: postgres.current.url, temporal: server });
    await seedForInvoices(connector);
    await seedForJournals(connector);
    const configs = new Map<CrashKind, readonly [string, string]>();
    for (const kind of CRASH_KINDS) {
      const second = kind.integration.replaceAll('every: 5m', 'every: 6m');
      configs.set(kind, [await connector.configure(kind.integration), await connector.configure(second)]);
    }
    return new Lane({ connector, postgres, temporal, configs });
  }

  /** Lets the seed's documents go through while its blow falls, and counts. */
  async run(plan: Plan, { next, beforeReturn }: RunOptions = {}): Promise<Outcome> {
    const began = performance.now();
    const { connector, postgres, temporal, configs } = this.#parts;
    const [first, second] = configs.get(plan.kind) ?? [];
    if (first === undefined || second === undefined) throw new Error(`${plan.kind.name} has no configuration`);
    const { worker, mark } = await this.#doomed(plan);
    await this.#disturb(plan);
    const expected = await plan.kind.begin(connector, plan.seed, plan.count);
    this.#expected.set(plan.kind, [...(this.#expected.get(plan.kind) ?? []), ...expected]);
    rmSync(mark, { force: true });
    const workflowId = await connector.beginSync(plan.kind.flow, first);
    const replaced =
      plan.replacedAfterMs === undefined ? undefined : applyAfter(connector, second, plan.replacedAfterMs);
    const isAtRest = () => atRest(connector, plan.kind.flow, workflowId);
    const comeBack = async () => {
      await beforeReturn?.(connector);
      this.#worker = await this.#begin(next);
    };
    const struck = await strike({ connector, postgres, temporal, worker, mark, comeBack, isAtRest }, plan);
    await replaced;
    await until('every document of the seed rests', isAtRest, 120_000);
    return { plan, struck, ...(await this.#count(plan.kind, expected)), tookMs: performance.now() - began };
  }

  /** Counts everything once more: what came after its seed was counted shows here. Throws when a chain of events is broken. */
  async total(): Promise<Count[]> {
    for await (const finding of verifyLedger(this.#parts.connector.ledger)) throw new Error(JSON.stringify(finding));
    const counts: Count[] = [];
    for (const [kind, expected] of this.#expected) counts.push(await this.#count(kind, expected));
    return counts;
  }

  /** The worker that came back in the seed before knows this one; else a new one takes its place. */
  async #doomed(plan: Plan): Promise<Doomed> {
    if (this.#worker?.plan !== plan) {
      await this.#worker?.worker.kill();
      this.#worker = await this.#begin(plan);
    }
    return this.#worker;
  }

  /** A worker that works as any other until its mark is taken away. */
  async #begin(plan: Plan | undefined): Promise<Doomed> {
    const { connector } = this.#parts;
    const mark = markOf(connector, `seed ${plan?.seed ?? 0}`);
    writeFileSync(mark, 'not armed\n');
    return { plan, mark, worker: await connector.startWorker(plan === undefined ? {} : environmentOf(plan, mark)) };
  }

  async #disturb(plan: Plan): Promise<void> {
    const { connector } = this.#parts;
    await connector.visma.admin.clearFaults();
    const fault = faultOf(plan);
    if (fault) await connector.visma.admin.addFaults(fault);
    await calmSftp(connector);
    const { folder } = plan.kind;
    if (folder && plan.collects === 'at once') await disturbSftp(connector, { kind: 'collect', folder });
  }

  async #count(kind: CrashKind, expected: readonly string[]): Promise<Count> {
    const { connector } = this.#parts;
    const times = new Map<string, number>();
    for (const key of await kind.arrived(connector)) times.set(key, (times.get(key) ?? 0) + 1);
    const lost = expected.filter((key) => !times.has(key));
    const doubled = expected.filter((key) => (times.get(key) ?? 0) > 1);
    return { lost, doubled, open: await openDocuments(connector, kind.flow) };
  }
}

function environmentOf({ blow }: Plan, mark: string): Record<string, string> {
  if (!('point' in blow)) return {};
  const point = `${blow.point}#${blow.nth}${blow.how === 'killed' ? '' : '=stop'}`;
  const polls = blow.how === 'stopped' ? FEW_POLLS : {};
  return { ML_CONNECTOR_CRASH_AT: point, ML_CONNECTOR_CRASH_MARK: mark, ...polls };
}

/** Applies a configuration at a moment, or as soon after it as the ledger is there. */
async function applyAfter(connector: Connector, config: string, ms: number): Promise<void> {
  await sleep(ms);
  await until('another configuration is applied', () =>
    connector.apply(config).then(
      () => true,
      () => false,
    ),
  );
}

/** The run has closed its batch, and no document of the flow is on its way. Servers that are away have not said so. */
async function atRest({ ledger: { db } }: Connector, flow: string, workflowId: string): Promise<boolean> {
  try {
    const run = await db
      .selectFrom('batch')
      .select('state')
      .where('workflowId', '=', workflowId)
      .where('state', '=', 'closed')
      .executeTakeFirst();
    if (!run) return false;
    const moving = await db
      .selectFrom('document')
      .select('id')
      .where('flow', '=', `acme/${flow}`)
      .where('state', 'not in', RESTING_STATES)
      .executeTakeFirst();
    return moving === undefined;
  } catch {
    return false;
  }
}

async function openDocuments({ ledger: { db } }: Connector, flow: string): Promise<string[]> {
  const rows = await db
    .selectFrom('document')
    .select(['sourceKey', 'state', 'failure'])
    .where('flow', '=', `acme/${flow}`)
    .where('state', 'in', ['failed', 'uncertain'])
    .execute();
  return rows.map(({ sourceKey, state, failure }) => `${sourceKey} is ${state}: ${failure?.message ?? ''}`);
}
