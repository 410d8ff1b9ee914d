import assert from 'node:assert/strict';
import test from 'node:test';
import { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { dataConverter } from '../../workers/connect.ts';
import { withConnector } from '../harness/connector.ts';
import { atRest, replay, writes } from '../harness/deliveries.ts';
import { integrationText } from '../harness/integration.ts';
import { PAYLOAD_KEY } from '../harness/payload-key.ts';
import { withTemporal } from '../harness/temporal.ts';
import { dropVendors } from '../harness/vendors.ts';

const server = await withTemporal();
const { connection } = server.client;
const client = new Client({
  connection,
  namespace: server.namespace,
  dataConverter: dataConverter({ payloadKey: PAYLOAD_KEY }),
});
const connector = await withConnector({ temporal: { ...server, client } });
const config = await connector.configure(integrationText());
await connector.startWorker({ ML_CONNECTOR_PAYLOAD_KEY: PAYLOAD_KEY });

test('with a payload key a run works, and nothing of inputs, results and failures can be read in its histories', async () => {
  await dropVendors(connector, 'secret.csv', [
    { number: '90001', name: 'Hemmelig AS' },
    { number: '90002', name: '' },
    { number: '90003', name: 'Ukjent AS', country: 'Kosovo' },
  ]);
  const { workflowId, result } = await connector.startSync('vendors-in', config);
  assert.equal(await result, 'closed');
  const documents = await atRest(connector, 'vendors-in');
  assert.deepEqual(await writes(connector), ['create 90001']);

  const deliveries = documents.filter(({ kind }) => kind === 'Supplier').map((document) => document.workflowId);
  assert.equal(deliveries.length, 3);
  for (const id of [workflowId, ...deliveries]) {
    const text = await historyOf(id);
    for (const word of [config, 'inbound/vendors', 'must not be empty', 'CountryID', '    at ', 'map to the form of']) {
      assert.ok(!text.includes(word), `${id}: ${word}`);
    }
    const payloads = payloadsIn(JSON.parse(text));
    assert.ok(payloads.length > 5);
    for (const { path, encoding } of payloads) assert.equal(encoding, 'binary/encrypted', path);
  }
  const failed = documents.filter(({ state }) => state === 'failed');
  assert.equal(failed.length, 2);
  await assert.rejects(client.workflow.getHandle(failed[0]?.workflowId ?? '').result(), (error: Error) =>
    /name \(column Name\) must not be empty/.test(String((error.cause as Error).message)),
  );
});

test('a document of an encrypted run is replayed like any other', async () => {
  const unknown = (await connector.documents('vendors-in')).find(({ sourceKey }) => sourceKey === '90003');
  assert.ok(unknown);
  await connector.visma.admin.seed({ references: { countries: ['XK'] } });
  await replay(connector, unknown);
  assert.deepEqual(await writes(connector), ['create 90001', 'create 90003']);
});

/** A history as `temporal workflow show -o json` exports it, with nothing decoded. */
async function historyOf(workflowId: string): Promise<string> {
  const history = await server.client.workflow.getHandle(workflowId).fetchHistory();
  return historyToJSON(history);
}

interface FoundPayload {
  readonly path: string;
  readonly encoding: string;
}

/** What the SDK notes of a local activity in words of its own, which no codec touches either: its name, and when it ran. */
const NOTES_OF_THE_SDK = new Set([
  ...['seq', 'attempt', 'activity_id', 'activity_type'],
  ...['complete_time', 'backoff', 'original_schedule_time'],
]);

function isNoteOfTheSdk(path: string, { data }: { data?: string }): boolean {
  if (!path.endsWith('/markerRecordedEventAttributes/details/data/payloads/0')) return false;
  const note: object = JSON.parse(Buffer.from(data ?? '', 'base64').toString());
  return Object.keys(note).every((key) => NOTES_OF_THE_SDK.has(key));
}

/** Every payload in a history but search attributes, which no codec touches: they hold what may be shown. */
function payloadsIn(value: unknown, path = ''): FoundPayload[] {
  if (typeof value !== 'object' || value === null || path.endsWith('searchAttributes')) return [];
  const { metadata } = value as { metadata?: { encoding?: string } };
  if (metadata?.encoding !== undefined) {
    if (isNoteOfTheSdk(path, value)) return [];
    return [{ path, encoding: Buffer.from(metadata.encoding, 'base64').toString() }];
  }
  return Object.entries(value).flatMap(([key, inner]) => payloadsIn(inner, `${path}/${key}`));
}
