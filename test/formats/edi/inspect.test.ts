import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { tradacoms } from '../tradacoms/file.ts';
import { ORDERS as MESSAGE, set850 as setOf, x12 } from './samples.ts';

const MAIN = fileURLToPath(new URL('../../../cli/main.ts', import.meta.url));
const SECRET = 'NO9386011117947';
/** A purchase order with what its table wants. */
const set850 = (control: string, lines: readonly string[] = []) =>
  setOf(control, ['BEG*00*SA*PO1**20260101', ...lines, 'PO1*1*5*EA*1.00']);
const ORDERS = MESSAGE.replace('FTX', "DTM+137:20260101:102'FTX").replace('UNT+4', "UNS+S'UNT+6");
const TRADACOMS = tradacoms([
  ['ORDHDR', 'TYP=0430', 'SDT=5000000000002', 'CDT=5000000000001', 'FIL=1+1+260101'],
  ['ORDERS', 'CLO=5000000000003', 'ORD=1::260101', 'OLD=1+5000000000017+++1+1', 'OTR=1'],
  ['ORDTLR', 'OFT=1'],
]);
const CLEAN = x12([set850('0001')]);
const FAULTY = x12([set850('0001'), set850('0002', [`REF*AC*${SECRET}\t`, SECRET, `${SECRET}*1`])]);

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inspect-'));
});
after(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

const inspect = (args: readonly string[], input = '') => edi(['inspect', ...args], input);

async function edi(args: readonly string[], input = ''): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, 'edi', ...args], { stdio: 'pipe' });
  let [out, error] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    error += text;
  });
  child.stdin.end(input, 'latin1');
  const [code] = await once(child, 'close');
  return { code, out, error };
}

async function fileOf(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text, 'latin1');
  return path;
}

test('edi inspect writes one JSON object for each interchange, of any standard', async () => {
  const { code, out } = await inspect(['--json', await fileOf('mixed.edi', CLEAN + ORDERS + TRADACOMS)]);
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.equal(code, 0);
  assert.deepEqual(
    lines.map(({ standard }) => standard),
    ['X12', 'EDIFACT', 'TRADACOMS'],
  );
  const [{ sender, receiver, control, version, groups }, edifact] = lines;
  assert.deepEqual([sender, receiver, control, version], ['SENDER', 'RECEIVER', '000000905', '00401']);
  const [group] = groups;
  assert.deepEqual([group.functionalId, group.control], ['PO', '1']);
  assert.deepEqual(group.sets, [{ type: '850', control: '0001', segments: 4, accepted: 'A', findings: [] }]);
  assert.deepEqual([edifact.groups[0].functionalId, edifact.groups[0].control], [null, null]);
});

test('each line has the same members, whatever stands in the file', async () => {
  const grouped = `${CLEAN.replace('GE*1', 'GE*9')}${set850('0009')}`;
  const batched = TRADACOMS.replace('MHD=1', "BAT=7'MHD=1").replace('END=3', "EOB=3'END=3");
  const { out } = await inspect(['--json', await fileOf('all.edi', `x y ${grouped}${batched}`), '-'], 'no EDI');
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const members = ['file', 'standard', 'version', 'sender', 'receiver', 'control', 'groups', 'findings'];
  for (const line of lines) assert.deepEqual(Object.keys(line), members);
  assert.deepEqual(
    lines.map(({ standard, control, groups }) => [standard, control, groups.length]),
    [
      ['X12', '000000905', 1],
      ['X12', null, 1],
      ['TRADACOMS', 'REF9', 1],
      [null, null, 0],
      [null, null, 0],
    ],
  );
  const [x12Line, bare, batch] = lines;
  assert.deepEqual(Object.keys(x12Line.groups[0]), ['functionalId', 'control', 'sets']);
  assert.deepEqual(Object.keys(x12Line.groups[0].sets[0]), ['type', 'control', 'segments', 'accepted', 'findings']);
  assert.deepEqual([x12Line.findings[0].code, x12Line.findings[0].severity], ['set-count-differs', 'reject']);
  assert.deepEqual([bare.groups[0].functionalId, bare.groups[0].control], [null, null]);
  assert.deepEqual([batch.groups[0].functionalId, batch.groups[0].control], [null, '7']);
  const finding = Object.keys(x12Line.findings[0]);
  assert.deepEqual(finding, [
    ...['layer', 'severity', 'code', 'ackCode', 'offset', 'segment', 'tag', 'element', 'component', 'repetition'],
    'message',
  ]);
});

test('edi inspect reads an empty file, and ends quietly when nobody listens', async () => {
  assert.equal((await inspect([await fileOf('empty.edi', '')])).code, 2);
  assert.equal((await inspect([folder])).code, 3);
  const path = await fileOf('many.edi', CLEAN.replace('CUR*BY', 'CUR*B\tY').repeat(2000));
  const child = spawn(process.execPath, [MAIN, 'edi', 'inspect', '--json', path], { stdio: 'pipe' });
  let error = '';
  child.stderr.on('data', (text) => {
    error += text;
  });
  child.stdout.once('data', () => child.stdout.destroy());
  await once(child, 'close');
  assert.equal(error, '');
});

test('edi inspect ends with 1 when something is wrong, and shows values only on request', async () => {
  const path = await fileOf('faulty.edi', FAULTY);
  for (const layout of [[], ['--json']]) {
    const hidden = await inspect([...layout, path]);
    assert.equal(hidden.code, 1);
    assert.match(hidden.out, /character-invalid/);
    assert.ok(!hidden.out.includes(SECRET));
    assert.ok((await inspect([...layout, '--values', path])).out.includes(SECRET));
  }
});

test('edi inspect reads standard input', async () => {
  const { code, out } = await inspect(['-'], CLEAN);
  assert.equal(code, 0);
  assert.match(out, /X12 00401 from SENDER to RECEIVER, interchange 000000905/);
});

test('edi inspect ends with 2 for a file that is no EDI, UTF-16 included', async () => {
  assert.equal((await inspect(['-'], 'number;name\n1;Acme\n')).code, 2);
  const utf16 = Buffer.from(`\ufeff${CLEAN}`, 'utf16le').toString('latin1');
  const { code, out } = await inspect(['-'], utf16);
  assert.equal(code, 2);
  assert.match(out, /encoding-refused/);
});

test('edi inspect ends with 3 for a file that cannot be read, and for a call that makes no sense', async () => {
  const { code, error } = await inspect([join(folder, 'none.edi')]);
  assert.equal(code, 3);
  assert.match(error, /ENOENT/);
  assert.equal((await inspect(['--colour'])).code, 3);
});

test('edi ack prints what would be sent, and says that TRADACOMS has no acknowledgment', async () => {
  const x12Answer = await edi(['ack', '--control', '77'], FAULTY);
  assert.equal(x12Answer.code, 1);
  assert.match(x12Answer.out, /^ISA.*IEA\*1\*000000077~\n$/s);
  assert.match(x12Answer.out, /AK2\*850\*0001~AK5\*A~.*AK9\*E\*2\*2\*2~/);
  assert.match((await edi(['ack'], ORDERS)).out, /UCI\+REF1.*\+7'UCM/);
  const none = await edi(['ack'], TRADACOMS);
  assert.equal(none.out, '');
  assert.match(none.error, /TRADACOMS has no syntax acknowledgment/);
  assert.equal((await edi(['ack', '--form', '824'], CLEAN)).code, 3);
});
