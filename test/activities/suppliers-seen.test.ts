import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { SuppliersSeen } from '../../activities/vendors-in/suppliers-seen.ts';
import { startVismaSimulator } from '../../sandbox/visma/simulator.ts';
import { openClient, recordingBudget } from '../connectors/visma-support.ts';

const NUMBERS = ['1', '2', '3'];
const ATTEMPT = {
  provenance: { actor: 'test', attempt: 1, workflowId: '', runId: '' },
  signal: new AbortController().signal,
  heartbeat: () => undefined,
};

/** A company with these suppliers, and a client of it. */
async function company(...numbers: string[]) {
  const visma = await startVismaSimulator();
  after(() => visma.close());
  await visma.admin.seed({ suppliers: numbers.map((number) => ({ number, name: `Supplier ${number}` })) });
  const secrets = { clientId: 'isv_sandbox', clientSecret: 'sandbox-secret' };
  const { budget, taken } = recordingBudget();
  const client = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl, secrets, budget });
  after(() => client.close());
  return { client, calls: () => taken.splice(0).length };
}

test('one walk serves all pages of a file, and none of another company', async () => {
  const seen = new SuppliersSeen(() => 0);
  const [here, there] = [await company(...NUMBERS), await company('2')];
  for (const _ of NUMBERS) assert.equal((await seen.find(here.client, 'a file', NUMBERS, ATTEMPT)).size, 3);
  assert.equal(here.calls(), 1);
  assert.deepEqual([...(await seen.find(there.client, 'a file', NUMBERS, ATTEMPT)).keys()], ['2']);
});
