import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { ConnectionConfig } from '../../activities/configuration.ts';
import type { Reference } from '../../activities/reference-data/reference.ts';
import { ReferenceData } from '../../activities/reference-data/reference-data.ts';
import { vismaConnectionSchema } from '../../config/connections.ts';
import { Failure } from '../../failures/failure.ts';
import { startVismaSimulator } from '../../sandbox/visma/simulator.ts';
import { openClient, purpose, recordingBudget } from '../connectors/visma-support.ts';

const MINUTE_MS = 60_000;

const visma = await startVismaSimulator();
after(() => visma.close());

/** A worker's view of the company in the simulator, with a clock of its own; `calls` counts what it cost. */
async function worker(referenceData: object = {}, clientSettings: Record<string, unknown> = {}) {
  await visma.admin.reset();
  const { budget, taken } = recordingBudget();
  const secrets = { clientId: 'isv_sandbox', clientSecret: 'sandbox-secret' };
  const client = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl, secrets, budget, settings: clientSettings });
  after(() => client.close());
  const settings = vismaConnectionSchema.parse({ kind: 'visma', tenantId: crypto.randomUUID(), referenceData });
  const connection: ConnectionConfig<'visma'> = { name: 'acme/visma', settings };
  const clock = { now: 1_800_000_000_000 };
  const data = new ReferenceData(() => clock.now);
  const check = (...references: Reference[]) => data.assertKnown(connection, client, references, purpose);
  const segments = (value: string) => data.segmentsOf(connection, client, { value, field: 'subaccount' }, purpose);
  const periodOf = (value: string) => data.periodOf(connection, client, { value, field: 'date' }, purpose);
  return { check, segments, periodOf, clock, calls: () => taken.splice(0).length };
}

const account = (value: string, field = 'lines[1].account'): Reference => ({ kind: 'account', value, field });
const supplier = (value: string): Reference => ({ kind: 'supplier', value, field: 'supplier' });
const period = (value: string, ledger?: Reference['ledger']): Reference => ({
  kind: 'period',
  value,
  field: 'date',
  ...(ledger === undefined ? {} : { ledger }),
});

const fails =
  (code: string, ...words: RegExp[]) =>
  (error: unknown) => {
    assert.ok(error instanceof Failure, String(error));
    assert.equal(error.code, code, error.message);
    for (const word of words) assert.match(`${error.message} ${error.next}`, word);
    return true;
  };

test('a hundred documents of a worker look their accounts up with one call', async () => {
  const { check, calls } = await worker();
  await visma.admin.seed({ accounts: { count: 50, start: 4000 } });
  await Promise.all(Array.from({ length: 100 }, (_, at) => check(account(String(4000 + (at % 50))))));
  assert.equal(calls(), 1);
});

test('what is known is read again when it has aged', async () => {
  const { check, clock, calls } = await worker();
  await visma.admin.seed({ accounts: [{ accountCD: '4000' }] });
  await check(account('4000'));
  clock.now += 9 * MINUTE_MS;
  await check(account('4000'));
  assert.equal(calls(), 1);
  clock.now += 2 * MINUTE_MS;
  await check(account('4000'));
  assert.equal(calls(), 1);
});

test('the failure names each field, its value, what is wrong and where to mend it', async () => {
  const { check } = await worker();
  await visma.admin.seed({
    accounts: [{ accountCD: '4000', active: false }],
    subaccounts: [{ subaccountNumber: '10-200' }],
    suppliers: [{ number: '50001', status: 'Inactive' }],
  });
  await assert.rejects(
    check(
      account('4000', 'lines[1].account'),
      account('4399', 'lines[2].account'),
      { kind: 'subaccount', value: '10-200', field: 'lines[1].subaccount' },
      { kind: 'subaccount', value: '10-999', field: 'lines[2].subaccount' },
      { kind: 'branch', value: '1', field: 'branch' },
      { kind: 'currency', value: 'nok', field: 'currency' },
      { kind: 'vatCode', value: '21', field: 'lines[1].vatCode' },
      supplier('50001'),
    ),
    fails(
      'REFERENCE_UNKNOWN',
      /account 4000 \(lines\[1\]\.account\) is inactive; account 4399 \(lines\[2\]\.account\) is not there; subaccount 10-999 \(lines\[2\]\.subaccount\) is not there; supplier 50001 \(supplier\) is inactive\./,
      /Create or activate it in Visma\.net \(Chart of accounts, Subaccounts, Suppliers\)/,
    ),
  );
});

test('what is missing is read again before it counts, so a replay passes as soon as it is created', async () => {
  const { check, clock, calls } = await worker();
  await visma.admin.seed({ accounts: [{ accountCD: '4000', active: false }] });
  const both = () => check(account('4000'), supplier('50001'));
  await assert.rejects(both(), fails('REFERENCE_UNKNOWN'));
  clock.now += 1000;
  await visma.admin.seed({ accounts: [{ accountCD: '4000', active: true }], suppliers: [{ number: '50001' }] });
  calls();
  await both();
  assert.equal(calls(), 2);
});

test('a few suppliers are asked for one by one, many cost one walk over the list, and later only what changed', async () => {
  const { check, clock, calls } = await worker();
  await visma.admin.seed({ suppliers: { count: 40, start: 50_001 }, lastModifiedDateTime: '2026-03-01T00:00:00.000' });
  await check(supplier('50001'), supplier('50002'));
  assert.equal(calls(), 2);
  for (let number = 50_003; number <= 50_040; number += 1) await check(supplier(String(number)));
  assert.equal(calls(), 9);
  clock.now += 11 * MINUTE_MS;
  await visma.admin.touch({ entity: 'supplier', key: '50007', changes: { status: 'Inactive' } });
  await visma.admin.clearRequests();
  await check(supplier('50001'), supplier('50002'));
  await assert.rejects(check(supplier('50007')), fails('REFERENCE_UNKNOWN', /supplier 50007 .* is inactive/));
  const lists = await visma.admin.requests({ path: '/v1/supplier$' });
  assert.deepEqual(
    lists.map(({ query }) => query.lastModifiedDateTime),
    ['2026-03-01T00:00:00.000'],
  );
});

test('a walk over what changed that did not come to its end is begun anew from where the last one ended', async () => {
  const { check, clock } = await worker({}, { pageSize: 5 });
  await visma.admin.seed({ suppliers: { count: 12, start: 50_001 }, lastModifiedDateTime: '2026-03-01T00:00:00.000' });
  for (let number = 50_001; number <= 50_011; number += 1) await check(supplier(String(number)));
  const changes = { status: 'Inactive' };
  const early = {
    keys: ['50007', '50008', '50009', '50010', '50011'],
    lastModifiedDateTime: '2026-04-01T00:00:00.000',
  };
  await visma.admin.touch({ entity: 'supplier', ...early, changes });
  const late = { keys: ['50001', '50002', '50003', '50004', '50005'], lastModifiedDateTime: '2026-05-01T00:00:00.000' };
  await visma.admin.touch({ entity: 'supplier', ...late, changes: { name: 'Renamed' } });
  clock.now += 11 * MINUTE_MS;
  await visma.admin.addFaults({ kind: 'status', status: 502, match: { path: 'pageNumber=2' } });
  await assert.rejects(check(supplier('50001')), fails('VISMA_UNREACHABLE'));
  await assert.rejects(check(supplier('50007')), fails('REFERENCE_UNKNOWN', /supplier 50007 .* is inactive/));
});

test('callers that miss at the same moment share a read', async () => {
  const { check, calls } = await worker();
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => check(account('4399'), supplier('59999'))));
  assert.ok(results.every(({ status }) => status === 'rejected'));
  assert.ok(calls() <= 4);
});

test('a read that failed is not remembered', async () => {
  const { check } = await worker();
  await visma.admin.seed({ accounts: [{ accountCD: '4000' }] });
  await visma.admin.addFaults({ kind: 'status', status: 502, match: { path: '/v1/account' } });
  await assert.rejects(check(account('4000')), fails('VISMA_UNREACHABLE'));
  await check(account('4000'));
});

test('a closed period fails the document, or is waited for, as the connection says', async () => {
  const closed = { year: 2026, period: '03', closedInGeneralLedger: true };
  const refusing = await worker();
  await visma.admin.seed({ financialPeriods: [closed, { year: 2026, period: '04', closedInSupplierLedger: true }] });
  await assert.rejects(refusing.check(period('202603')), fails('PERIOD_CLOSED', /period 202603 \(date\) is closed/));
  await refusing.check(period('202604'));
  await assert.rejects(refusing.check(period('202604', 'supplier')), fails('PERIOD_CLOSED'));
  await assert.rejects(refusing.check(period('209901')), fails('REFERENCE_UNKNOWN', /209901 \(date\) is not there/));
  const waiting = await worker({ closedPeriod: 'wait' });
  await visma.admin.seed({ financialPeriods: [closed] });
  await assert.rejects(waiting.check(period('202603')), fails('PERIOD_AWAITED'));
  await visma.admin.seed({ financialPeriods: [{ ...closed, closedInGeneralLedger: false }] });
  waiting.clock.now += 1;
  await waiting.check(period('202603'));
});

test('a subaccount is named by its segments, and a day belongs to the period that holds it', async () => {
  const { segments, periodOf, calls } = await worker();
  await visma.admin.seed({
    subaccounts: [
      {
        subaccountNumber: '10-200',
        segments: [
          { segmentId: 1, segmentValue: '10' },
          { segmentId: 2, segmentValue: '200' },
        ],
      },
    ],
    financialPeriods: [
      { year: 2026, period: '11', startDate: '2026-10-15T00:00:00', endDate: '2026-11-14T00:00:00' },
      { year: 2026, period: '13', startDate: '2026-10-15T00:00:00', endDate: '2026-10-15T00:00:00' },
      { year: 2026, period: '10', startDate: '2026-10-01T00:00:00', endDate: '2026-10-14T00:00:00' },
    ],
  });
  assert.deepEqual(await segments('10-200'), [
    { segmentId: 1, segmentValue: '10' },
    { segmentId: 2, segmentValue: '200' },
  ]);
  await assert.rejects(segments('10-999'), fails('REFERENCE_UNKNOWN', /subaccount 10-999/));
  calls();
  assert.deepEqual([await periodOf('2026-10-14'), await periodOf('2026-10-15')], ['202610', '202611']);
  assert.equal(calls(), 1);
  await assert.rejects(periodOf('1999-01-01'), fails('REFERENCE_UNKNOWN', /1999-01-01 \(date\) is not there/));
});

test('a subaccount that Visma.net can make of its segments passes where the connection says so', async () => {
  const value = (valueId: string, active = true) => ({ valueId, active });
  const dimension = {
    id: 'SUBACCOUNT',
    segments: [
      { segmentId: 1, length: 2, segmentValues: [value('10'), value('11', false)] },
      { segmentId: 2, length: 3, segmentValues: [value('200')] },
    ],
  };
  const { check, segments, clock } = await worker({ newSubaccounts: 'by segments' });
  const subaccount = (number: string): Reference => ({ kind: 'subaccount', value: number, field: 'subaccount' });
  await visma.admin.seed({ dimensions: [dimension], subaccounts: [{ subaccountNumber: '11-200' }] });
  await check(subaccount('10-200'), subaccount('10200'), subaccount('11-200'));
  assert.deepEqual(await segments('10200'), [
    { segmentId: 1, segmentValue: '10' },
    { segmentId: 2, segmentValue: '200' },
  ]);
  for (const number of ['11-201', '10-201', '10', '10-200-1']) {
    await assert.rejects(check(subaccount(number)), fails('REFERENCE_UNKNOWN'), number);
  }
  clock.now += 1;
  const [first, second] = dimension.segments;
  const more = { ...second, segmentValues: [value('200'), value('201')] };
  await visma.admin.seed({ dimensions: [{ id: 'SUBACCOUNT', segments: [first!, more] }] });
  await check(subaccount('10-201'));
});
