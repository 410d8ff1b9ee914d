import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { defaultPayloadConverter } from '@temporalio/common';
import { cachedBundle } from '../../workers/bundle.ts';
import { withConnector } from '../harness/connector.ts';
import { activitiesIn, activityOf, atRest, ended, eventsOf, replay, writes } from '../harness/deliveries.ts';
import { integrationText } from '../harness/integration.ts';

/** What the Web UI draws a workflow from; a first delivery should fit on one screen. */
const MOST_EVENTS = 15;
const HEADER = 'Vendor No;Name;City;Country;Email\r\n';

const connector = await withConnector();
const config = await connector.configure(integrationText());

async function takeIn(name: string, rows: string): Promise<string> {
  await connector.drop(`/inbound/vendors/${name}`, HEADER + rows);
  const { workflowId, result } = await connector.startSync('vendors-in', config);
  await result;
  await atRest(connector, 'vendors-in');
  return workflowId;
}

async function documentOf(key: string) {
  const document = (await connector.documents('vendors-in')).findLast(({ sourceKey }) => sourceKey === key);
  assert.ok(document);
  await ended(connector, document.workflowId);
  return document;
}

/** `name: summary` of each activity of a run, as the Web UI lists them. */
async function steps(workflowId: string): Promise<string[]> {
  const events = await eventsOf(connector, workflowId);
  return events.flatMap((event) => {
    const name = activityOf(event);
    const summary = event.userMetadata?.summary;
    return name === undefined ? [] : `${name}: ${summary ? defaultPayloadConverter.fromPayload(summary) : ''}`;
  });
}

test('a bug in a workflow fails the delivery or the run and is reported, and after an update the document is replayed', async () => {
  const broken = await connector.startWorker({ ML_CONNECTOR_BUNDLE_CACHE: await brokenBundles() });
  await takeIn('bug.csv', '80001;Bug AS;Oslo;Norway;\r\n');

  const failed = await documentOf('80001');
  assert.equal(failed.state, 'failed');
  assert.equal(failed.failure?.code, 'UNEXPECTED');
  assert.match(failed.failure?.message ?? '', /TypeError/);
  assert.ok(failed.failure?.next);
  const description = await connector.temporal.client.workflow.getHandle(failed.workflowId).describe();
  assert.equal(description.status.name, 'FAILED');
  const { result } = await connector.startSync('invoices-out', config);
  await assert.rejects(result, ({ cause }: Error) => /Unexpected: TypeError/.test((cause as Error).message));
  await broken.kill();

  await connector.startWorker();
  await replay(connector, failed);
  assert.equal((await documentOf('80001')).state, 'delivered');
  assert.deepEqual(await writes(connector), ['create 80001']);
});

/** A cache whose bundle has a defect where `deliver` posts, and one where a run of invoices-out begins to fetch. */
async function brokenBundles(): Promise<string> {
  const folder = join(connector.folder, 'broken');
  const { codePath } = await cachedBundle(folder, 'clear');
  const code = await readFile(codePath, 'utf8');
  const broken = code
    .replace('const outcome = await post(input);', 'const outcome = undefined.nowhere(input);')
    .replace(/while ?\(position\) ?\{/, "while (position) { if (flow.endsWith('invoices-out')) undefined.nowhere();");
  assert.equal(broken.split('undefined.nowhere').length, 3);
  await writeFile(codePath, broken);
  return folder;
}

test('the five steps stand in the histories by name, each with a summary, and a delivery takes few events', async () => {
  const run = await takeIn('steps.csv', '81000;First AS;Oslo;Norway;\r\n');

  assert.deepEqual(await steps(run), [
    'poll: read the cursor, look what there is',
    'fetch: store a page in the ledger',
    'acknowledgeBatch: commit the cursor, tell the source',
  ]);
  const { workflowId, id } = await documentOf('81000');
  assert.deepEqual(await steps(workflowId), [
    'transform: map to the form of the target',
    'post: write to the target, effectively once',
    'acknowledge: close the document',
  ]);
  const events = await eventsOf(connector, workflowId);
  assert.ok(events.length <= MOST_EVENTS, `${events.length} events`);
  const description = await connector.temporal.client.workflow.getHandle(workflowId).describe();
  assert.equal(await description.staticSummary(), 'Supplier 81000 · acme/vendors-in');
  const details = (await description.staticDetails()) ?? '';
  assert.ok(details.includes(id));
  assert.match(details, /Reset.*first.*Workflow Task Completed/s);
});

test('a delivery that fails says why in the Web UI, in words', async () => {
  await takeIn('reason.csv', '82000;;Oslo;Norway;\r\n');

  const { workflowId } = await documentOf('82000');
  const events = await eventsOf(connector, workflowId);
  assert.deepEqual(activitiesIn(events), ['transform', 'recordFailure']);
  const failure = events.at(-1)?.workflowExecutionFailedEventAttributes?.failure;
  assert.equal(failure?.applicationFailureInfo?.type, 'DataInvalid');
  assert.match(failure?.message ?? '', /name \(column Name\) must not be empty/);
  const found = await connector.temporal.client.workflow.getHandle(workflowId).describe();
  assert.deepEqual(found.searchAttributes.Outcome, ['DataInvalid']);
});
