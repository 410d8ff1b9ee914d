import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { setSecrets } from '../../ledger/connections.ts';
import { applied, CommandLine, rarely } from '../cli/command-line.ts';
import { withConnector } from '../harness/connector.ts';
import { atRest } from '../harness/deliveries.ts';
import { partnerHas } from '../harness/disturb.ts';
import { until } from '../harness/until.ts';

const KEY = 'signature-key-of-the-portal';
const connector = await withConnector();
const { admin } = connector.visma;
await setSecrets(connector.ledger, 'acme/visma', {
  clientId: 'isv_sandbox',
  clientSecret: 'sandbox-secret',
  webhookKey: KEY,
});
const cli = new CommandLine(connector.env, connector.folder);
await applied(cli, connector.folder, rarely({ webhook: '{ header: X-Told, atMostEvery: 2s }' }));
const worker = await connector.startWorker({ ML_CONNECTOR_WEBHOOK_PORT: '0' });
const url = `${worker.webhooks}/webhooks/acme/visma`;

interface Sent {
  readonly to?: string;
  readonly method?: string;
  readonly body?: string;
  readonly signature?: string;
}

async function send({ to = url, method = 'POST', body = 'anything', signature = sign(body) }: Sent): Promise<number> {
  const content = method === 'POST' ? { body } : {};
  const answer = await fetch(to, { method, headers: { 'X-Told': signature }, ...content });
  await answer.arrayBuffer();
  return answer.status;
}

function sign(body: string): string {
  return createHmac('sha256', KEY).update(body).digest('base64');
}

async function runsOf(flow: string): Promise<number> {
  const batches = connector.ledger.db.selectFrom('batch').select('id').where('flow', '=', `acme/${flow}`);
  return (await batches.execute()).length;
}

async function partnersInvoices(): Promise<string[]> {
  const files = await partnerHas(connector, '/outbound/invoices');
  return files.flatMap(({ text }) => text.match(/;(2\d{3});/g) ?? []).sort();
}

/** Changes that the simulator tells of: five invoices, each in a notification of its own. */
async function enterInvoices(start: number): Promise<void> {
  await admin.seed({ supplierInvoices: { count: 5, start } });
}

test('a genuine notification starts a poll early, and twenty of them start one or two', async () => {
  await admin.seed({ suppliers: [{ number: '50001', name: 'Fjord AS' }] });
  await admin.subscribe({
    url: `${url}/invoices-out`,
    key: KEY,
    header: 'X-Told',
    entity: 'supplierInvoice',
    copies: 4,
    order: 'reversed',
  });
  await enterInvoices(2001);
  await until('the invoices are with the partner', async () => (await partnersInvoices()).length === 5);
  await until('all was told', async () => (await admin.notifications()).length === 20);
  assert.deepEqual([...new Set((await admin.notifications()).map(({ status }) => status))], [202]);
  assert.ok((await runsOf('invoices-out')) <= 2);
  assert.equal(await runsOf('vendors-in'), 0);
  await admin.unsubscribe();
});

test('a notification that is not genuine is refused and starts nothing', async () => {
  const before = await runsOf('invoices-out');
  assert.equal(await send({ signature: sign('another body') }), 401);
  assert.equal(await send({ signature: '' }), 401);
  assert.equal(await send({ to: `${worker.webhooks}/webhooks/acme/nobody` }), 401);
  assert.equal(await send({ to: `${worker.webhooks}/webhooks/acme/partner` }), 401);
  assert.equal(await send({ to: `${url}/no-such-flow` }), 404);
  assert.equal(await send({ to: `${worker.webhooks}/metrics` }), 404);
  assert.equal(await send({ to: `${url}/../../../etc/passwd` }), 404);
  assert.equal(await send({ method: 'GET' }), 405);
  await sleep(1_000);
  assert.equal(await runsOf('invoices-out'), before);
});

test('whatever a genuine body says, only its signature is looked at', async () => {
  for (const body of ['', '{"flow":"acme/vendors-in"', '\0\uffff', '<xml/>']) {
    assert.equal(await send({ to: `${url}/invoices-out`, body }), 202);
  }
  assert.equal(await runsOf('vendors-in'), 0);
});

test('a body without end is cut off, and the receiver goes on', async () => {
  // The sender sees the refusal, or only that nobody reads on.
  assert.equal(await send({ body: 'x'.repeat(65 * 1024) }).catch(() => 413), 413);
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.write('POST /webhooks/acme/visma HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n');
  const chunk = `10000\r\n${'y'.repeat(0x10000)}\r\n`;
  const writing = setInterval(() => socket.write(chunk), 5);
  await new Promise((resolve) => socket.once('close', resolve));
  clearInterval(writing);
  assert.ok(socket.bytesWritten < 4 * 1024 * 1024, `it took ${socket.bytesWritten} bytes`);
  assert.equal(await send({}), 202);
});

test('connections that say nothing are cut, and genuine notifications come through again', async () => {
  const { hostname, port } = new URL(url);
  let cut = 0;
  for (let count = 0; count < 300; count += 1) {
    connect(Number(port), hostname)
      .resume()
      .on('error', () => undefined)
      .once('close', () => {
        cut += 1;
      });
  }
  await until('all are cut', async () => cut === 300, 20_000);
  assert.equal(await send({}), 202);
});

test('when every notification is lost, the next scheduled run finds everything', async () => {
  await admin.subscribe({ url, key: KEY, header: 'X-Told', lost: 'all' });
  await until('earlier hints are used up', async () => {
    const before = await runsOf('invoices-out');
    await sleep(900);
    return (await runsOf('invoices-out')) === before;
  });
  const before = await runsOf('invoices-out');
  await enterInvoices(2006);
  await until('all were lost', async () => (await admin.notifications()).filter(({ lost }) => lost).length === 5);
  assert.equal(await runsOf('invoices-out'), before);
  await cli.must(['run', 'acme/invoices-out', '--wait']);
  await atRest(connector, 'invoices-out');
  assert.equal((await partnersInvoices()).length, 10);
  await admin.unsubscribe();
});

test('a shared secret in the path does where there is no signature, and a paused schedule stays at rest', async () => {
  const schedule = connector.temporal.client.schedule.getHandle('acme/invoices-out');
  await schedule.pause('year-end closing');
  const before = await runsOf('invoices-out');
  await applied(cli, connector.folder, rarely({ webhook: '{ verify: path, atMostEvery: 1s }' }));
  await until('the new settings are known', async () => (await send({ to: `${url}/${KEY}/invoices-out` })) === 202);
  assert.equal(await send({ to: `${url}/not-the-secret-of-it/invoices-out` }), 401);
  assert.equal(await send({ to: url }), 401);
  await sleep(1_000);
  await sleep(1_000);
  assert.equal(await runsOf('invoices-out'), before);
  await schedule.unpause();
  assert.equal(await send({ to: `${url}/${KEY}` }), 202);
  await until('the flow is polled', async () => (await runsOf('invoices-out')) > before);
});
