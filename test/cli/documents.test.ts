import assert from 'node:assert/strict';
import test from 'node:test';
import { Client } from 'pg';
import { withConnector } from '../harness/connector.ts';
import { atRest, writes } from '../harness/deliveries.ts';
import { applied, CommandLine, rarely } from './command-line.ts';

const connector = await withConnector();
const cli = new CommandLine(connector.env, connector.folder);
await applied(cli, connector.folder, rarely());
await connector.startWorker();

function detailOf(event: Record<string, unknown> | undefined): Record<string, unknown> {
  return (event?.detail ?? {}) as Record<string, unknown>;
}

const HEADER = 'Vendor No;Name;City;Country;Email\r\n';

test('a run that is waited for says what it brought', async () => {
  await connector.drop(
    '/inbound/vendors/march.csv',
    `${HEADER}50001;Nordic Bolts AS;Oslo;Norway;planted@example.com\r\n50002;Atlantis Ltd;Deep;Atlantis;\r\n50003;;Oslo;Norway;\r\n`,
  );
  const { lines } = await cli.must(['run', 'vendors-in', '--wait']);
  assert.equal(lines[0], 'acme/vendors-in: started');
  assert.match(lines[1] ?? '', /^acme\/vendors-in: done, 4 documents \(/);
  await atRest(connector, 'vendors-in');
});

test('documents are objects of a known form, filtered by state, flow, kind and any reference', async () => {
  const [failed] = await cli.read(['documents', '--reference', '50002']);
  assert.deepEqual(Object.keys(failed ?? {}), [
    'id',
    'integration',
    'flow',
    'kind',
    'state',
    'sourceKey',
    'sourceVersion',
    'references',
    'externalId',
    'failure',
    'batch',
    'createdAt',
  ]);
  assert.equal(failed?.integration, 'acme');
  assert.equal(failed?.flow, 'acme/vendors-in');
  assert.deepEqual(failed?.references, { file: 'march.csv', supplier: '50002' });
  assert.deepEqual(Object.keys(failed?.failure ?? {}), ['type', 'code', 'message', 'next']);
  const keys = async (...args: string[]) =>
    (await cli.read(['documents', ...args])).map(({ sourceKey }) => sourceKey).sort();
  const [byState, byFailed, byFile, byKind, byLimit, byCode, since] = await Promise.all([
    keys('--state', 'delivered'),
    keys('--failed', '--flow', 'vendors-in'),
    keys('--reference', 'MARCH.csv', '--kind', 'supplier'),
    keys('--kind', 'InboundFile', '--flow', 'acme/vendors-in'),
    keys('--limit', '1'),
    keys('--code', 'SUPPLIER_ROW_INVALID', '--since', '1h'),
    keys('--since', '2100-01-01'),
  ]);
  assert.deepEqual(byState, ['50001', 'inbound/vendors/march.csv']);
  assert.deepEqual(byFailed, ['50002', '50003']);
  assert.deepEqual(byFile, ['50001', '50002', '50003']);
  assert.deepEqual(byKind, ['inbound/vendors/march.csv']);
  assert.equal(byLimit.length, 1);
  assert.deepEqual(byCode, ['50002', '50003']);
  assert.deepEqual(since, []);
});

test('documents are filtered by partner, integration, file, batch, age and type of failure as well', async () => {
  const [supplier] = await cli.read(['documents', '--reference', '50001']);
  const keys = async (...args: string[]) =>
    (await cli.read(['documents', ...args])).map(({ sourceKey }) => sourceKey).sort();
  const all = ['50001', '50002', '50003', 'inbound/vendors/march.csv'];
  const [partner, integration, file, batch, type, young, old, both] = await Promise.all([
    keys('--partner', 'acme trading'),
    keys('--integration', 'acme'),
    keys('--file', 'march.csv'),
    keys('--batch', String(supplier?.batch)),
    keys('--type', 'DataInvalid'),
    keys('--older-than', '1h'),
    keys('--older-than', '0s'),
    keys('--file', 'march.csv', '--code', 'SUPPLIER_ROW_INVALID', '--reference', '50003', '--failed'),
  ]);
  assert.deepEqual(partner, all);
  assert.deepEqual(integration, all);
  assert.deepEqual(file, all);
  assert.deepEqual(batch, all);
  assert.deepEqual(type, ['50002', '50003']);
  assert.deepEqual(young, []);
  assert.deepEqual(old, all);
  assert.deepEqual(both, ['50003']);
  const nobody = await cli.call(['documents', '--partner', 'Nobody Ltd']);
  assert.equal(nobody.code, 4);
  assert.match(nobody.stderr, /There is no flow of partner "Nobody Ltd"\./);
});

test('documents are counted by reason, and by anything else they have', async () => {
  const counts = async (by: string, ...args: string[]) =>
    Object.fromEntries(
      (await cli.read(['documents', '--count-by', by, ...args])).map((one) => [one.value, one.documents]),
    );
  assert.deepEqual(await counts('code', '--failed'), { SUPPLIER_ROW_INVALID: 2 });
  assert.deepEqual(await counts('state'), { delivered: 2, failed: 2 });
  assert.deepEqual(await counts('kind', '--file', 'march.csv'), { Supplier: 3, InboundFile: 1 });
  assert.deepEqual(await counts('partner', '--state', 'delivered'), { 'ACME Trading': 2 });
  const { lines } = await cli.must(['documents', '--failed', '--count-by', 'code']);
  assert.match(lines[1] ?? '', /^SUPPLIER_ROW_INVALID +2 +\d{4}-/);
});

test('pages follow one another whatever arrives meanwhile', async () => {
  const seen: unknown[] = [];
  let after: string[] = [];
  for (let page = 0; page < 3; page += 1) {
    const found = await cli.read(['documents', '--limit', '2', ...after]);
    seen.push(...found.map(({ sourceKey }) => sourceKey));
    after = found.length === 0 ? after : ['--after', String(found.at(-1)?.id)];
    if (page === 0) {
      await connector.drop('/inbound/vendors/later.csv', `${HEADER}50009;Later AS;Oslo;Norway;\r\n`);
      await cli.must(['run', 'vendors-in', '--wait']);
      await atRest(connector, 'vendors-in');
    }
  }
  assert.deepEqual(seen, ['50003', '50002', '50001', 'inbound/vendors/march.csv']);
  const { lines } = await cli.must(['documents', '--limit', '2']);
  assert.match(lines.at(-1) ?? '', /^6 documents: .* 2 are shown; go on with `--after [0-9a-f-]{36}`\.$/);
});

test('the table keeps to 120 columns and tells reason and next step of each failure', async () => {
  const { lines, stdout } = await cli.must(['documents', '--flow', 'vendors-in', '--file', 'march.csv']);
  const table = lines.slice(0, lines.indexOf(''));
  assert.equal(table.length, 5);
  for (const line of table) assert.ok(line.length <= 120, line);
  assert.match(
    stdout,
    /Line 4, record 3: name .* must not be empty\. \(SUPPLIER_ROW_INVALID\)\n {2}Next: Have the partner/,
  );
  assert.equal(lines.at(-1), '4 documents: 2 delivered, 2 failed.');
});

test('a timeline is found by id, by the beginning of one, by workflow and by reference, in any letter case', async () => {
  const [document] = await cli.read(['documents', '--reference', '50001']);
  const id = String(document?.id);
  const [full, start, key] = await Promise.all([cli.events(id), cli.events(id.slice(0, 30)), cli.events('50001')]);
  assert.deepEqual(
    full.map(({ step }) => step),
    ['received', 'transformed', 'planned', 'sent', 'confirmed', 'posted', 'delivered'],
  );
  assert.deepEqual(start, full);
  assert.deepEqual(key, full);
  const file = await cli.must(['timeline', 'March.CSV']);
  assert.match(file.stdout, /^Document {2}\S+ {2}InboundFile march\.csv$/m);
  assert.match(file.stdout, /Supplier {2,}50003 march\.csv {2,}failed/);
  const row = await cli.must(['timeline', String(full.at(-1)?.workflowId)]);
  assert.match(row.stdout, /^Came in {3}inbound\/vendors\/march\.csv/m);
  assert.match(row.stdout, /^Intent {4}supplier supplier\/50001 in acme\/visma: confirmed after 1 attempt/m);
});

test('the values that a failure does not say aloud are kept sealed, and shown when asked for', async () => {
  const aloud = await cli.must(['timeline', '50002']);
  assert.ok(!aloud.stdout.includes('Atlantis'), aloud.stdout);
  const full = await cli.must(['timeline', '50002', '--words']);
  assert.match(full.stdout, /Atlantis/);
  const silent = await cli.must(['timeline', '50001', '--words']);
  assert.match(silent.stdout, /Nothing was said about it/);
});

test('a document that nobody knows ends with 4', async () => {
  const unknown = await cli.call(['timeline', 'no-such-thing']);
  assert.equal(unknown.code, 4);
  assert.match(unknown.stderr, /No document has .*"no-such-thing"/);
});

test('one view has the whole chain: files, versions, bodies, configuration, runs, requests and who did what', async () => {
  await connector.drop('/inbound/vendors/april.csv', `${HEADER}50001;Nordic Bolts & Nuts AS;Oslo;Norway;\r\n`);
  await cli.must(['run', 'acme/vendors-in', '--wait']);
  await atRest(connector, 'vendors-in');
  const { stdout } = await cli.must(['timeline', '50001']);
  const ids = (await cli.read(['documents', '--reference', '50001'])).map(({ id }) => String(id));
  assert.equal(ids.length, 2);
  assert.deepEqual(stdout.match(/^#\d$/gm), ['#1', '#2', '#3', '#4'], 'two files, two versions');
  for (const pattern of [
    new RegExp(`^Document {2}${ids[1]} {2}Supplier 50001 march\\.csv$`, 'm'),
    new RegExp(`^Versions {2}1 of 2: this one \\(delivered\\)\\n {10}2 of 2: ${ids[0]} \\(delivered\\)$`, 'm'),
    /^Came in {3}inbound\/vendors\/april\.csv/m,
    /^Original {2}\d+ bytes, sha-256 [0-9a-f]{12}$/m,
    /^Canonical \d+ bytes, sha-256 [0-9a-f]{12}$/m,
    /^Config {4}[0-9a-f]{12}, applied \d{4}-.* by operator:/m,
    /^Batch {5}[0-9a-f-]{36} {2}run [0-9a-f-]{36} of sync\/acme\/vendors-in/m,
    /^Run {7}[0-9a-f-]{36}$/m,
    /^Request {3}sha-256 [0-9a-f]{12}, there known as 50001$/m,
    /^\d{4}-.* #1 +received +worker:/m,
    /^\d{4}-.* #4 +confirmed +worker:/m,
  ]) {
    assert.match(stdout, pattern);
  }
  const token = / \(([A-Z2-7]{12})\)$/m.exec(stdout)?.[1];
  assert.match((await cli.must(['timeline', String(token)])).stdout, /^Document .* Supplier 50001/m);
});

test('the whole chain is there as objects: the files, both versions, and for each its facts and its events', async () => {
  const chain = await cli.read(['timeline', '50001']);
  assert.deepEqual(
    chain.map(({ named, kind, sourceKey }) => [named, kind, sourceKey]),
    [
      [false, 'InboundFile', 'inbound/vendors/march.csv'],
      [false, 'InboundFile', 'inbound/vendors/april.csv'],
      [true, 'Supplier', '50001'],
      [true, 'Supplier', '50001'],
    ],
  );
  const [, april = {}, first = {}, second = {}] = chain;
  const versions = [
    { id: first.id, state: 'delivered', generation: 0, isThis: false },
    { id: second.id, state: 'delivered', generation: 0, isThis: true },
  ];
  assert.deepEqual(second.versions, versions);
  assert.deepEqual(second.cameIn, {
    id: april.id,
    kind: 'InboundFile',
    sourceKey: 'inbound/vendors/april.csv',
    state: 'delivered',
  });
  assert.deepEqual([second.wentOut, second.externalId], [null, '50001']);
  const [intent = {}] = second.intents as Record<string, unknown>[];
  assert.deepEqual(
    [intent.step, intent.targetKey, intent.state, intent.attempts, intent.learnedBy, intent.externalId],
    ['supplier', 'supplier/50001', 'confirmed', 1, 'answer', '50001'],
  );
  assert.match(String(intent.token), /^[A-Z2-7]{12}$/);
  assert.match((intent.request as { sha256: string }).sha256, /^[0-9a-f]{64}$/);
  const config = second.config as Record<string, string>;
  assert.match(config.hash ?? '', /^[0-9a-f]{64}$/);
  assert.match(config.appliedBy ?? '', /^operator:/);
  const { id, runs } = second.workflow as { id: string; runs: string[] };
  const events = second.events as Record<string, unknown>[];
  assert.equal(runs.length, 1);
  assert.deepEqual(
    events.filter(({ workflowId, runId }) => workflowId === id && runId === runs[0]).map(({ step }) => step),
    ['transformed', 'planned', 'sent', 'confirmed', 'posted', 'delivered'],
  );
  assert.deepEqual(Object.keys(events[0] ?? {}), [
    'at',
    'step',
    'actor',
    'attempt',
    'workflowId',
    'runId',
    'detail',
    'hash',
  ]);
  const [original] = april.bodies as Record<string, unknown>[];
  assert.deepEqual([original?.role, original?.bytes], ['original', 78]);
  assert.deepEqual(april.inside, []);
  const [file] = await cli.read(['timeline', 'april.csv']);
  assert.deepEqual(file?.inside, [{ id: second.id, kind: 'Supplier', sourceKey: '50001', state: 'delivered' }]);
});

test('status shows the whole and ends with 1 while something waits for a person', async () => {
  const { code, stdout } = await cli.call(['status']);
  assert.equal(code, 1);
  assert.match(stdout, /^temporal {2}ok/);
  assert.match(stdout, /acme\/visma +visma +set \d{4}-/);
  assert.match(stdout, /^2 waiting for a person/m);
  const objects = await cli.read(['status']);
  assert.deepEqual(
    objects.map(({ subject }) => subject).filter((subject) => subject !== 'alert'),
    ['temporal', 'ledger', 'connection', 'connection', 'flow', 'flow'],
  );
  const flow = objects.find((one) => one.flow === 'acme/vendors-in');
  assert.deepEqual(flow?.states, { delivered: 6, failed: 2 });
  assert.deepEqual(Object.keys(flow?.schedule ?? {}), ['lastRun', 'nextRun', 'running', 'paused']);
});

test('a replay takes the configuration that is applied now, notes who asked and why, and waits', async () => {
  const still = await cli.call(['replay', '50002', '--wait']);
  assert.equal(still.code, 1);
  assert.match(still.stdout, /failed {2,}SUPPLIER_ROW_INVALID/);
  await applied(cli, connector.folder, rarely({ countries: { Atlantis: 'NO' } }));
  const mended = await cli.must(['replay', '50002', '--reason', 'Atlantis is Norway', '--wait']);
  assert.match(mended.stdout, /Supplier 50002 march\.csv: started\n/);
  assert.match(mended.stdout, /Supplier 50002 march\.csv {2,}delivered/);
  const events = await cli.events('50002');
  const asked = events.filter(({ step }) => step === 'replay asked');
  assert.equal(asked.length, 2);
  assert.match(String(asked[1]?.actor), /^operator:./);
  assert.equal(detailOf(asked[1]).reason, 'Atlantis is Norway');
  assert.deepEqual(await writes(connector), ['create 50001', 'create 50009', 'update 50001', 'create 50002']);
});

test('all that failed for one reason is replayed at once', async () => {
  const { code, stdout } = await cli.call(['replay', '--failed', '--flow', 'vendors-in', '--wait']);
  assert.equal(code, 1);
  assert.match(stdout, /Supplier 50003 march\.csv: started/);
  assert.doesNotMatch(stdout, /50002/);
  const none = await cli.must(['replay', '--failed', '--code', 'VISMA_REFUSED']);
  assert.equal(none.stdout, 'No document has failed.\n');
});

test('a delivered document is replayed as a new one only, which writes again and names the old one', async () => {
  const refused = await cli.call(['replay', '50002']);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /is delivered: there is nothing to replay\.\nNext: .*--as-new/);
  await connector.visma.admin.touch({ entity: 'supplier', key: '50002', changes: { name: 'Changed in Visma' } });
  const again = await cli.must(['replay', '50002', '--as-new', '--reason', 'put it back', '--wait']);
  assert.match(again.stdout, /WILL BE POSTED A SECOND TIME/);
  assert.match(again.stdout, /Supplier 50002 march\.csv {2,}delivered/);
  assert.equal((await writes(connector)).at(-1), 'update 50002');
  const events = await cli.events('50002');
  const copy = events.find((event) => 'copyOf' in detailOf(event));
  const copied = events.find(({ step }) => step === 'copied as new');
  assert.equal(detailOf(copy).copyOf, copied?.document);
  assert.equal(detailOf(copied).copy, copy?.document);
  assert.equal(detailOf(copied).reason, 'put it back');
});

test('the record is whole, and a changed event is found', async () => {
  assert.match((await cli.must(['verify'])).stdout, /^The record is whole: 9 documents, \d+ events\.\n$/);
  const owner = new Client({ connectionString: connector.databaseUrl });
  await owner.connect();
  await owner.query(`update event set detail = '{"externalId":"99999"}' where step = 'confirmed'`);
  await owner.end();
  const { code, stdout } = await cli.call(['verify']);
  assert.equal(code, 1);
  assert.match(stdout, /^document \S+: event 5 \(confirmed\) was changed$/m);
  assert.ok((await cli.read(['verify'])).every(({ subject, problem }) => subject && problem));
});

test('nothing that was printed holds a secret or what stood in a cell beside the keys', () => {
  for (const text of ['sandbox-secret', 'partner-secret', 'planted@example.com', 'Nordic Bolts']) {
    assert.ok(!cli.everything.includes(text), text);
  }
});
