import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import test from 'node:test';
import { Configuration } from '../../activities/configuration.ts';
import { deliveryStart } from '../../activities/delivery.ts';
import { oneByOne } from '../../cli/bulk.ts';
import { noteOnDocument } from '../../ledger/documents.ts';
import type { DocumentRow } from '../../ledger/schema.ts';
import { startDelivery } from '../../workers/start-delivery.ts';
import { withConnector } from '../harness/connector.ts';
import { atRest, writes } from '../harness/deliveries.ts';
import { until } from '../harness/until.ts';
import { applied, CLI, CommandLine, rarely } from './command-line.ts';

const connector = await withConnector();
const { ledger, visma, temporal, taskQueue } = connector;
const cli = new CommandLine(connector.env, connector.folder);
await applied(cli, connector.folder, rarely());
let worker = await connector.startWorker();

const HEADER = 'Vendor No;Name;City;Country;Email\r\n';

async function vendor(number: number): Promise<DocumentRow> {
  const found = (await connector.documents('vendors-in')).find(({ sourceKey }) => sourceKey === String(number));
  assert.ok(found, `vendor ${number}`);
  return found;
}

test('a preview shows what a replay would send against what was sent, by fields, and keeps nothing', async () => {
  const refusal = { kind: 'erp-error', message: 'No', status: 400, match: { method: 'POST', path: '/v1/supplier' } };
  await visma.admin.addFaults(refusal as Parameters<typeof visma.admin.addFaults>[0]);
  const rows = '70001;Nordic Bolts AS;Oslo;Norway;\r\n70002;Atlantis Ltd;Deep;Atlantis;\r\n';
  await connector.drop('/inbound/vendors/first.csv', HEADER + rows);
  await cli.must(['run', 'vendors-in', '--wait']);
  await atRest(connector, 'vendors-in');
  const refused = await vendor(70_001);
  assert.equal(refused.failure?.code, 'VISMA_REFUSED');
  const before = await connector.documents('vendors-in');

  const same = await cli.call(['replay', '--failed', '--preview']);
  assert.equal(same.code, 1, 'one of them would fail again');
  assert.match(same.stdout, new RegExp(`^${refused.id} {2}Supplier 70001 first.csv: would be sent as before$`, 'm'));
  assert.match(same.stdout, /Supplier 70002 first\.csv: would fail again\n {2}.*\(SUPPLIER_ROW_INVALID\)/);
  assert.match(same.stdout, /2 documents: .*\nNothing was sent, and nothing is kept\./);

  await applied(cli, connector.folder, rarely({ countries: { Norway: 'SE', Atlantis: 'DK' } }));
  const changed = await cli.must(['replay', '--failed', '--preview']);
  assert.match(changed.stdout, /70001 first\.csv: would be sent with 1 change\n {2}~ address\.country\n/);
  assert.match(changed.stdout, /70002 first\.csv: would be sent for the first time, \d+ fields\n(?: {2}\+ [\w.]+\n)+/);
  assert.doesNotMatch(changed.stdout, /Deep|"SE"/);
  const [values] = await cli.read(['replay', '70001', '--preview', '--values']);
  assert.deepEqual(values?.fields, [{ field: 'address.country', before: '"NO"', after: '"SE"' }]);

  assert.deepEqual(await connector.documents('vendors-in'), before);
  assert.deepEqual(await writes(connector), []);
});

test('a replay waits for the run that has written its failure down and not ended yet, and starts a new one', async () => {
  await worker.kill();
  const document = await vendor(70_001);
  const config = await new Configuration(ledger).flow(document.configHash, document.flow);
  const ending = await startDelivery(temporal.client, taskQueue, deliveryStart(config, document));
  const provenance = { actor: 'worker:x', attempt: 1, workflowId: document.workflowId, runId: ending };
  await noteOnDocument(ledger, document.id, { step: 'failed' }, provenance);
  const asked = cli.must(['replay', document.id]);
  await until('somebody asks for a replay', async () =>
    (await cli.events(document.id)).some(({ step }) => step === 'replay asked'),
  );
  await temporal.client.workflow.getHandle(document.workflowId, ending).terminate('as a worker would end it');
  assert.match((await asked).stdout, /70001 first\.csv: started\n/);
  const { runId } = await temporal.client.workflow.getHandle(document.workflowId).describe();
  assert.notEqual(runId, ending);
  const again = await cli.must(['replay', document.id]);
  assert.match(again.stdout, /70001 first\.csv: is under way already\n/);
  worker = await connector.startWorker();
  await until('it is delivered', async () => (await vendor(70_001)).state === 'delivered');
});

test('many are replayed at the rate asked for, the oldest first, and Ctrl-C says how many are left', async () => {
  const rows = [80_001, 80_002, 80_003, 80_004, 80_005].map((number) => `${number};A;Oslo;Utopia;\r\n`);
  await connector.drop('/inbound/vendors/many.csv', HEADER + rows.join(''));
  await cli.must(['run', 'vendors-in', '--wait']);
  await atRest(connector, 'vendors-in');
  const args = ['replay', '--failed', '--file', 'many.csv', '--rate', '120/m'];
  const env = { PATH: process.env.PATH ?? '', TZ: 'UTC', ...connector.env };
  const child = spawn(process.execPath, [CLI, ...args], { cwd: connector.folder, env, stdio: 'pipe' });
  const exited = once(child, 'exit');
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (lines.length === 3) child.kill('SIGINT');
  }
  assert.deepEqual(await exited, [1, null]);
  assert.deepEqual(
    lines.slice(0, 3).map((line) => /Supplier (\d+) /.exec(line)?.[1]),
    ['80001', '80002', '80003'],
  );
  const [first = 0, , third = 0] = await Promise.all(lines.slice(0, 3).map(askedAt));
  assert.ok(third - first > 800, 'two intervals of half a second');
  assert.deepEqual(lines.slice(3), ['Stopped: 3 of 5 deliveries started, 2 are left as they were.']);
});

/** When the document of a line was asked to be replayed, in milliseconds. */
async function askedAt(line: string): Promise<number> {
  const asked = (await cli.events(line.slice(0, 36))).find(({ step }) => step === 'replay asked');
  return Date.parse(String(asked?.at));
}

test('on a terminal a bar says how far it is and how long it takes', async () => {
  const drawn: string[] = [];
  const terminal = { isTTY: true as const, write: (text: string) => drawn.push(text) > 0 };
  const said: string[] = [];
  const bulk = { intervalMs: 0, stop: new AbortController().signal, terminal, say: (line: string) => said.push(line) };
  const done = await oneByOne([1, 2, 3, 4], bulk, async (item) => ({ result: item, line: `${item}` }));
  assert.deepEqual(done, [1, 2, 3, 4]);
  assert.deepEqual(said, []);
  assert.match(drawn.join(''), /\[#{10} {30}\] 1 of 4, about \d+ s left\r/);
  assert.equal(drawn.at(-1), '\r\x1b[K');
});

test('what was done before one of many fails is said', async () => {
  const terminal = { isTTY: false as unknown as true, write: () => true };
  const said: string[] = [];
  const bulk = { intervalMs: 0, stop: new AbortController().signal, terminal, say: (line: string) => said.push(line) };
  const work = async (item: number) => {
    if (item === 3) throw new Error('Temporal went away');
    return { result: item, line: `${item} started` };
  };
  await assert.rejects(oneByOne([1, 2, 3, 4], bulk, work), /Temporal went away/);
  assert.deepEqual(said, ['1 started', '2 started', '2 of 4 were done before this:']);
});
