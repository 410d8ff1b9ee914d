import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { readTables } from '../../../cli/edi/tables-folder.ts';
import { TableShelf } from '../../../formats/tables/shelf.ts';
import { WrittenChecker } from '../../../formats/tables/written-checker.ts';
import { isa } from '../edi/samples.ts';
import { edi } from './command.ts';

/** Inventory advice, as a licensee might describe it: one file, and no code. */
const TABLE_846 = {
  standard: 'X12',
  set: '846',
  group: 'IB',
  release: '004010',
  closed: true,
  sources: ['a guide'],
  body: [
    'BIA 1 1',
    { loop: 'LIN', min: 1, max: '*', body: ['LIN 1 1', { loop: 'QTY', min: 1, max: 5, body: ['QTY 1 1', 'DTM 0 1'] }] },
    'CTT 0 1',
  ],
  segments: {
    BIA: ['353 ID 2 2 M', '755 ID 2 2 M', '127 AN 1 30 M', '373 DT 8 8 M'],
    QTY: ['673 ID 2 2 M', '380 R 1 15 M'],
  },
};

const PROFILE = `
partner: Acme
sets:
  '846':
    releases: ['004010']
    changes:
      BIA.03: 127 AN 1 8
      QTY.01: { codes: ['33'] }
      LIN/QTY/DTM: 1 1
`;

const set846 = (lines: readonly string[]) => {
  const segments = ['ST*846*0001', ...lines, `SE*${lines.length + 2}*0001`].map((line) => `${line}~`).join('');
  return `${isa()}GS*IB*S*R*20260101*1200*1*X*004010~${segments}GE*1*1~IEA*1*000000905~`;
};
const CLEAN = ['BIA*00*MM*ADVICE1*20260101', 'LIN**VN*1', 'QTY*33*5', 'DTM*007*20260101', 'CTT*1'];
const FAULTY = ['BIA*00*MM**20260101', 'LIN**VN*1', 'QTY*33*x', 'REF*DP*1'];

let folder = '';
const file = (name: string) => join(folder, name);
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tables-'));
  await writeFile(file('846.json'), JSON.stringify(TABLE_846));
  await writeFile(file('acme.profile'), PROFILE);
  await writeFile(file('clean.edi'), set846(CLEAN));
  await writeFile(file('faulty.edi'), set846(FAULTY));
});
after(() => rm(folder, { recursive: true, force: true }));

test('a table dropped into a folder is read by: inspect', async () => {
  const clean = await edi(['inspect', '--json', '--tables', folder, file('clean.edi')]);
  assert.deepEqual([clean.code, JSON.parse(clean.out).groups[0].sets[0].findings], [0, []]);
  const faulty = await edi(['inspect', '--json', file('faulty.edi')], { ML_CONNECTOR_EDI_TABLES: folder });
  assert.equal(faulty.code, 1);
  assert.deepEqual(
    JSON.parse(faulty.out).groups[0].sets[0].findings.map(
      ({ code, tag }: { code: string; tag: string }) => `${code} ${tag}`,
    ),
    ['element-missing BIA', 'element-type QTY', 'segment-unknown REF'],
  );
  const without = await edi(['inspect', '--json', file('faulty.edi')]);
  assert.deepEqual(without.code, 0);
});

test('a table dropped into a folder is read by: ack', async () => {
  const { out } = await edi(['ack', '--tables', folder, file('faulty.edi')]);
  assert.match(
    out,
    /AK2\*846\*0001~AK3\*BIA\*2\*\*8~AK4\*3\*127\*1~AK3\*QTY\*4\*\*8~AK4\*2\*380\*6\*x~AK3\*REF\*5\*\*6~AK5\*R\*5~AK9\*R\*1\*1\*0~/,
  );
});

test('a table dropped into a folder is read by: check, which says what the partner would complain about', async () => {
  const clean = await edi(['check', '--tables', folder, '--profile', file('acme.profile'), file('clean.edi')]);
  assert.equal(clean.out, `${file('clean.edi')}: Acme has nothing to complain about in 1 set.\n`);
  assert.equal(clean.code, 0);
  const other = set846(['BIA*00*MM*TOO-LONG-A-NUMBER*20260101', 'LIN**VN*1', 'QTY*17*5', 'CTT*1']);
  await writeFile(file('other.edi'), other);
  const told = await edi(['check', '--tables', folder, '--profile', file('acme.profile'), file('other.edi')]);
  assert.equal(told.code, 1);
  assert.deepEqual(
    told.out.split('\n').map((line) => line.replace(`${file('other.edi')}: `, '')),
    [
      '846 0001 would be rejected:',
      '  segment 2, BIA03: The value is longer than the 8 characters that it may have. Acme asks for this.',
      '  segment 4, QTY01: The value is none of the codes that may stand here: 33. Acme asks for this.',
      '  segment 5, DTM: DTM must stand here and is missing. Acme asks for this.',
      'Acme would accept 0 of 1 set.',
      '',
    ],
  );
});

test('a table dropped into a folder is what a set is checked by before it is written', async () => {
  const shelf = new TableShelf(await readTables(folder));
  const found = shelf.find({ standard: 'X12', type: '846', release: '004010' });
  assert.ok(found);
  const checker = new WrittenChecker(found.graph);
  const told = (lines: readonly string[]) => {
    for (const line of lines) {
      const [tag = '', ...elements] = line.split('*');
      checker.take({ tag, elements });
    }
    return checker.end().map(({ code, tag, segment }) => `${code} ${tag} ${segment}`);
  };
  assert.deepEqual(told(CLEAN), []);
  assert.deepEqual(told(FAULTY), ['element-missing BIA 2', 'element-type QTY 4', 'segment-unknown REF 5']);
});

test('a table dropped into a folder is read by: build, which writes nothing that it finds fault with', async () => {
  const own = await mkdtemp(join(tmpdir(), 'tables-'));
  const order = {
    ...{ kind: 'PurchaseOrder', action: 'create', number: '45001122', date: '2026-11-03' },
    supplier: { number: '50017' },
    lines: [{ action: 'add', number: '1', item: 'B-10', quantity: '2', unit: 'EA', unitPrice: '9.5' }],
  };
  const about = { standard: 'X12', set: '850', group: 'PO', release: '004010', closed: false, sources: ['a guide'] };
  const lines = ['N1 0 *', { loop: 'PO1', min: 1, max: '*', body: ['PO1 1 1'] }, 'CTT 0 1'];
  const buildBy = async (body: readonly unknown[]) => {
    await writeFile(join(own, '850.json'), JSON.stringify({ ...about, body }));
    return edi(['build', '--tables', own, '--profile', join(own, 'acme')], {}, JSON.stringify(order));
  };
  const envelope = 'sender: { qualifier: ZZ, id: US }, receiver: { qualifier: ZZ, id: THEM }, lineBreak: lf';
  try {
    await writeFile(join(own, 'acme'), `partner: Acme\nx12: { envelope: { ${envelope} } }\n`);
    const clean = await buildBy(['BEG 1 1', ...lines]);
    assert.deepEqual([clean.code, clean.error], [0, '']);
    assert.match(clean.out, /\nPO1\*1\*2\*EA\*9\.5\*\*BP\*B-10~\n/);
    const refused = await buildBy(['BEG 1 1', 'CUR 1 1', ...lines]);
    assert.deepEqual([refused.code, refused.out], [1, '']);
    assert.match(refused.error, /fault with CUR \(segment 3\): CUR must stand here and is missing/);
  } finally {
    await rm(own, { recursive: true, force: true });
  }
});

test('a profile takes the sets and releases that it names, and acknowledgments', async () => {
  await writeFile(file('other-release.edi'), set846(CLEAN).replace('*X*004010', '*X*005010'));
  const args = ['--tables', folder, '--profile', file('acme.profile')];
  const release = await edi(['inspect', ...args, file('other-release.edi')]);
  assert.match(release.out, /reject: Sets of this type are not taken/);
  await writeFile(
    file('ack.edi'),
    set846(['AK1*PO*1', 'AK9*A*1*1*1']).replace('ST*846', 'ST*997').replace('GS*IB', 'GS*FA'),
  );
  assert.doesNotMatch((await edi(['inspect', ...args, file('ack.edi')])).out, /not taken/);
});

test('a profile says what delimiters and severities were agreed, and how groups are answered', async () => {
  const profile = `${PROFILE}severities: { segment-unknown: note, element-type: note, element-missing: note }
x12: { delimiters: { element: '|' }, acknowledgment: { form: '999', accepted: left-out } }\n`;
  await writeFile(file('mild.profile'), profile);
  const args = ['--tables', folder, '--profile', file('mild.profile'), file('faulty.edi')];
  const told = await edi(['inspect', ...args]);
  assert.match(told.out, /accept-with-error: The interchange uses other delimiters than were agreed/);
  assert.match(told.out, /note: The set has no such segment/);
  assert.match((await edi(['ack', ...args])).out, /ST\*999\*/);
});

for (const [what, content, message] of [
  ['a path that leads nowhere', PROFILE.replace('BIA.03', 'BIA.09'), /846 004010, BIA\.09: there is no such element/],
  [
    'a key that it does not have',
    `${PROFILE}acknowledgement: 997\n`,
    /acme\.profile:10:1 acknowledgement: unknown key/,
  ],
  ['a severity of no finding', `${PROFILE}severities: { unheard-of: note }\n`, /unheard-of/],
  ['no YAML', 'partner: [', /is not valid YAML/],
] as const) {
  test(`a profile with ${what} is refused before a file is read`, async () => {
    const wrong = join(folder, 'wrong');
    await rm(wrong, { recursive: true, force: true });
    const path = file('acme.profile');
    await writeFile(path, content);
    const told = await edi(['check', '--tables', folder, '--profile', path, file('clean.edi')]);
    await writeFile(path, PROFILE);
    assert.equal(told.code, 3);
    assert.match(told.error, message);
    assert.match(told.error, /Next: /);
    assert.equal(told.out, '');
  });
}

test('a table that is not sound is refused, with its file or its path', async () => {
  const broken = await mkdtemp(join(tmpdir(), 'broken-'));
  try {
    await writeFile(join(broken, '846.json'), JSON.stringify({ ...TABLE_846, body: ['BIA 1 x'] }));
    const told = await edi(['inspect', '--tables', broken, file('clean.edi')]);
    assert.deepEqual([told.code, told.out], [3, '']);
    assert.match(told.error, /846 004010, : "BIA 1 x" is no line/);
    await writeFile(join(broken, '846.json'), JSON.stringify({ ...TABLE_846, closed: 'perhaps' }));
    assert.match((await edi(['inspect', '--tables', broken, file('clean.edi')])).error, /846\.json: .*closed/);
  } finally {
    await rm(broken, { recursive: true, force: true });
  }
});

test('a check without a profile, and a profile that is not there, make no sense', async () => {
  assert.equal((await edi(['check', file('clean.edi')])).code, 3);
  const told = await edi(['check', '--profile', file('nobody.profile'), file('clean.edi')]);
  assert.deepEqual([told.code, told.out], [3, '']);
});
