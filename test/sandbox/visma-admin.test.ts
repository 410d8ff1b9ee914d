import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { createVismaAdmin } from '../../sandbox/visma/admin-client.ts';
import { request, simulated, supplierBody, wrap } from './visma-caller.ts';

test('the commits count every write that took effect, doubles included', async (t) => {
  const { call, visma } = await simulated(t);
  await call('POST', '/v1/supplier', wrap({ name: 'Alfa', accountReference: 'token-1' }));
  await call('POST', '/v1/supplier', wrap({ name: 'Alfa', accountReference: 'token-1' }));
  await call('PUT', '/v1/supplier/50001', wrap({ name: 'Beta' }));
  const { commits } = await visma.admin.state();
  assert.deepEqual(
    commits.map(({ sequence, key, operation }) => [sequence, key, operation]),
    [
      [1, '50001', 'create'],
      [2, '50002', 'create'],
      [3, '50001', 'update'],
    ],
  );
  assert.deepEqual(commits[2]?.body, wrap({ name: 'Beta' }));
});

test('a seed and a user’s change are no commits', async (t) => {
  const { visma } = await simulated(t);
  await visma.admin.seed({ suppliers: [{ number: 'V1' }] });
  await visma.admin.touch({ entity: 'supplier', key: 'V1', changes: { name: 'B' } });
  assert.deepEqual((await visma.admin.state()).commits, []);
});

test('the requests tell method, path, query, body and status, and can be cleared', async (t) => {
  const { call, get, visma } = await simulated(t);
  await get('/v1/supplier', { pageNumber: '1' });
  await call('POST', '/v1/supplier', supplierBody('V1'));
  const [list, post] = await visma.admin.requests({ path: '^/v1/' });
  assert.deepEqual(
    [list?.method, list?.path, list?.query, list?.status],
    ['GET', '/v1/supplier', { pageNumber: '1' }, 200],
  );
  assert.deepEqual([post?.method, post?.body, post?.status], ['POST', supplierBody('V1'), 201]);
  await visma.admin.clearRequests();
  assert.deepEqual(await visma.admin.requests(), []);
});

test('a touch bumps version and stamp, merges objects and may set the stamp', async (t) => {
  const { call, visma } = await simulated(t);
  await visma.admin.seed({ suppliers: [{ number: 'V1', mainAddress: { city: 'Oslo', postalCode: '0150' } }] });
  const before = (await call('GET', '/v1/supplier/V1')).body;
  await visma.admin.touch({
    entity: 'supplier',
    keys: ['V1'],
    changes: { mainAddress: { city: 'Bergen' } },
    lastModifiedDateTime: '2026-01-01T00:00:00.500',
  });
  const after = (await call('GET', '/v1/supplier/V1')).body;
  assert.notEqual(after.timeStamp, before.timeStamp);
  assert.equal(after.lastModifiedDateTime, '2026-01-01T00:00:00.500');
  assert.deepEqual([after.mainAddress.city, after.mainAddress.postalCode], ['Bergen', '0150']);
});

test('a seeded or touched supplier gets the names that go with its codes', async (t) => {
  const { visma } = await simulated(t);
  await visma.admin.seed({ suppliers: [{ number: 'V1', mainAddress: { country: 'SE' }, supplierClass: { id: '2' } }] });
  const read = async () => (await visma.admin.state({ entity: 'supplier', key: 'V1' })).entities.supplier!.records![0]!;
  assert.deepEqual((await read()).supplierClass, { id: '2', description: 'Suppliers in the EU' });
  assert.deepEqual((await read()).mainAddress, { addressId: 1002, country: { id: 'SE', name: 'Sweden' } });
  await visma.admin.touch({ entity: 'supplier', key: 'V1', changes: { mainAddress: { country: { id: 'DE' } } } });
  assert.deepEqual((await read()).mainAddress, { addressId: 1002, country: { id: 'DE', name: 'Germany' } });
});

test('a removed record is gone from reads and lists', async (t) => {
  const { get, visma } = await simulated(t);
  await visma.admin.seed({ suppliers: { count: 2 } });
  await visma.admin.remove('supplier', '1');
  assert.equal((await get('/v1/supplier/1')).status, 404);
  assert.equal((await get('/v1/supplier')).body.length, 1);
});

test('a seed without a key, of an unknown entity or with a bad stamp is refused', async (t) => {
  const { visma } = await simulated(t);
  await assert.rejects(visma.admin.seed({ suppliers: [{ name: 'Alfa' }] }), /has no key/);
  await assert.rejects(visma.admin.touch({ entity: 'vendor', key: '1' }), /no entity 'vendor'/);
  await assert.rejects(visma.admin.seed({ suppliers: [], lastModifiedDateTime: 'yesterday' }), /not a server time/);
});

test('a reset brings back the state at the start', async (t) => {
  const { call, token, visma } = await simulated(t);
  await call('POST', '/v1/supplier', supplierBody('V1'));
  await visma.admin.addFaults({ kind: 'status', status: 503, times: 'always' });
  await visma.admin.setSettings({ mode: 'real' });
  await visma.admin.setCredentials({ clientSecret: 'second' });
  await visma.admin.reset();
  const state = await visma.admin.state();
  assert.deepEqual([state.commits, state.entities.supplier?.count, state.requestCount], [[], 0, 0]);
  assert.equal((await visma.admin.settings()).mode, 'strict');
  assert.deepEqual((await visma.admin.faults()).rules, []);
  assert.equal((await token()).status, 200);
});

test('twenty thousand suppliers are seeded and walked in seconds', async (t) => {
  const { get, visma } = await simulated(t);
  await visma.admin.seed({ suppliers: { count: 20_000, prefix: 'S', start: 100_000 } });
  const started = performance.now();
  let seen = 0;
  for (let page = 1; page <= 21; page++) seen += (await get('/v1/supplier', { pageNumber: String(page) })).body.length;
  assert.equal(seen, 20_000);
  assert.ok(performance.now() - started < 10_000);
});

test('the process says where it listens in one line and stops on SIGTERM', async (t) => {
  const child = spawn(process.execPath, ['sandbox/visma/main.ts', '--limit', '42', '--mode', 'real'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  const lines: string[] = [];
  const reader = createInterface(child.stdout).on('line', (line) => lines.push(line));
  await once(reader, 'line');
  const ready = JSON.parse(lines[0]!);
  assert.deepEqual([ready.ready, ready.pid], [true, child.pid]);
  assert.equal((await createVismaAdmin(ready.url).limits()).limit, 42);
  assert.equal((await request(`${ready.url}/v1/supplier`, {})).status, 401);
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  assert.equal(code, 0);
  assert.equal(lines.length, 1);
});
