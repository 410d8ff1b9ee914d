import assert from 'node:assert/strict';
import test from 'node:test';
import { withConnector } from '../harness/connector.ts';
import { integrationText } from '../harness/integration.ts';
import { until } from '../harness/until.ts';

const connector = await withConnector();

const HEADER = 'Vendor No;Name;City;Country;Email\r\n';

/** Everything of a flow has come to rest. */
async function atRest(flow: string): Promise<void> {
  await until('every document rests', async () => {
    const documents = await connector.documents(flow);
    return documents.every(({ state }) =>
      ['delivered', 'failed', 'skipped', 'superseded', 'uncertain'].includes(state),
    );
  });
}

test('a vendor file becomes suppliers: new ones created, changed ones updated, equal ones left alone', async () => {
  const { visma } = connector;
  await visma.admin.seed({
    suppliers: [
      { number: '50001', name: 'Fjord AS', mainAddress: { city: 'Bergen', country: 'NO' } },
      { number: '50002', name: 'Berg AB', mainAddress: { city: 'Kiruna', country: 'SE' } },
    ],
  });
  const config = await connector.configure(integrationText());
  await connector.startWorker();
  const text = `${HEADER}50001;Fjord AS;Oslo;Norway;\r\n50002;Berg AB;Kiruna;Sweden;\r\n50003;Blåbær ÆØÅ;Odense;Denmark;post@blaa.test\r\n`;
  await connector.drop('/inbound/vendors/vendors.csv', Buffer.from(text, 'latin1'));

  assert.equal(await connector.sync('vendors-in', config), 'closed');
  await atRest('vendors-in');

  const { commits } = await visma.admin.state({});
  assert.deepEqual(commits.map(({ key, operation }) => `${operation} ${key}`).sort(), ['create 50003', 'update 50001']);
  const documents = await connector.documents('vendors-in');
  assert.deepEqual(
    documents.map(({ kind, sourceKey, state }) => `${kind} ${sourceKey} ${state}`),
    [
      'InboundFile inbound/vendors/vendors.csv delivered',
      'Supplier 50001 delivered',
      'Supplier 50002 skipped',
      'Supplier 50003 delivered',
    ],
  );
  assert.deepEqual(
    (await connector.files()).map(({ path }) => path),
    ['/archive/vendors/vendors.csv'],
  );
});
