import assert from 'node:assert/strict';
import test from 'node:test';
import { CommandLine } from '../cli/command-line.ts';
import { withConnector } from '../harness/connector.ts';
import { atRest, intentOf, runSweep } from '../harness/deliveries.ts';
import { integrationText } from '../harness/integration.ts';
import { dropInvoices, invoicesInFlow, invoicesInVisma, seedForInvoices } from '../harness/invoices.ts';
import { backUp, connectedTo } from '../harness/restored.ts';
import { until } from '../harness/until.ts';

const connector = await withConnector();
const { admin } = connector.visma;
const SWEEPING = { ML_CONNECTOR_SWEEP_AFTER_SECONDS: '1' };
const config = await connector.configure(integrationText() + invoicesInFlow());

test('what a backup knows to have been refused for now, and was sent after it, is not sent again', async () => {
  await seedForInvoices(connector);
  const worker = await connector.startWorker(SWEEPING);
  await admin.addFaults({
    kind: '429',
    retryAfterSeconds: 1,
    match: { method: 'POST', path: 'supplierinvoice$' },
    times: 'always',
  });
  await dropInvoices(connector, 'waiting.csv', [{ number: 'F-1' }]);
  await connector.sync('invoices-in', config);
  await until('the invoice was sent in vain', async () => {
    const invoice = (await connector.documents('invoices-in')).find(({ kind }) => kind === 'Invoice');
    const intent = invoice && (await intentOf(connector, invoice));
    return intent?.state === 'planned' && intent.attempt > 0;
  });
  const restoredUrl = await backUp(connector);
  const backedUpAt = new Date();
  await admin.clearFaults();
  await atRest(connector, 'invoices-in');
  await worker.kill('SIGTERM');
  assert.equal((await invoicesInVisma(connector)).byReference.get('F-1')?.length, 1);

  const restored = await connectedTo(connector, restoredUrl);
  await new CommandLine(restored.env, connector.folder).must(['recover', '--since', backedUpAt.toISOString()]);
  await restored.startWorker({ ...SWEEPING, DATABASE_URL: restoredUrl });
  await until('the invoice is taken up again', async () => {
    await runSweep(restored);
    const invoice = (await restored.documents('invoices-in')).find(({ kind }) => kind === 'Invoice');
    return invoice?.state === 'delivered';
  });
  assert.equal((await invoicesInVisma(connector)).byReference.get('F-1')?.length, 1);
});
