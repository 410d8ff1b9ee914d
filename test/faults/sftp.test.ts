import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { DEFAULT_USER, startSftpSandbox } from '../../sandbox/sftp/server.ts';
import { withConnector } from '../harness/connector.ts';
import { intentOf, replay } from '../harness/deliveries.ts';
import { calmSftp, died, disturbSftp, doomedWorker, partnerHas } from '../harness/disturb.ts';
import { integrationText } from '../harness/integration.ts';
import { atEnd } from '../harness/own.ts';
import { until } from '../harness/until.ts';

const connector = await withConnector();
const { admin } = connector.visma;
const FOLDER = '/outbound/invoices';
const inferring = await connector.configure(integrationText({ collected: 'inferred' }));
const asking = await connector.configure(integrationText({ collected: 'uncertain' }));
await admin.seed({ suppliers: [{ number: '50001', name: 'Fjord AS' }] });

let last = 100_000;

/** Releases invoices in Visma.net, each with this much text; returns their numbers. */
async function release(count: number, textLength = 20): Promise<string[]> {
  const references = Array.from({ length: count }, (_, index) => String(last + index + 1));
  last += count;
  await admin.seed({
    supplierInvoices: references.map((referenceNumber) => ({
      referenceNumber,
      supplierReference: `F-${referenceNumber}`,
      date: '2026-03-05T00:00:00',
      supplier: { number: '50001' },
      invoiceLines: [{ transactionDescription: 'x'.repeat(textLength), unitCost: 100, quantity: 1 }],
    })),
  });
  return references;
}

async function newestFile() {
  const file = (await connector.documents('invoices-out')).findLast(({ kind }) => kind === 'OutboundFile');
  assert.ok(file);
  return file;
}

async function restsAs(state: string): Promise<void> {
  await until(`the file is ${state}`, async () => (await newestFile()).state === state);
}

/** How often the partner has each of these invoices; every name is a final one. */
async function copies(references: readonly string[]): Promise<number[]> {
  const files = await partnerHas(connector, FOLDER);
  assert.deepEqual(
    files.filter(({ name }) => !/^invoices-\d{8}-\d{6}\.csv$/.test(name)),
    [],
  );
  return references.map((reference) => files.filter(({ text }) => text.includes(`;${reference};`)).length);
}

/** Sends one invoice by a worker that is killed at a crash point, and ends the delivery of its file there. */
async function endDelivery(point: string) {
  const doomed = await doomedWorker(connector, point);
  const references = await release(1);
  const { result } = await connector.startSync('invoices-out', inferring);
  await died(doomed);
  const file = await newestFile();
  await connector.temporal.client.workflow.getHandle(file.workflowId).terminate('a test');
  return { references, file, result };
}

test('an upload that is cut is begun anew, and at no moment is there a half file under the final name', async () => {
  const worker = await connector.startWorker();
  const references = await release(300, 200);
  await disturbSftp(connector, { kind: 'cut-after-bytes', bytes: 20_000, times: 2 });
  const folder = join(connector.sftp.root, FOLDER);
  const sizes = new Set<number>();
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      const answer = await fetch(`${connector.sftp.adminUrl}/_sandbox/files`);
      // A file that goes while the folder is listed makes the listing fail: the next one shows what is there.
      if (!answer.ok) continue;
      const { files } = (await answer.json()) as { files: { path: string; size: number }[] };
      for (const { path, size } of files) if (path.startsWith(FOLDER) && path.endsWith('.csv')) sizes.add(size);
    }
  })();
  await connector.sync('invoices-out', inferring);
  await restsAs('delivered');
  isOver = true;
  await watching;
  assert.equal(sizes.size, 1, `sizes seen under the final name: ${[...sizes].join(', ')}`);
  assert.deepEqual(new Set(await copies(references)), new Set([1]));
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.startsWith('.')),
    [],
  );
  await worker.kill('SIGTERM');
});

test('a file that is collected before we know that it has its name is inferred to be there, and not sent again', async () => {
  await disturbSftp(connector, { kind: 'collect', folder: FOLDER });
  const doomed = await doomedWorker(connector, 'renamed');
  const references = await release(2);
  const { result } = await connector.startSync('invoices-out', inferring);
  await died(doomed);
  const worker = await connector.startWorker();
  await result;
  await restsAs('delivered');
  assert.equal((await intentOf(connector, await newestFile()))?.learnedBy, 'inference');
  assert.deepEqual(await copies(references), [1, 1]);
  await worker.kill('SIGTERM');
});

test('what an upload has left half written is removed also when another run of its delivery goes on', async () => {
  const { references, file, result } = await endDelivery('temp half written');
  const worker = await connector.startWorker();
  await result;

  await replay(connector, file);
  assert.equal((await newestFile()).state, 'delivered');
  assert.deepEqual(await copies(references), [1]);
  await worker.kill('SIGTERM');
});

/** A second server of the partner, with a host key of its own, in a configuration that leads to it. */
async function anotherServer(): Promise<string> {
  const folder = join(connector.folder, 'moved');
  const [root, state] = [join(folder, 'root'), join(folder, 'state')];
  const listen = { host: '127.0.0.1', port: 0, adminPort: 0, now: () => new Date() };
  const server = await startSftpSandbox({ ...listen, root, state, users: [DEFAULT_USER], folders: [FOLDER] });
  atEnd(() => server.close());
  const text = integrationText({ collected: 'inferred' });
  return connector.configure(
    text.replace(/\$\{SFTP_PORT\}/, String(server.port)).replace(/\$\{SFTP_HOST_KEY\}/, server.hostKeyFingerprint),
  );
}

test('a file that was staged on one server is not taken for collected from another one', async () => {
  const { references, file, result } = await endDelivery('staged#1');
  const moved = await anotherServer();
  const worker = await connector.startWorker();
  await result.catch(() => undefined);

  await replay(connector, file, moved);
  const waiting = await newestFile();
  assert.deepEqual([waiting.state, waiting.failure?.code], ['failed', 'TARGET_MOVED']);
  const [staged, ...others] = (await partnerHas(connector, FOLDER)).filter(({ text }) =>
    text.includes(`;${references[0]};`),
  );
  assert.match(staged?.name ?? '', /\.part$/);
  assert.equal(others.length, 0);

  await connector.apply(inferring);
  await replay(connector, file, inferring);
  assert.equal((await newestFile()).state, 'delivered');
  assert.deepEqual(await copies(references), [1]);
  await worker.kill('SIGTERM');
});

test('where the partner wants to be asked, such a file is uncertain, with its invoices, and not sent again', async () => {
  const doomed = await doomedWorker(connector, 'renamed#1');
  const references = await release(2);
  const { result } = await connector.startSync('invoices-out', asking);
  await died(doomed);
  await connector.startWorker();
  await result;
  await restsAs('uncertain');
  const file = await newestFile();
  assert.equal(file.failure?.code, 'OUTCOME_UNCERTAIN');
  const members = (await connector.documents('invoices-out')).filter(({ memberOf }) => memberOf === file.id);
  assert.deepEqual(
    members.map(({ state }) => state),
    ['uncertain', 'uncertain'],
  );
  await replay(connector, file);
  assert.equal((await newestFile()).state, 'uncertain');
  assert.deepEqual(await copies(references), [1, 1]);
  await calmSftp(connector);
});

test('a rename that is refused and a disk that is full are tried again until they pass', async () => {
  await disturbSftp(connector, { kind: 'refuse-rename', times: 1 });
  await disturbSftp(connector, { kind: 'no-space', times: 1 });
  const references = await release(2);
  await connector.sync('invoices-out', inferring);
  await restsAs('delivered');
  assert.deepEqual(await copies(references), [1, 1]);
  assert.equal((await intentOf(connector, await newestFile()))?.attempt, 1);
});

test('another file under our name is not overwritten: ours fails, and goes out when it is moved away', async () => {
  const sequence = Number((await newestFile()).sourceVersion) + 1;
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
  const path = `${FOLDER}/invoices-${day}-${String(sequence).padStart(6, '0')}.csv`;
  await connector.drop(path, 'not ours');
  const references = await release(1);
  await connector.sync('invoices-out', inferring);
  await restsAs('failed');
  const file = await newestFile();
  assert.equal(file.failure?.code, 'FILE_NAME_TAKEN');
  assert.equal((await partnerHas(connector, FOLDER)).find(({ name }) => path.endsWith(name))?.text, 'not ours');

  await fetch(`${connector.sftp.adminUrl}/_sandbox/files?${new URLSearchParams({ path })}`, { method: 'DELETE' });
  await replay(connector, file);
  assert.equal((await newestFile()).state, 'delivered');
  assert.deepEqual(await copies(references), [1]);
  // What was staged at first went out: a second upload could be published beside it.
  assert.equal((await intentOf(connector, file))?.attempt, 1);
});
