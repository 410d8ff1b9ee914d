import assert from 'node:assert/strict';
import { test } from 'node:test';
import { supplierCreate, supplierUpdate } from '../../connectors/visma/entities/supplier.ts';
import type { SendLimits, WriteAnswer, WriteRequest } from '../../connectors/visma/write.ts';
import { Failure } from '../../failures/failure.ts';
import { collect, type openClient, purpose, recordingBudget, withVisma } from './visma-support.ts';

const limits: SendLimits = { mayWriteUntil: () => true, timeoutMs: 2000 };

type Client = ReturnType<typeof openClient>;

async function send(client: Client, request: WriteRequest): Promise<WriteAnswer> {
  const write = await client.prepareWrite(purpose);
  return await write.send(request, limits);
}

const created = (number: string, name: string) => supplierCreate({ number, overrideNumberSeries: true, name });

test('suppliers, invoices, accounts and subaccounts are listed and read one by one', () =>
  withVisma(async (client, visma) => {
    await visma.admin.seed({
      suppliers: { count: 7, prefix: 'S', template: { status: 'Active' } },
      supplierInvoices: [{ referenceNumber: '700001', supplierReference: 'INV-77', amount: 1250.5 }],
      accounts: [{ accountCD: '3000', description: 'Sales' }],
      subaccounts: [{ subaccountNumber: '10-200', description: 'Oslo' }],
    });
    const suppliers = await collect(client.suppliers.list({}, purpose));
    assert.equal(new Set(suppliers.map(({ number }) => number)).size, 7);
    const [supplier] = suppliers;
    assert.deepEqual((await client.suppliers.get(supplier!.number, purpose))?.timeStamp, supplier!.timeStamp);
    assert.equal(await client.suppliers.get('nobody', purpose), undefined);
    const key = { documentType: 'Invoice', referenceNumber: '700001' };
    assert.equal((await client.supplierInvoices.get(key, purpose))?.supplierReference, 'INV-77');
    assert.equal((await collect(client.supplierInvoices.list({}, purpose)))[0]?.amount, 1250.5);
    assert.equal((await collect(client.accounts.list({}, purpose)))[0]?.accountCD, '3000');
    assert.equal((await client.accounts.get('3000', purpose))?.description, 'Sales');
    assert.equal((await collect(client.subaccounts.list({}, purpose)))[0]?.subaccountNumber, '10-200');
    assert.equal((await client.subaccounts.get('10-200', purpose))?.description, 'Oslo');
  }));

test('a long list comes whole over clamped pages', () =>
  withVisma(
    async (client, visma) => {
      await visma.admin.seed({ suppliers: { count: 230 } });
      const suppliers = await collect(client.suppliers.list({}, purpose));
      assert.equal(new Set(suppliers.map(({ number }) => number)).size, 230);
      const pages = await visma.admin.requests({ path: '/v1/supplier' });
      assert.equal(pages.length, 5);
    },
    { settings: { maxPageSize: 50 } },
  ));

test('a delta brings the watermark record and everything newer', () =>
  withVisma(async (client, visma) => {
    await visma.admin.seed({
      suppliers: [
        { number: '1', name: 'Old', lastModifiedDateTime: '2026-03-20T06:35:22.152' },
        { number: '2', name: 'Mark', lastModifiedDateTime: '2026-03-20T06:35:22.153' },
        { number: '3', name: 'New', lastModifiedDateTime: '2026-03-20T06:35:22.154' },
      ],
    });
    const delta = await collect(client.suppliers.list({ modifiedSince: '2026-03-20T06:35:22.153' }, purpose));
    assert.deepEqual(delta.map(({ number }) => number).sort(), ['2', '3']);
    assert.equal(delta.find(({ number }) => number === '2')?.lastModifiedDateTime, '2026-03-20T06:35:22.153');
  }));

test('a record that moves to the end of the list during a walk is never lost in silence', () =>
  withVisma(
    async (client, visma) => {
      await visma.admin.seed({ suppliers: { count: 60 }, lastModifiedDateTime: '2026-03-20T06:00:00.000' });
      await visma.admin.addFaults({ kind: 'page-drift', match: { path: 'pageNumber=2' } });
      const walk = collect(client.suppliers.list({}, purpose));
      await assert.rejects(walk, (error) => error instanceof Failure && error.code === 'VISMA_PAGE_DRIFT');
      const again = await collect(client.suppliers.list({}, purpose));
      assert.equal(new Set(again.map(({ number }) => number)).size, 60);
    },
    { settings: { maxPageSize: 20, listOrder: 'modified' } },
  ));

test('a supplier is created, found, changed under its version, and a stale version is told apart', () =>
  withVisma(async (client, visma) => {
    const create = supplierCreate({
      number: '50001',
      overrideNumberSeries: true,
      name: 'Fjord Fisk',
      currencyId: 'NOK',
      mainAddress: { addressLine1: 'Storgata 1', city: 'Oslo', countryId: 'NO' },
      mainContact: { email: 'post@fjord.example' },
    });
    const answer = await send(client, create);
    assert.equal(answer.outcome === 'accepted' && answer.externalId, '50001');
    const supplier = await client.suppliers.get('50001', purpose);
    assert.equal(supplier?.mainAddress?.country?.id, 'NO');
    const version = supplier?.timeStamp ?? '';
    assert.equal(answer.outcome === 'accepted' && answer.etag, version);

    const renamed = await send(client, supplierUpdate('50001', { name: 'Fjord Sjømat' }, version));
    assert.equal(renamed.outcome, 'accepted');
    assert.deepEqual(await send(client, supplierUpdate('50001', { name: 'Too late' }, version)), { outcome: 'stale' });
    assert.equal((await client.suppliers.get('50001', purpose))?.name, 'Fjord Sjømat');
    assert.equal((await visma.admin.state({ entity: 'supplier' })).commits.length, 2);
  }));

test('an unknown code is refused by its name, or unknown when the ERP answers 500 for it', async () => {
  const wrong = supplierCreate({
    number: '9',
    overrideNumberSeries: true,
    name: 'X',
    mainAddress: { countryId: 'QQ' },
  });
  for (const [businessFaultStatus, outcome] of [
    [400, 'refused'],
    [500, 'unknown'],
  ] as const) {
    await withVisma(
      async (client, visma) => {
        const answer = await send(client, wrong);
        assert.equal(answer.outcome, outcome);
        assert.ok('failure' in answer && answer.failure.message.includes('QQ'), JSON.stringify(answer));
        assert.equal((await visma.admin.state()).commits.length, 0);
      },
      { settings: { businessFaultStatus } },
    );
  }
});

test('a second create with the same number is a duplicate', () =>
  withVisma(async (client) => {
    assert.equal((await send(client, created('50001', 'First'))).outcome, 'accepted');
    const second = await send(client, created('50001', 'Second'));
    assert.equal(second.outcome, 'refused');
    assert.equal(second.outcome === 'refused' && second.failure.type, 'DuplicateExternal');
  }));

test('a connection that drops is unknown whether Visma wrote or not, and the write is not repeated', () =>
  withVisma(async (client, visma) => {
    await visma.admin.addFaults({ kind: 'drop-after-commit', match: { method: 'POST', path: '/v1/supplier' } });
    assert.equal((await send(client, created('1', 'Written'))).outcome, 'unknown');
    await visma.admin.addFaults({ kind: 'drop-before-commit', match: { method: 'POST', path: '/v1/supplier' } });
    assert.equal((await send(client, created('2', 'Lost'))).outcome, 'unknown');
    const posts = await visma.admin.requests({ method: 'POST', path: '/v1/supplier' });
    assert.equal(posts.length, 2);
    assert.equal((await visma.admin.state()).commits.length, 1);
    assert.equal((await client.suppliers.get('1', purpose))?.name, 'Written');
  }));

test('a gateway page after the commit is unknown, and the record is there to be adopted', () =>
  withVisma(async (client, visma) => {
    await visma.admin.addFaults({
      kind: 'status',
      status: 504,
      afterCommit: true,
      match: { method: 'POST', path: '/v1/supplier' },
    });
    assert.equal((await send(client, created('1', 'Written'))).outcome, 'unknown');
    assert.notEqual(await client.suppliers.get('1', purpose), undefined);
  }));

test('tokens that die in the middle of a walk are renewed, and the walk goes on', () =>
  withVisma(
    async (client, visma) => {
      await visma.admin.seed({ suppliers: { count: 40 } });
      await visma.admin.addFaults({ kind: 'expire-tokens', match: { path: 'pageNumber=2' } });
      assert.equal((await collect(client.suppliers.list({}, purpose))).length, 40);
      assert.equal((await visma.admin.requests({ path: '/connect/token' })).length, 2);
    },
    { settings: { maxPageSize: 20 } },
  ));

test('a tenant that is not the company gets a token and then 401 on every call', async () => {
  const tenantId = '99999999-9999-9999-9999-999999999999';
  await withVisma(
    async (client) => {
      const list = collect(client.suppliers.list({}, purpose));
      await assert.rejects(list, (error) => error instanceof Failure && error.code === 'VISMA_AUTH');
    },
    {},
    { settings: { tenantId } },
  );
});

test('the budget follows the headers of the real window down to 429', async () => {
  const { budget, observed } = recordingBudget();
  await withVisma(
    async (client) => {
      await client.suppliers.listPage({}, 1, purpose);
      await client.suppliers.listPage({}, 1, purpose);
      const third = client.suppliers.listPage({}, 1, purpose);
      await assert.rejects(third, (error) => error instanceof Failure && error.type === 'QuotaDeferred');
      assert.deepEqual(
        observed.map(({ limit, remaining }) => [limit, remaining]),
        [
          [2, 1],
          [2, 0],
          [2, 0],
        ],
      );
      assert.ok((observed[2]?.retryAfterMs ?? 0) > 0);
    },
    { limits: { limit: 2 } },
    { budget },
  );
});

test('a write goes through while many reads are on their way, each once', () =>
  withVisma(async (client, visma) => {
    const writes = Array.from({ length: 20 }, (_, at) => send(client, created(`W${at}`, `Supplier ${at}`)));
    const reads = Array.from({ length: 20 }, () => client.suppliers.listPage({}, 1, purpose));
    const answers = await Promise.all(writes);
    await Promise.all(reads);
    assert.ok(answers.every(({ outcome }) => outcome === 'accepted'));
    assert.equal((await visma.admin.state({ entity: 'supplier' })).commits.length, 20);
  }));
