import assert from 'node:assert/strict';
import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import test from 'node:test';
import { parse } from 'yaml';
import { blockConnection } from '../../ledger/connections.ts';
import { forgetBodies } from '../../ledger/retention.ts';
import type { watch } from '../../workflows/watch.ts';
import { applied, CommandLine, rarely } from '../cli/command-line.ts';
import { withConnector } from '../harness/connector.ts';
import { atRest } from '../harness/deliveries.ts';
import { atEnd } from '../harness/own.ts';
import { until } from '../harness/until.ts';
import { dropVendors } from '../harness/vendors.ts';

const KEY = 'a-key-that-signs-alerts';
const NAME = 'Kari Nordmann';

interface Told {
  readonly id: string;
  readonly event: string;
  readonly kind: string;
  readonly subject: string;
  readonly isSigned: boolean;
  readonly body: string;
}

const told: Told[] = [];
let refusals = 2;
const receiver = createServer(async (request, response) => {
  const body = await text(request);
  const { 'alert-timestamp': timestamp, 'alert-signature': signature } = request.headers;
  const isSigned = signature === `sha256=${createHmac('sha256', KEY).update(`${timestamp}.${body}`).digest('hex')}`;
  refusals -= 1;
  if (refusals < 0) told.push({ ...JSON.parse(body), isSigned, body });
  response.writeHead(refusals < 0 ? 204 : 503).end();
}).listen(0, '127.0.0.1');
await once(receiver, 'listening');
atEnd(() => receiver.close());

const connector = await withConnector();
const { client } = connector.temporal;
const cli = new CommandLine(connector.env, connector.folder);
await applied(cli, connector.folder, rarely());
const worker = await connector.startWorker({
  ML_CONNECTOR_ALERT_URL: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/alerts`,
  ML_CONNECTOR_ALERT_KEY: KEY,
});

async function look(): Promise<void> {
  const start = { workflowId: `watch/${randomUUID()}`, taskQueue: connector.taskQueue };
  await client.workflow.execute<typeof watch>('watch', start);
}

async function openKinds(): Promise<string[]> {
  const rows = await cli.read(['status']);
  return rows.flatMap(({ subject, kind, about }) => (subject === 'alert' ? [`${kind}: ${about}`] : [])).sort();
}

test('what is wrong is told once to the log and to the receiver, signed, and shown by status', async () => {
  // The schedule of the watch looks every minute as well; this test alone decides when.
  await client.schedule.getHandle('ml-connector/watch').pause();
  await client.workflow.start('noSuchWorkflow', { workflowId: 'stuck', taskQueue: connector.taskQueue });
  await dropVendors(connector, 'failing.csv', [
    { number: '50001', name: '' },
    { number: '50002', name: NAME },
    { number: '50003', name: '' },
  ]);
  await cli.call(['run', 'acme/vendors-in', '--wait']);
  await atRest(connector, 'vendors-in');
  await blockConnection(connector.ledger, 'acme/partner', new Date(), 'the password was refused');
  await client.schedule.getHandle('acme/invoices-out').delete();
  const expected = [
    'connection blocked: acme/partner',
    'documents failed: acme/vendors-in',
    'schedule missing: acme/invoices-out',
    'workflow stuck: noSuchWorkflow',
  ];
  await until('the watch has seen it all', async () => {
    await look();
    return (await openKinds()).length === expected.length;
  });
  assert.deepEqual(await openKinds(), expected);
  await until('all is told', async () => {
    await look();
    return told.length >= expected.length;
  });
  await look();
  assert.deepEqual(
    told.map(({ event, kind, subject }) => `${event} ${kind}: ${subject}`).sort(),
    expected.map((one) => `opened ${one}`),
  );
  assert.equal(new Set(told.map(({ id }) => id)).size, expected.length);
  assert.deepEqual([...new Set(told.map(({ isSigned }) => isSigned))], [true]);
  const logged = worker.log.map((line) => JSON.parse(line)).filter(({ alert }) => alert !== undefined);
  assert.deepEqual(logged.map(({ alert, subject }) => `${alert}: ${subject}`).sort(), expected);
});

test('status ends with 1 while an alert is open, and says what to do', async () => {
  const { code, stdout } = await cli.call(['status']);
  assert.equal(code, 1);
  assert.match(
    stdout,
    /ALERT documents failed, since .*: 2 documents of acme\/vendors-in failed with \w+\.\n {6}Next: See `ml-connector documents --failed --flow acme\/vendors-in --code \w+`/,
  );
});

test('no alert holds a name or a secret', () => {
  const everything = told.map(({ body }) => body).join() + worker.log.filter((line) => line.includes('"alert"')).join();
  for (const word of [NAME, 'isv_sandbox', 'sandbox-secret', KEY]) assert.ok(!everything.includes(word), word);
});

test('a receiver that is away keeps nothing from the log, and gets it when it is back', async () => {
  refusals = 1_000;
  const before = told.length;
  await blockConnection(connector.ledger, 'acme/visma', new Date(), 'the secret was refused');
  await look();
  assert.ok(worker.log.some((line) => line.includes('"subject":"acme/visma"')));
  assert.equal(told.length, before);
  refusals = 0;
  await look();
  assert.deepEqual(
    told.slice(before).map(({ subject }) => subject),
    ['acme/visma'],
  );
});

async function scrape(): Promise<string> {
  return (await fetch(`${worker.health}/metrics`)).text();
}

test('metrics tell the same as the ledger, beside those of the SDK, and name no client of Visma.net', async () => {
  await until('the metrics are fresh', async () =>
    (await scrape()).includes('alerts_open{kind="connection blocked"} 2'),
  );
  const text = await scrape();
  assert.match(text, /^ml_connector_documents\{flow="acme\/vendors-in",state="failed"\} 2$/m);
  assert.match(text, /^ml_connector_alerts_open\{kind="workflow stuck"\} 1$/m);
  assert.match(text, /^ml_connector_quota_left\{company="visma\/[\d-]+\/",client="\w{8}"\} 9\d{4}$/m);
  assert.match(text, /^ml_connector_last_run_age_seconds\{flow="acme\/vendors-in"\} \d+/m);
  assert.match(text, /^temporal_/m);
  assert.ok(!text.includes('isv_sandbox'));
});

test('every metric that the alert rules of deploy/ use is served', async () => {
  const text = await scrape();
  const served = new Set([...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name));
  const rules = parse(await readFile(new URL('../../deploy/prometheus-rules.yaml', import.meta.url), 'utf8')) as {
    groups: { rules: { expr: string }[] }[];
  };
  const expressions = rules.groups.flatMap((group) => group.rules.map(({ expr }) => expr));
  const used = expressions.flatMap((expr) => expr.match(/\b(?:ml_connector|temporal)_\w+/g) ?? []);
  assert.ok(used.length > 10);
  assert.deepEqual(
    used.filter((name) => !served.has(name)),
    [],
  );
});

test('the daily anchor stands in the log, and verify compares the record with it', async () => {
  const start = { workflowId: `anchor/${randomUUID()}`, taskQueue: connector.taskQueue };
  const hash: string = await client.workflow.execute('anchor', start);
  const logged = worker.log.map((line) => JSON.parse(line)).find(({ anchor }) => anchor !== undefined);
  assert.equal(logged.anchor, hash);
  assert.match((await cli.must(['verify', '--anchor', hash.slice(0, 12)])).stdout, /whole, and as it was anchored/);
  assert.equal((await cli.must(['verify', '--anchor', logged.until.slice(0, 10)])).code, 0);
  const other = await cli.call(['verify', '--anchor', 'f'.repeat(64)]);
  assert.match(other.stdout, /the ledger has no anchor of this hash/);
  assert.equal(other.code, 1);
  assert.equal((await cli.call(['verify', '--anchor', '2001-01-01'])).code, 4);
  assert.equal((await cli.call(['verify', '--anchor', 'yesterday'])).code, 2);
});

test('what needs a forgotten body again says so, and nothing is posted', async () => {
  for (const name of ['acme/visma', 'acme/partner']) await cli.must(['resume', name]);
  await dropVendors(connector, 'forgotten.csv', [{ number: '50004', name: 'Dal AS' }]);
  await cli.must(['run', 'acme/vendors-in', '--wait']);
  await atRest(connector, 'vendors-in');
  const start = { workflowId: `retention/${randomUUID()}`, taskQueue: connector.taskQueue };
  assert.equal(await client.workflow.execute('retention', start), 0, 'kept unless the file says otherwise');
  const all = { integration: 'acme', before: new Date(Date.now() + 60_000) };
  await forgetBodies(connector.ledger, all, { actor: 'test' }, () => undefined);
  const before = (await connector.documents('vendors-in')).length;
  const { code, stderr } = await cli.call(['replay', '50004', '--as-new', '--reason', 'a test']);
  assert.equal(code, 1);
  assert.match(stderr, /The original of document .* was forgotten on .*\nNext: Have the source send it again/);
  assert.equal((await connector.documents('vendors-in')).length, before);
  assert.equal((await cli.call(['verify'])).code, 0);
});
