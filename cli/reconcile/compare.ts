import { setTimeout as sleep } from 'node:timers/promises';
import type { VismaClient } from '../../connectors/visma/client.ts';
import { type Page, type Versioned, Walk } from '../../connectors/visma/pages.ts';
import { Failure } from '../../failures/failure.ts';
import type { Ledger } from '../../ledger/database.ts';
import { type LatestTaken, latestTaken, takenSince } from '../../ledger/versions.ts';
import { everyPage } from '../visma-pages.ts';
import type { Reconciler } from './reconciler.ts';

/** One record on which Visma.net and the ledger differ. `held`: the newest version that the ledger has. */
export interface Finding<T> {
  readonly finding: 'missing' | 'stale' | 'gone';
  readonly key: string;
  readonly modified: string;
  readonly record: T | undefined;
  readonly held: LatestTaken | undefined;
}

/** What a comparison found, and what it cost. */
export interface Comparison<T> {
  readonly findings: readonly Finding<T>[];
  /** Records that Visma.net lists. */
  readonly listed: number;
  readonly waitedMs: number;
}

const RESTARTS = 5;

interface Asked {
  readonly ledger: Ledger;
  readonly client: VismaClient;
  readonly flow: string;
  /** Visma.net's local form. */
  readonly since: string;
  /** Told before each wait for the call budget. */
  readonly onWait: (ms: number) => void;
}

/** Lists what Visma.net has and holds it against the ledger. A list that moves while it is read is read anew, a few times. */
export async function compare<T extends Versioned>(asked: Asked, reconciler: Reconciler<T>): Promise<Comparison<T>> {
  for (let restarts = 0; ; restarts += 1) {
    try {
      return await compareOnce(asked, reconciler);
    } catch (error) {
      const hasMoved = error instanceof Failure && error.code === 'VISMA_PAGE_DRIFT';
      if (!hasMoved || restarts === RESTARTS) throw error;
    }
  }
}

async function compareOnce<T extends Versioned>(asked: Asked, reconciler: Reconciler<T>): Promise<Comparison<T>> {
  const { ledger, client, flow, since } = asked;
  const { name, keyOf, sizeOf, listPage } = reconciler;
  const walk = new Walk<T>(`${name} list`, keyOf, sizeOf);
  const seen = new Set<string>();
  const findings = new Map<string, Finding<T>>();
  let waitedMs = 0;
  const onWait = (ms: number) => {
    waitedMs += ms;
    asked.onWait(ms);
  };
  const pages = everyPage((page, total) => {
    const purpose = { class: 'operator', holder: `reconcile/${flow}/${page}` } as const;
    return patiently(() => listPage(client, { since, page, total, purpose }), onWait);
  });
  for await (const page of pages) {
    const records = walk.take(page);
    for (const record of records) seen.add(keyOf(record));
    for (const one of await judged(ledger, flow, reconciler, records)) findings.set(one.key, one);
    if (!page.hasMore) walk.finish(page);
  }
  for (const one of await gone<T>(ledger, flow, since, seen)) findings.set(one.key, one);
  return { findings: [...findings.values()], listed: seen.size, waitedMs };
}

/** Waits for the call budget as long as it takes. */
async function patiently<T>(read: () => Promise<Page<T>>, onWait: (ms: number) => void): Promise<Page<T>> {
  for (;;) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof Failure && error.type === 'QuotaDeferred')) throw error;
      const waitMs = Math.max(1, error.retryAfterMs ?? 0);
      onWait(waitMs);
      await sleep(waitMs);
    }
  }
}

async function judged<T extends Versioned>(
  ledger: Ledger,
  flow: string,
  { keyOf, judge }: Reconciler<T>,
  records: readonly T[],
): Promise<Finding<T>[]> {
  const latest = await latestTaken(ledger, flow, records.map(keyOf));
  const verdicts = await judge(ledger, records, latest);
  return records.flatMap((record, index) => {
    const finding = verdicts[index] ?? 'same';
    const key = keyOf(record);
    const modified = record.lastModifiedDateTime ?? '';
    return finding === 'same' ? [] : [{ finding, key, modified, record, held: latest.get(key) }];
  });
}

/** A change time only ever grows: what was taken over with a later one must be listed, unless it is there no more. */
async function gone<T>(ledger: Ledger, flow: string, since: string, seen: ReadonlySet<string>): Promise<Finding<T>[]> {
  const held = await takenSince(ledger, flow, since);
  return held
    .filter(({ sourceKey }) => !seen.has(sourceKey))
    .map((one) => ({
      finding: 'gone',
      key: one.sourceKey,
      modified: one.modified,
      record: undefined,
      held: one,
    }));
}
