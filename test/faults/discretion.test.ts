import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import test, { before } from 'node:test';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { setSecrets } from '../../ledger/connections.ts';
import { withConnector } from '../harness/connector.ts';
import { atRest } from '../harness/deliveries.ts';
import { integrationText } from '../harness/integration.ts';
import { dropVendors } from '../harness/vendors.ts';

const connector = await withConnector();
const { admin } = connector.visma;
const config = await connector.configure(integrationText());

/** What must be nowhere but sealed in the ledger and at its two ends. The last three are vendor numbers of persons. */
const PLANTED = {
  clientSecret: 'very-Secret-client-7731',
  name: 'Solveig Hemmelig Nordahl',
  refusedName: 'Kari Avvist Solberg',
  lostName: 'Ola Tapt Dahl',
  email: 'solveig.hemmelig@private.test',
  street: 'Hemmeliggaten Vest',
  birthNumber: '01017012345',
  refusedBirthNumber: '02027054321',
  lostBirthNumber: '03038012121',
};

const worker = await connector.startWorker({ ML_CONNECTOR_LOG_LEVEL: 'debug' });
let commandLines = '';

before(async () => {
  await admin.setCredentials({ clientSecret: PLANTED.clientSecret });
  await setSecrets(connector.ledger, 'acme/visma', { clientId: 'isv_sandbox', clientSecret: PLANTED.clientSecret });
  await admin.addFaults(
    // The other system repeats what it was sent, as real ones do.
    {
      kind: 'erp-error',
      status: 400,
      message: `Vendor ${PLANTED.refusedName} (${PLANTED.refusedBirthNumber}, ${PLANTED.email}) is not accepted.`,
      match: { bodyIncludes: PLANTED.refusedName },
    },
    {
      kind: 'erp-error',
      message: `Vendor ${PLANTED.lostName} (${PLANTED.lostBirthNumber}) failed.`,
      times: 'always',
      match: { bodyIncludes: PLANTED.lostName },
    },
  );
  const { email, street } = PLANTED;
  await dropVendors(connector, 'persons.csv', [
    { number: PLANTED.birthNumber, name: PLANTED.name, city: street, email },
    { number: PLANTED.refusedBirthNumber, name: PLANTED.refusedName, city: street, email },
    { number: PLANTED.lostBirthNumber, name: PLANTED.lostName, city: street, email },
    { number: '87001', name: PLANTED.name, city: street, country: PLANTED.street, email },
    { number: '87002', name: '', city: street, email },
  ]);
  await connector.sync('vendors-in', config);
  commandLines = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
  const documents = await atRest(connector, 'vendors-in', 60_000);
  assert.deepEqual(
    documents.map(({ sourceKey, state }) => `${sourceKey} ${state}`),
    [
      'inbound/vendors/persons.csv delivered',
      `${PLANTED.birthNumber} delivered`,
      `${PLANTED.refusedBirthNumber} failed`,
      `${PLANTED.lostBirthNumber} failed`,
      '87001 failed',
      '87002 failed',
    ],
  );
});

function assertNowhere(where: string, text: string, values: readonly string[] = Object.values(PLANTED)): void {
  for (const value of [...values, 'partner-secret']) {
    const at = text.indexOf(value);
    assert.equal(at, -1, `${where} holds "${value}": …${text.slice(Math.max(0, at - 150), at + 60)}…`);
  }
}

test('no history of Temporal holds a secret or a personal value, nor does a workflow id or a search attribute', async () => {
  const { client } = connector.temporal;
  let all = '';
  for await (const execution of client.workflow.list()) {
    const { workflowId, runId } = execution;
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    const text = `${workflowId} ${decoded(historyToJSON(history))}`;
    assertNowhere(workflowId, text);
    all += text;
    assertNowhere(workflowId, JSON.stringify({ memo: execution.memo, attributes: execution.searchAttributes }));
  }
  // Otherwise the search above would find nothing in anything.
  for (const readable of ['deliver/acme/vendors-in/87001', 'is not accepted', 'SUPPLIER_ROW_INVALID']) {
    assert.ok(all.includes(readable), readable);
  }
});

/** Payloads are base64 in the JSON of a history. */
function decoded(history: string): string {
  return history.replaceAll(/"[A-Za-z0-9+/=]{8,}"/g, (text) => `${text} ${Buffer.from(text.slice(1, -1), 'base64')}`);
}

test('no log line of the worker holds one, nor does a command line', () => {
  assert.ok(worker.log.some((line) => line.includes('is not accepted')));
  assertNowhere('the log', worker.log.join('\n'));
  assertNowhere('a command line', commandLines);
});

test('failures, events and intents of the ledger hold none; bodies and secrets are sealed', async () => {
  const { db } = connector.ledger;
  const documents = await db.selectFrom('document').select('failure').execute();
  assertNowhere('a failure', JSON.stringify(documents));
  const events = await db.selectFrom('event').select(['step', 'detail']).execute();
  assertNowhere('an event', JSON.stringify(events));
  // The key of a record is how the ledger finds it again: numbers stand there, names do not.
  const { birthNumber: _, refusedBirthNumber: __, lostBirthNumber: ___, ...rest } = PLANTED;
  const intents = await db.selectFrom('intent').selectAll().execute();
  assertNowhere('an intent', JSON.stringify(intents), Object.values(rest));
  const answers = intents.map(({ repeatedAnswer }) => repeatedAnswer).join();
  assertNowhere('an answer', answers);
  const chunks = await db.selectFrom('bodyChunk').select('sealed').execute();
  assert.ok(chunks.length > 0);
  assertNowhere('a body', Buffer.concat(chunks.map(({ sealed }) => sealed)).toString('latin1'));
  const connections = await db.selectFrom('connection').select('secrets').execute();
  assertNowhere('a secret', Buffer.concat(connections.flatMap(({ secrets }) => secrets ?? [])).toString('latin1'));
});
