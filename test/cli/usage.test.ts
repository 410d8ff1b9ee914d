import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { CLI, CommandLine } from './command-line.ts';

const COMMANDS = [
  'plan',
  'apply',
  'connection set',
  'connection list',
  'connection rotate',
  'ping',
  'preview',
  'run',
  'pause',
  'resume',
  'status',
  'documents',
  'timeline',
  'quota',
  'export',
  'verify',
  'replay',
  'resolve',
  'cursor show',
  'cursor rewind',
];
const MASTER_KEY = Buffer.alloc(32, 7).toString('base64');
const bare = new CommandLine({});

test('version and help take less than half a second of processor time', async () => {
  for (const flag of ['--version', '--help']) {
    const times: number[] = [];
    // Other tests run beside this one: processor time, and the best of a few, is what the command itself takes.
    while (times.length < 10 && !times.some((ms) => ms < 500)) times.push(await processorMs(flag));
    assert.ok(Math.min(...times) < 500, `${flag} took ${times.map(Math.round).join(', ')} ms`);
  }
});

test('every command has a help, and all but the plainest show examples', async () => {
  const overview = await bare.must(['--help']);
  for (const code of ['0', '1', '2', '3', '4']) assert.match(overview.stdout, new RegExp(`^  ${code}  \\w`, 'm'));
  const helps = await Promise.all(
    COMMANDS.map(async (command) => ({ command, ...(await bare.must([...command.split(' '), '--help'])) })),
  );
  for (const { command, stdout } of helps) {
    assert.ok(stdout.startsWith(`Usage: ml-connector ${command}`), command);
    if (command !== 'connection list') assert.match(stdout, /Examples?:\n {2}(ml-connector|pass)/, command);
  }
});

test('a command that makes no sense ends with 2 and says on stderr how to go on', async () => {
  const wrong = [
    ['fly'],
    ['run'],
    ['documents', '--state', 'lost'],
    ['documents', '--colour', 'red'],
    ['replay'],
    ['replay', 'x', '--failed'],
    ['replay', 'x', '--as-new'],
    ['replay', '--failed', '--timeout', 'soon'],
    ['replay', '--failed', '--rate', 'slowly'],
    ['replay', '--failed', '--preview', '--wait'],
    ['documents', '--count-by', 'colour'],
    ['resolve', 'x'],
    ['resolve', 'x', '--not-posted'],
    ['resolve', 'x', '--not-posted', '--posted-as', '1', '--reason', 'y'],
  ];
  const answers = await Promise.all(wrong.map(async (args) => ({ args, ...(await bare.call(args)) })));
  for (const { args, code, stdout, stderr } of answers) {
    assert.deepEqual([args, code, stdout], [args, 2, '']);
    assert.match(stderr, /--help/, args.join(' '));
    assert.doesNotMatch(stderr, /\n\s+at /, args.join(' '));
  }
});

test('without any configuration a command ends with 3 and names the variables', async () => {
  const { code, stderr } = await bare.call(['status']);
  assert.equal(code, 3);
  assert.match(stderr, /DATABASE_URL.*ML_CONNECTOR_MASTER_KEY/);
  assert.match(stderr, /npm run dev/);
  assert.doesNotMatch(stderr, /\n\s+at /);
});

test('a ledger out of reach ends with 3 and never shows the password, with --trace either', async () => {
  const port = await closedPort();
  const DATABASE_URL = `postgres://someone:very-secret-password@127.0.0.1:${port}/ledger`;
  const cli = new CommandLine({ DATABASE_URL, ML_CONNECTOR_MASTER_KEY: MASTER_KEY });
  for (const args of [['documents'], ['documents', '--trace'], ['plan', '/']]) {
    const { code, stderr } = await cli.call(args);
    assert.notEqual(code, 0);
    assert.doesNotMatch(stderr, /very-secret-password/);
  }
  const plain = await cli.call(['documents']);
  assert.equal(plain.code, 3);
  assert.match(plain.stderr, /^Error: The ledger cannot be opened \(ECONNREFUSED\)\.\nNext: .+\n$/);
  const traced = await cli.call(['documents', '--trace']);
  assert.match(traced.stderr, /\n\s+at .*reach-ledger\.ts/);
});

test('a master key of the wrong length ends with 3 and is not repeated', async () => {
  const short = Buffer.from('sixteen bytes ok').toString('base64');
  const cli = new CommandLine({ DATABASE_URL: 'postgres://127.0.0.1:1/x', ML_CONNECTOR_MASTER_KEY: short });
  const { code, stderr } = await cli.call(['documents']);
  assert.equal(code, 3);
  assert.match(stderr, /16 bytes; it needs 32/);
  assert.ok(!stderr.includes(short));
});

test('the local run of a folder completes the environment, and only that of the same ledger', async (t) => {
  const port = await closedPort();
  const folder = await homeWith(t, `postgres://local@127.0.0.1:${port}/local`);
  const local = await bare.call(['documents'], { cwd: folder });
  assert.match(local.stderr, /cannot be opened \(ECONNREFUSED\)/);
  const elsewhere = { DATABASE_URL: `postgres://other@127.0.0.1:${port}/other` };
  const other = await bare.call(['documents'], { cwd: folder, env: elsewhere });
  assert.equal(other.code, 3);
  assert.match(other.stderr, /incomplete: ML_CONNECTOR_MASTER_KEY/);
});

async function homeWith(t: TestContext, databaseUrl: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ml-connector-cli-'));
  t.after(() => rm(folder, { recursive: true }));
  const home = join(folder, '.ml-connector');
  await mkdir(home);
  const env = { DATABASE_URL: databaseUrl, TEMPORAL_ADDRESS: '127.0.0.1:1' };
  await writeFile(join(home, 'dev.json'), JSON.stringify({ env }));
  await writeFile(join(home, 'master.key'), `${MASTER_KEY}\n`);
  return folder;
}

/** A port where nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** Says on stderr what the process has used of the processor since it began, in microseconds. */
const TELL_USAGE = `data:text/javascript,process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  process.stderr.write(String(user + system));
})`;

async function processorMs(flag: string): Promise<number> {
  const run = promisify(execFile);
  const { stderr } = await run(process.execPath, ['--import', TELL_USAGE, CLI, flag]);
  return Number(stderr) / 1000;
}
