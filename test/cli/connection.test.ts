import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { getSecrets } from '../../ledger/connections.ts';
import { withConnector } from '../harness/connector.ts';
import { integrationText } from '../harness/integration.ts';
import { CommandLine } from './command-line.ts';

const connector = await withConnector();
const { ledger, visma, folder } = connector;
await connector.configure(integrationText());
const cli = new CommandLine(connector.env, folder);

const SECRETS = {
  clientId: 'isv_planted_client',
  clientSecret: 'planted-client-secret',
  password: 'planted=partner password',
  passphrase: 'planted-passphrase',
};

async function stored(name: string) {
  return (await getSecrets(ledger, name))?.secrets;
}

test('secrets come as lines from standard input, with any character after the first equals sign', async () => {
  const input = `# from the partner\r\npassword=${SECRETS.password}\r\n\r\n`;
  const { stdout } = await cli.must(['connection', 'set', 'partner'], { input });
  assert.match(stdout, /^acme\/partner: stored password\./);
  assert.deepEqual(await stored('acme/partner'), { password: SECRETS.password });
});

test('secrets come as JSON, or from a file, and replace the former ones as a whole', async () => {
  const { clientId, clientSecret } = SECRETS;
  await cli.must(['connection', 'set', 'acme/visma'], { input: JSON.stringify({ clientId, clientSecret }) });
  assert.deepEqual(await stored('acme/visma'), { clientId, clientSecret });
  const key = '-----BEGIN PLANTED KEY-----\nplanted-key\n-----END PLANTED KEY-----\n';
  const keyFile = join(folder, 'id_planted');
  const file = join(folder, 'partner.env');
  await writeFile(keyFile, key);
  await writeFile(file, `passphrase=${SECRETS.passphrase}\n`);
  await cli.must(['connection', 'set', 'acme/partner', '--file', file, '--private-key-file', keyFile]);
  assert.deepEqual(await stored('acme/partner'), { privateKey: key, passphrase: SECRETS.passphrase });
});

test('what a connection does not take, lacks, or nobody can read is refused without being repeated', async () => {
  const before = await stored('acme/visma');
  const inputs: readonly (readonly [string, RegExp])[] = [
    ['', /clientId and clientSecret must be given/],
    [`clientId=${SECRETS.clientId}`, /clientSecret must be given/],
    [
      `clientId=a\nclientSecret=b\npassword=${SECRETS.password}`,
      /no secret of the name given.*takes clientId, clientSecret/,
    ],
    [SECRETS.clientSecret, /Line 1 is not KEY=VALUE/],
    [`{"clientSecret":"${SECRETS.clientSecret}"`, /not well formed/],
    [`{"clientSecret":{"is":"${SECRETS.clientSecret}"}}`, /values are texts/],
    [`${SECRETS.clientSecret}=x`, /no secret of the name given/],
    ['clientID=a\nclientSecret=b', /Did you mean clientId\?/],
  ];
  const refuse = async ([input, words]: readonly [string, RegExp]) => {
    const { code, stderr, stdout } = await cli.call(['connection', 'set', 'visma'], { input });
    assert.deepEqual([code, stdout], [2, ''], input);
    assert.match(stderr, words);
  };
  await Promise.all(inputs.map(refuse));
  assert.deepEqual(await stored('acme/visma'), before);
});

test('a connection that nobody knows ends with 4 and names the one that may be meant', async () => {
  const { code, stderr } = await cli.call(['connection', 'set', 'acme/vsima'], { input: 'clientId=x' });
  assert.equal(code, 4);
  assert.match(stderr, /no connection "acme\/vsima"\. Did you mean acme\/visma\?/);
});

test('credentials can be stored for a connection that only stands in a file yet', async () => {
  const text = integrationText().replace('integration: acme', 'integration: later');
  await mkdir(join(folder, 'integrations'));
  await writeFile(join(folder, 'integrations', 'later.yaml'), text);
  await cli.must(['connection', 'set', 'later/partner'], { input: 'password=x' });
  assert.deepEqual(await stored('later/partner'), { password: 'x' });
});

test('the list shows which connections have credentials, and never a secret', async () => {
  const listed = await cli.read(['connection', 'list']);
  assert.deepEqual(
    listed.map(({ name, kind, hasSecrets, latch }) => [name, kind, hasSecrets, latch]),
    [
      ['acme/visma', 'visma', true, 'open'],
      ['acme/partner', 'sftp', true, 'open'],
      ['later/partner', 'not applied', true, 'open'],
    ],
  );
  assert.match((await cli.must(['connection', 'list'])).stdout, /acme\/partner {2,}sftp/);
});

test('a ping says verb by verb where a connection fails, and releases a latch when all passes', async () => {
  const refused = await cli.call(['ping', 'visma']);
  assert.equal(refused.code, 1);
  assert.match(refused.stdout, /^ok {6}connect.*\nFAILED {2}token .*\n {8}Next: /m);
  await cli.must(['connection', 'set', 'visma'], {
    input: 'clientId=isv_sandbox\nclientSecret=sandbox-secret',
  });
  await ledger.db.updateTable('connection').set({ latch: 'blocked', latchReason: 'x' }).execute();
  const passed = await cli.must(['ping', 'visma']);
  const verbs = passed.lines.slice(0, -1).map((line) => line.slice(8).split(/ {2,}/)[0]);
  assert.deepEqual(verbs, ['resolve', 'connect', 'token', 'read supplier', 'read supplierInvoice', 'budget']);
  assert.match(passed.lines.at(-1) ?? '', /acme\/visma was blocked and goes on/);
  const writes = (await visma.admin.state({ records: false })).commits;
  assert.deepEqual(writes, []);
});

test('a ping of an SFTP server tries every folder of the flows and leaves nothing behind', async () => {
  await cli.must(['connection', 'set', 'partner'], { input: 'password=partner-secret' });
  const steps = await cli.read(['ping', 'partner']);
  assert.deepEqual(
    steps.map(({ verb, ok }) => `${verb}${ok ? '' : ' FAILED'}`),
    [
      'resolve',
      'connect',
      'host key',
      'login',
      'subsystem',
      'list inbound/vendors',
      ...['archive/vendors', 'error/vendors', 'outbound/invoices'].flatMap((at) =>
        ['list', 'write', 'rename', 'read', 'delete'].map((verb) => `${verb} ${at}`),
      ),
    ],
  );
  assert.deepEqual(await connector.files(), []);
});

test('after a rotation the new master key alone opens everything', async () => {
  const former = connector.env.ML_CONNECTOR_MASTER_KEY ?? '';
  const fresh = Buffer.alloc(32, 9).toString('base64');
  const both = { ML_CONNECTOR_MASTER_KEY: fresh, ML_CONNECTOR_MASTER_KEY_PREVIOUS: former };
  assert.match((await cli.must(['connection', 'rotate'], { env: both })).stdout, /^\d+ data keys rewrapped/);
  assert.match((await cli.must(['connection', 'rotate'], { env: both })).stdout, /^0 data keys rewrapped/);
  await cli.must(['ping', 'partner'], { env: { ML_CONNECTOR_MASTER_KEY: fresh } });
  const old = await cli.call(['ping', 'partner']);
  assert.equal(old.code, 3);
  assert.match(old.stderr, /MASTER_KEY_PREVIOUS/);
});

test('no secret was printed by any of these commands', () => {
  for (const secret of [...Object.values(SECRETS), 'planted-key', 'sandbox-secret', 'partner-secret']) {
    assert.ok(!cli.everything.includes(secret), secret);
  }
});
