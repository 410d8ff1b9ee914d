import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { edi } from '../formats/tables/command.ts';

const golden = (name: string) => fileURLToPath(new URL(`../mappings/x12/golden/${name}`, import.meta.url));
const objects = (out: string) =>
  out
    .trimEnd()
    .split('\n')
    .map((line): Record<string, unknown> => JSON.parse(line));

const ORDER = {
  kind: 'PurchaseOrder',
  action: 'create',
  number: '45001122',
  date: '2026-11-03',
  branch: 'OSLO',
  supplier: { number: '50017', name: 'Nord Supply' },
  lines: [{ action: 'add', number: '1', item: 'B-10', quantity: '2', unit: 'EA', unitPrice: '9.5' }],
};

let folder = '';
const at = (name: string) => join(folder, name);

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edi-maps-'));
  const x12 =
    '  envelope: { sender: { qualifier: ZZ, id: US }, receiver: { qualifier: "08", id: THEM }, lineBreak: lf }';
  const edifact =
    '  envelope: { sender: { qualifier: "14", id: "1" }, receiver: { qualifier: "14", id: "2" }, lineBreak: lf }';
  const eancom2002 =
    '  envelope: { sender: { qualifier: "14", id: "1" }, receiver: { qualifier: "14", id: "2" }, lineBreak: lf,\n' +
    '    release: D:01B:UN, messages: { ORDERS: "D:01B:UN:EAN010" } }';
  await writeFile(at('eancom-2002.yaml'), `partner: Acme\nedifact:\n${eancom2002}\n`);
  await writeFile(at('x12.yaml'), `partner: Acme\nx12:\n${x12}\n`);
  await writeFile(at('edifact.yaml'), `partner: Acme\nedifact:\n${edifact}\n`);
  await writeFile(at('nobody.yaml'), 'partner: Acme\n');
});

after(() => rm(folder, { recursive: true }));

test('edi map prints a document a line, with what is unmapped, and closes with group and interchange', async () => {
  const { code, out } = await edi(['map', golden('860-cancel.edi')]);
  const [set, group, interchange] = objects(out);
  assert.equal(code, 0);
  assert.deepEqual(set, {
    file: golden('860-cancel.edi'),
    standard: 'X12',
    interchange: '000000905',
    group: '7',
    set: { type: '860', control: '0001', accepted: 'A' },
    outcome: 'read',
    document: {
      kind: 'PurchaseOrder',
      action: 'cancel',
      number: '45001122',
      change: '4',
      date: '2026-11-03',
      lines: [],
    },
    unmapped: [
      { position: 2, tag: 'BCH', element: 2, repetition: 1, component: 1 },
      { position: 3, tag: 'POC', element: 4, repetition: 1, component: 1 },
      { position: 4, tag: 'POC', element: 4, repetition: 1, component: 1 },
    ],
    findings: [],
  });
  assert.deepEqual([group?.group, group?.accepted, interchange?.accepted], ['7', 'A', 'A']);
});

test('edi map reads stdin, and ends with 1 when a document is refused', async () => {
  const { code, out } = await edi(['map'], {}, readFileSync(golden('810-line-tax.edi')));
  const [set] = objects(out);
  assert.deepEqual([code, set?.outcome, set?.document], [1, 'refused', undefined]);
  const findings = set?.findings as { code: string; message: string }[];
  const sums = findings.find((one) => one.code === 'sums-differ');
  assert.equal(sums?.message, 'The document adds up to 20.00, it says 25.00.');
});

test('edi map says it when the trailer rejects what was mapped before', async () => {
  const text = readFileSync(golden('860-cancel.edi'), 'latin1').replace('IEA*1*000000905', 'IEA*1*000000906');
  const { code, out } = await edi(['map', '-'], {}, text);
  const [set, , interchange] = objects(out);
  assert.deepEqual([code, set?.outcome, interchange?.accepted], [1, 'read', 'R']);
});

test('edi map reads a TRADACOMS file with its header and trailer', async () => {
  const file = fileURLToPath(new URL('../mappings/tradacoms/golden/orders-two-in-a-file.edi', import.meta.url));
  const { code, out, error } = await edi(['map', file]);
  assert.equal(code, 0, error);
  const sets = objects(out).filter((line) => line.set !== undefined);
  assert.deepEqual(
    sets.map(({ set, outcome }) => [(set as { type: string }).type, outcome]),
    [
      ['ORDHDR', 'frame'],
      ['ORDERS', 'read'],
      ['ORDERS', 'read'],
      ['ORDTLR', 'frame'],
    ],
  );
});

test('edi map ends with 2 for what is no EDI, and with 3 for what is not there', async () => {
  assert.equal((await edi(['map', at('x12.yaml')])).code, 2);
  assert.equal((await edi(['map', at('none.edi')])).code, 3);
});

test('edi build prints an interchange, and says beside it what is lost', async () => {
  const { code, out, error } = await edi(
    ['build', '--profile', at('x12.yaml'), '--control', '42'],
    {},
    JSON.stringify(ORDER),
  );
  const lines = out.trimEnd().split('\n');
  assert.equal(code, 0, error);
  assert.equal(error, 'document 1: branch has no place in the set\n');
  assert.match(
    lines[0]!,
    /^ISA\*00\* {10}\*00\* {10}\*ZZ\*US {13}\*08\*THEM {11}\*\d{6}\*\d{4}\*U\*00401\*000000042\*0\*P\*>~$/,
  );
  assert.match(lines[1]!, /^GS\*PO\*US\*THEM\*\d{8}\*\d{4}\*42\*X\*004010~$/);
  assert.deepEqual(lines.slice(2), [
    'ST*850*0001~',
    'BEG*00*SA*45001122**20261103~',
    'N1*SU*Nord Supply*92*50017~',
    'PO1*1*2*EA*9.5**BP*B-10~',
    'CTT*1~',
    'SE*6*0001~',
    'GE*1*42~',
    'IEA*1*000000042~',
  ]);
});

test('edi build takes what edi map prints, and puts sets of one kind into one group', async () => {
  const mapped = await edi(['map', golden('810-short.edi'), golden('855-accepted.edi'), golden('855-split.edi')]);
  const documents = mapped.out.split('\n').filter((line) => line.includes('"outcome":"read"'));
  const { code, out, error } = await edi(['build', '--profile', at('x12.yaml')], {}, documents.join('\n'));
  assert.equal(code, 0, error);
  const frame = out.split('\n').filter((line) => /^(GS|ST|GE)/.test(line));
  assert.deepEqual(
    frame.map((line) => line.split('*').slice(0, 2).join('*')),
    ['GS*PR', 'ST*855', 'ST*855', 'GE*2'],
  );
});

test('edi build writes EDIFACT where the profile has its envelope', async () => {
  const { code, out, error } = await edi(['build', '--profile', at('edifact.yaml')], {}, JSON.stringify(ORDER));
  const lines = out.split('\n');
  assert.equal(code, 0, error);
  assert.match(lines[1]!, /^UNB\+UNOC:3\+1:14\+2:14\+\d{6}:\d{4}\+1'$/);
  assert.deepEqual(lines.slice(2, 4), ["UNH+1+ORDERS:D:96A:UN'", "BGM+220+45001122+9'"]);
});

test('edi build writes the directory that the profile names, as that has it', async () => {
  const line = { ...ORDER.lines[0], ids: [{ scheme: 'gtin', value: '7080000000018' }] };
  const order = JSON.stringify({ ...ORDER, lines: [line] });
  const inD01B = await edi(['build', '--profile', at('eancom-2002.yaml')], {}, order);
  assert.equal(inD01B.code, 0, inD01B.error);
  const about = (out: string) => out.split('\n').filter((one) => /^(UNH|LIN)/.test(one));
  assert.deepEqual(about(inD01B.out), ["UNH+1+ORDERS:D:01B:UN:EAN010'", "LIN+1++7080000000018:SRV'"]);
  const inD96A = await edi(['build', '--profile', at('edifact.yaml')], {}, order);
  assert.deepEqual(about(inD96A.out), ["UNH+1+ORDERS:D:96A:UN'", "LIN+1++7080000000018:EN'"]);
});

test('edi build refuses a message that is not written in the directory that the profile names', async () => {
  const payment = {
    kind: 'Remittance',
    number: 'PAY1',
    supplier: { number: '50017' },
    date: '2026-11-03',
    total: '100',
    settlements: [{ invoice: 'A1', amount: '100' }],
  };
  const { code, out, error } = await edi(
    ['build', '--profile', at('eancom-2002.yaml')],
    {},
    JSON.stringify([ORDER, payment]),
  );
  assert.deepEqual([code, out], [1, '']);
  assert.match(error, /^document 2: refused: REMADV is written in D\.96A, not in D\.01B\.$/m);
});

test('edi build writes nothing when a document is refused', async () => {
  const orders = [ORDER, { ...ORDER, number: 'P'.repeat(23) }];
  const { code, out, error } = await edi(['build', '--profile', at('x12.yaml')], {}, JSON.stringify(orders));
  assert.deepEqual([code, out], [1, '']);
  assert.match(error, /^document 2: refused: number: The value does not fit/m);
});

test('edi build needs an envelope and canonical documents', async () => {
  const nobody = await edi(['build', '--profile', at('nobody.yaml')], {}, JSON.stringify(ORDER));
  assert.deepEqual([nobody.code, nobody.out], [3, '']);
  assert.match(nobody.error, /must have one `envelope`/);
  const { kind: _, ...rest } = ORDER;
  const unclear = await edi(['build', '--profile', at('x12.yaml')], {}, JSON.stringify(rest));
  assert.deepEqual([unclear.code, unclear.out], [3, '']);
  const wrong = await edi(['build', '--profile', at('x12.yaml')], {}, JSON.stringify({ ...ORDER, date: '3.11.2026' }));
  assert.match(wrong.error, /Document 1 is no canonical document \(date: /);
});
