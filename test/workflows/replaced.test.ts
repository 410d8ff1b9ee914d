import assert from 'node:assert/strict';
import test from 'node:test';
import { withConnector } from '../harness/connector.ts';
import { activitiesIn, atRest, eventsOf, replay } from '../harness/deliveries.ts';
import { held } from '../harness/disturb.ts';
import { integrationText } from '../harness/integration.ts';
import { dropInvoices, invoicesInFlow, invoicesInVisma, seedForInvoices } from '../harness/invoices.ts';
import { until } from '../harness/until.ts';
import { dropVendors } from '../harness/vendors.ts';

/** Nobody listens there. */
const NOWHERE = 1;

const connector = await withConnector();
const { client } = connector.temporal;
const good = integrationText().replace('timeout: 10s', 'timeout: 2s');
const worker = await connector.startWorker();

async function batchesOf(workflowId: string) {
  const rows = connector.ledger.db.selectFrom('batch').selectAll().where('workflowId', '=', workflowId);
  return rows.orderBy('id').execute();
}

/** Takes in an invoice, with its configuration as it is now, and loses the answer to a write that Visma.net has carried out. */
async function loseAnswer(number: string, config: string, path: string): Promise<void> {
  await connector.visma.admin.addFaults({ id: number, kind: 'hold-after-commit', match: { method: 'POST', path } });
  await dropInvoices(connector, `${number}.csv`, [{ number }]);
  assert.equal(await connector.sync('invoices-in', config), 'closed');
  await held(connector, number);
}

/** The invoice that came last, when it rests. */
async function latestInvoice() {
  return (await atRest(connector, 'invoices-in')).findLast(({ kind }) => kind === 'Invoice');
}

/** Waits until a step of a workflow has failed for a reason that passes. */
async function failsForNow(workflowId: string, step: string): Promise<void> {
  const hasFailed = (line: string) => line.includes(`"step":"${step}"`) && line.includes('UNREACHABLE');
  await until(`${step} of ${workflowId} has failed`, async () => worker.log.some(hasFailed));
}

test('a run that waits for a server that is not there begins anew when the right address is applied', async () => {
  const wrong = await connector.configure(good.replace(/\$\{SFTP_PORT\}/, String(NOWHERE)));
  await dropVendors(connector, 'address.csv', [{ number: '95001', name: 'Riktig AS' }]);
  const { workflowId, result } = await connector.startSync('vendors-in', wrong);
  await failsForNow(workflowId, 'poll');

  const right = await connector.configure(good);
  assert.equal(await result, 'closed');
  const [document] = (await atRest(connector, 'vendors-in')).filter(({ kind }) => kind === 'Supplier');
  assert.equal(document?.state, 'delivered');
  assert.equal(document?.configHash, right);
  assert.deepEqual(
    (await batchesOf(workflowId)).map(({ state, configHash }) => [state, configHash]),
    [['closed', right]],
  );
});

test('a run whose source goes away half-way leaves no open batch behind when it begins anew', async () => {
  const wrong = await connector.configure(good.replace(/\$\{VISMA_API_URL\}/, `http://127.0.0.1:${NOWHERE}`));
  const { workflowId, result } = await connector.startSync('invoices-out', wrong);
  await failsForNow(workflowId, 'fetch');

  const right = await connector.configure(good);
  assert.equal(await result, 'closed');
  assert.deepEqual(
    (await batchesOf(workflowId)).map(({ state, configHash }) => [state, configHash]),
    [
      ['overtaken', wrong],
      ['closed', right],
    ],
  );
});

test('a document on its way to a system that is not there goes on with the right address, and is written once', async () => {
  const text = good + invoicesInFlow();
  await seedForInvoices(connector);
  const wrong = await connector.configure(text.replace(/\$\{VISMA_API_URL\}/, `http://127.0.0.1:${NOWHERE}`));
  await dropInvoices(connector, 'target.csv', [{ number: 'F-95' }]);
  assert.equal(await connector.sync('invoices-in', wrong), 'closed');
  const found = (await connector.documents('invoices-in')).find(({ kind }) => kind === 'Invoice');
  assert.ok(found);
  await failsForNow(found.workflowId, 'post');
  const first = await client.workflow.getHandle(found.workflowId).describe();

  const right = await connector.configure(text);
  const document = (await atRest(connector, 'invoices-in')).find(({ id }) => id === found.id);
  assert.deepEqual([document?.state, document?.configHash], ['delivered', right]);
  assert.equal((await invoicesInVisma(connector)).byReference.get('F-95')?.length, 1);
  const events = await eventsOf(connector, found.workflowId, first.runId);
  assert.deepEqual(activitiesIn(events), ['transform', 'post']);
  assert.ok(events.at(-1)?.workflowExecutionContinuedAsNewEventAttributes);
});

test('an invoice whose answer is lost is looked up, not written again, when another configuration was applied meanwhile', async () => {
  const before = await connector.configure(good + invoicesInFlow());
  await loseAnswer('F-96', before, 'supplierinvoice$');

  const after = await connector.configure(good + invoicesInFlow({ attach: 'rows' }));
  const document = await latestInvoice();
  assert.deepEqual([document?.sourceKey, document?.state, document?.configHash], ['50001/F-96', 'delivered', after]);
  assert.equal((await invoicesInVisma(connector)).byReference.get('F-96')?.length, 1);
});

test('an invoice whose answer is lost is looked for as it was sent, also when it is mapped otherwise by now', async () => {
  await connector.visma.admin.seed({ suppliers: [{ number: '50002', name: 'Fjord Fisk Nord' }] });
  const text = good + invoicesInFlow();
  const before = await connector.configure(text);
  await loseAnswer('F-99', before, 'supplierinvoice$');

  const numbers = '{ column: Vendor No, values: { "50001": "50002" } }';
  await connector.configure(text.replace('supplier.number: Vendor No', `supplier.number: ${numbers}`));
  const document = await latestInvoice();
  assert.deepEqual([document?.sourceKey, document?.state], ['50001/F-99', 'delivered']);
  assert.equal((await invoicesInVisma(connector)).byReference.get('F-99')?.length, 1);
});

test('an attachment that is not wanted any more, and whose answer is lost, does not hold up the release', async () => {
  const before = await connector.configure(good + invoicesInFlow({ attach: 'rows', release: true }));
  await loseAnswer('F-100', before, 'attachment');

  await connector.configure(good + invoicesInFlow({ release: true }));
  const document = await latestInvoice();
  assert.deepEqual([document?.sourceKey, document?.state], ['50001/F-100', 'delivered']);
  const { commits } = await invoicesInVisma(connector);
  const about = commits.filter(({ key }) => key.endsWith(`/${document?.externalId}`));
  assert.deepEqual(
    about.map(({ operation }) => operation),
    ['create', 'attachment', 'action release'],
  );
});

const elsewhere = (text: string) => text.replace(/tenantId: 1{8}/, 'tenantId: 22222222');

test('an invoice whose answer is lost stays with the company it was sent to when the connection leads to another one', async () => {
  const before = await connector.configure(good + invoicesInFlow());
  await loseAnswer('F-97', before, 'supplierinvoice$');

  await connector.configure(elsewhere(good + invoicesInFlow()));
  const document = await latestInvoice();
  assert.deepEqual([document?.sourceKey, document?.state, document?.configHash], ['50001/F-97', 'delivered', before]);
  assert.equal((await invoicesInVisma(connector)).byReference.get('F-97')?.length, 1);
});

test('an invoice that was created in one company is not released in another: it waits for the former connection', async () => {
  const text = good + invoicesInFlow({ release: true });
  const before = await connector.configure(text);
  const refused = { kind: 'action-result', result: 'Failed', errorInfo: 'Not today' } as const;
  await connector.visma.admin.addFaults({ ...refused, match: { path: 'action/release' } });
  await dropInvoices(connector, 'released.csv', [{ number: 'F-98' }]);
  await connector.sync('invoices-in', before);
  const failed = await latestInvoice();
  assert.deepEqual([failed?.sourceKey, failed?.state], ['50001/F-98', 'failed']);
  assert.ok(failed);

  await replay(connector, failed, await connector.configure(elsewhere(text)));
  const moved = await latestInvoice();
  assert.deepEqual([moved?.state, moved?.failure?.code], ['failed', 'TARGET_MOVED']);

  await connector.apply(before);
  await replay(connector, failed, before);
  assert.equal((await latestInvoice())?.state, 'delivered');
  const { commits, byReference } = await invoicesInVisma(connector);
  assert.equal(byReference.get('F-98')?.length, 1);
  const about = commits.filter(({ key }) => key.endsWith(`/${failed.externalId}`)).map(({ operation }) => operation);
  assert.deepEqual(about, ['create', 'action release']);
});

test('a flow that is in no applied file any more goes on as it was', async () => {
  const wrong = await connector.configure(good.replace(/\$\{SFTP_PORT\}/, String(NOWHERE)));
  const { workflowId } = await connector.startSync('vendors-in', wrong);
  const attempts = async () => {
    const { raw } = await client.workflow.getHandle(workflowId).describe();
    return raw.pendingActivities?.[0]?.attempt ?? 0;
  };
  await until('its poll is tried again', async () => (await attempts()) > 1);
  await connector.configure(good.replace(/\n {2}vendors-in:[\s\S]*?(?=\n {2}invoices-out:)/, ''));

  const before = await attempts();
  await until('it is tried once more', async () => (await attempts()) > before);
  await client.workflow.getHandle(workflowId).terminate('a test');
});
