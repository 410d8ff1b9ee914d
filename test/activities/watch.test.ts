import assert from 'node:assert/strict';
import test, { afterEach } from 'node:test';
import { Configuration, type FlowConfig } from '../../activities/configuration.ts';
import type { ScheduleView, WatchDependencies } from '../../activities/watch/dependencies.ts';
import { lateRun } from '../../activities/watch/late-runs.ts';
import { silence } from '../../activities/watch/silence.ts';
import { waitingConditions } from '../../activities/watch/waiting-conditions.ts';
import { configHash } from '../../config/hash.ts';
import { parseIntegration } from '../../config/parse.ts';
import { closeBatch, openBatch } from '../../ledger/batches.ts';
import { activateConfig } from '../../ledger/config-versions.ts';
import { moveDocument } from '../../ledger/documents.ts';
import { takeSlot } from '../../ledger/quota.ts';
import { integrationText } from '../harness/integration.ts';
import { FLOW, insertOne, newDocument, provenance, withLedger } from '../ledger/rig.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** A Monday. */
const START = Date.parse('2026-03-02T08:00:00Z');
let at = START;
const { ledger, asOwner } = await withLedger(() => new Date(at));
/** What Temporal says of the schedule; its times have to follow the clock of the test. */
let schedule: ScheduleView = { state: 'missing' };
const deps = {
  ledger,
  temporal: { scheduleOf: async () => schedule, stuckWorkflows: async () => new Map() },
} as unknown as WatchDependencies;

async function flow(settings: string): Promise<FlowConfig> {
  const env = {
    VISMA_API_URL: 'https://v',
    VISMA_TOKEN_URL: 'https://v/t',
    SFTP_HOST: 'h',
    SFTP_PORT: '22',
    SFTP_HOST_KEY: `SHA256:${'A'.repeat(43)}`,
  };
  const text = integrationText().replaceAll('schedule: { every: 5m }', `schedule: { ${settings} }`);
  const integration = parseIntegration(text, 'acme.yaml', env);
  const hash = configHash(integration);
  await activateConfig(ledger, { hash, integration: 'acme', body: { ...integration } }, 'test');
  return new Configuration(ledger).flow(hash, FLOW);
}

let count = 0;

/** A document that came now. */
async function arrive() {
  count += 1;
  const document = await insertOne(ledger, newDocument(`vendor ${count}`));
  await asOwner('update document set created_at = $2 where id = $1', [document.id, new Date(at)]);
  return document;
}

/** A run that ended now. */
async function runEnds(config: FlowConfig): Promise<void> {
  count += 1;
  const run = {
    flow: FLOW,
    workflowId: 'sync',
    runId: String(count),
    configHash: config.hash,
    plan: {},
    cursor: undefined,
  };
  await closeBatch(ledger, await openBatch(ledger, run, provenance), 'closed', provenance);
}

async function kinds(found: Promise<readonly { kind: string }[]>): Promise<string[]> {
  return (await found).map(({ kind }) => kind);
}

afterEach(async () => {
  at = START;
  await asOwner('truncate event, document_reference, document, batch, schedule_watch, quota cascade');
});

test('a flow that had documents every working day is silent on the first it has none, and on no weekend', async () => {
  const config = await flow('every: 5m');
  for (let day = 0; day < 28; day += 1) {
    at = START + day * DAY_MS;
    if (day % 7 < 5) await arrive();
    assert.deepEqual(await kinds(silence(ledger, config)), [], `day ${day}`);
  }
  at = START + 28 * DAY_MS - HOUR_MS;
  assert.deepEqual(await kinds(silence(ledger, config)), []);
  at += 2 * HOUR_MS;
  const [found] = await silence(ledger, config);
  assert.equal(found?.summary, 'acme/vendors-in got no document for 24 hours; it did in each of the 4 weeks before.');
});

test('a flow that gets documents now and then, or is new, is never silent by itself', async () => {
  const config = await flow('every: 5m');
  for (const day of [0, 9, 17, 21]) {
    at = START + day * DAY_MS;
    await arrive();
  }
  at = START + 60 * DAY_MS;
  assert.deepEqual(await kinds(silence(ledger, config)), []);
});

test('a flow whose file says how soon documents come is silent after that, and never before the first', async () => {
  const config = await flow('every: 5m, documentsWithin: 6h');
  assert.deepEqual(await kinds(silence(ledger, config)), []);
  await arrive();
  at += 5 * HOUR_MS;
  assert.deepEqual(await kinds(silence(ledger, config)), []);
  at += 2 * HOUR_MS;
  assert.deepEqual(await kinds(silence(ledger, config)), ['flow silent']);
  at += 30 * DAY_MS;
  assert.deepEqual(await kinds(silence(ledger, config)), ['flow silent']);
});

test('a schedule is late when no run has ended well after one was due, until one does', async () => {
  const config = await flow('every: 5m');
  await runEnds(config);
  schedule = { state: 'on', nextAt: new Date(at + 5 * MINUTE_MS) };
  assert.deepEqual(await kinds(lateRun(deps, config)), []);
  // Temporal always names the next one to come, also when none is carried out.
  at += 19 * MINUTE_MS;
  schedule = { state: 'on', nextAt: new Date(at + 5 * MINUTE_MS) };
  assert.deepEqual(await kinds(lateRun(deps, config)), []);
  at += 2 * MINUTE_MS;
  assert.deepEqual(await kinds(lateRun(deps, config)), ['schedule late']);
  await runEnds(config);
  assert.deepEqual(await kinds(lateRun(deps, config)), []);
});

test('a calendar that rests over the weekend is not late on Sunday', async () => {
  const config = await flow('cron: 0 6 * * MON-FRI');
  await runEnds(config);
  schedule = { state: 'on', nextAt: new Date(at + 3 * DAY_MS) };
  await lateRun(deps, config);
  at += 2 * DAY_MS;
  assert.deepEqual(await kinds(lateRun(deps, config)), []);
  at += DAY_MS + 61 * MINUTE_MS;
  assert.deepEqual(await kinds(lateRun(deps, config)), ['schedule late']);
});

test('a schedule that was never run is late too, a paused one never, and a missing one is named', async () => {
  const config = await flow('every: 5m, lateAfter: 1h');
  schedule = { state: 'on', nextAt: new Date(at) };
  await lateRun(deps, config);
  at += 59 * MINUTE_MS;
  assert.deepEqual(await kinds(lateRun(deps, config)), []);
  at += 2 * MINUTE_MS;
  assert.deepEqual(await kinds(lateRun(deps, config)), ['schedule late']);
  schedule = { state: 'paused' };
  assert.deepEqual(await kinds(lateRun(deps, config)), []);
  schedule = { state: 'on', nextAt: new Date(at + 5 * MINUTE_MS) };
  assert.deepEqual(await kinds(lateRun(deps, config)), [], 'what was due before the pause does not count');
  schedule = { state: 'missing' };
  assert.deepEqual(await kinds(lateRun(deps, config)), ['schedule missing']);
});

test('documents that wait for a person are counted by flow and code, without a word of theirs', async () => {
  for (const code of ['VISMA_REFUSED', 'VISMA_REFUSED', 'VISMA_DUPLICATE']) {
    const failure = { type: 'DataInvalid', code, message: 'Supplier Kari Nordmann 01017012345 is refused', next: '' };
    await moveDocument(ledger, (await arrive()).id, { state: 'failed', failure }, { step: 'failed' }, provenance);
  }
  const found = await waitingConditions(ledger);
  assert.deepEqual(
    found.map(({ kind, subject, code, count: many }) => [kind, subject, code, many]),
    [
      ['documents failed', FLOW, 'VISMA_DUPLICATE', 1],
      ['documents failed', FLOW, 'VISMA_REFUSED', 2],
    ],
  );
  assert.ok(!JSON.stringify(found).includes('Nordmann'));
});

test('a call budget is starved when those who wait do not fit into the next window, and its client is not named', async () => {
  at = Date.now();
  const shares = { operator: 0, poll: 0, post: 0, bulk: 0 };
  const settings = { bucket: 'visma/tenant/1/isv_client', calls: 2, windowMs: HOUR_MS, sharesPercent: shares };
  const ask = async (from: number, to: number) => {
    for (let asked = from; asked < to; asked += 1)
      await takeSlot(ledger, settings, { class: 'poll', holder: `${asked}` });
  };
  await ask(0, 4);
  assert.deepEqual(await waitingConditions(ledger), []);
  await ask(4, 6);
  const [found] = await waitingConditions(ledger);
  assert.equal(found?.kind, 'quota starved');
  assert.equal(found?.subject, 'visma/tenant/1');
  assert.ok(!JSON.stringify(found).includes('isv_client'));
});
