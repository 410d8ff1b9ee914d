import assert from 'node:assert/strict';
import test from 'node:test';
import { isa, set850, tell, x12 } from './samples.ts';

const CLEAN = x12([set850('0001'), set850('0002')]);
const SETS = ['0001', '0002'];

async function controls(file: Buffer | string): Promise<{ sets: string[]; codes: readonly string[] }> {
  const told = await tell(file);
  return { sets: told.sets.map(({ header }) => header.control), codes: told.codes };
}

test('a clean interchange has its sets and no finding', async () => {
  const told = await tell(CLEAN);
  assert.deepEqual(told.codes, []);
  assert.deepEqual(
    told.sets.map(({ header, segments, verdict }) => [header.type, header.control, segments, verdict]),
    [
      ['850', '0001', 4, 'A'],
      ['850', '0002', 4, 'A'],
    ],
  );
  assert.equal(told.groups[0]?.verdict, 'A');
  assert.equal(told.interchanges[0]?.header.sender.id, 'SENDER');
});

/** The envelope's troubles that files really have: in each, no set may be lost. */
const TROUBLES: readonly (readonly [name: string, file: Buffer | string, codes: readonly string[]])[] = [
  ['an ISA whose blanks were collapsed', CLEAN.replace(/ +/g, ' '), ['header-length']],
  ['an ISA with a sender too long by one', CLEAN.replace('SENDER  ', 'SENDER   '), ['header-length']],
  ['a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(CLEAN)]), ['byte-order-mark']],
  ['lines of 80 columns', wrap(CLEAN, 80), ['wrapped']],
  [
    'lines of 80 columns, the last one padded',
    `${wrap(CLEAN.padEnd(Math.ceil(CLEAN.length / 80) * 80), 80)}\r\n`,
    ['wrapped'],
  ],
  [
    'lines of 80 columns, the last one padded, blank lines after it',
    `${wrap(CLEAN.padEnd(Math.ceil(CLEAN.length / 80) * 80), 80)}\r\n\r\n\r\n`,
    ['wrapped'],
  ],
  ['lines of 80 columns with CR alone', wrap(CLEAN, 80).replaceAll('\n', ''), ['wrapped']],
  ['lines of 50 columns, cut inside the ISA', wrap(CLEAN, 50), ['wrapped']],
  ['CRLF after terminators', CLEAN.replaceAll('~', '~\r\n'), []],
  ['CR after terminators', CLEAN.replaceAll('~', '~\r'), []],
  ['newline as terminator', CLEAN.replaceAll('~', '\n'), []],
  ['CRLF as terminator', CLEAN.replaceAll('~', '\r\n'), []],
  ['blanks before tags', CLEAN.replaceAll('~', '~  '), []],
  ['NUL and SUB at the end', `${CLEAN}\0\0\x1a`, []],
  ['a last segment without terminator', CLEAN.slice(0, -1), ['terminator-missing']],
  [
    'a last segment without terminator, a line break and padding after it',
    `${CLEAN.slice(0, -1)}\r\n  \0\x1a`,
    ['terminator-missing'],
  ],
  ['noise before the interchange', `X-Mailer: VISA*card\r\n\r\n${CLEAN}`, ['noise-skipped']],
  ['noise after the interchange', `${CLEAN}\r\n-- \r\nsent by FTP`, ['noise-skipped']],
  ['ISA in data', CLEAN.replace('SA*PO1', 'SA*ISA*00*1'), []],
  ['UNB and STX as tags of a set', CLEAN.replace('CUR*BY*NOK', 'UNB*1~STX*2').replace('SE*4', 'SE*5'), []],
  ['UNB+ in data', CLEAN.replace('CUR*BY*NOK', 'UNB+a*1'), ['tag-invalid']],
  ['a missing IEA', CLEAN.replace(/IEA.*$/, ''), ['interchange-trailer-missing']],
  ['a missing GE', CLEAN.replace(/GE\*2\*1~/, ''), ['group-trailer-missing']],
  ['a missing SE', CLEAN.replace('SE*4*0001~', ''), ['set-trailer-missing']],
  ['sets without GS', CLEAN.replace(/GS.*?~/, '').replace('GE*2*1~IEA*1', 'IEA*0'), ['group-header-missing']],
  ['sets without any envelope', set850('0001') + set850('0002'), ['interchange-header-missing']],
  ['a group without ISA', CLEAN.slice(106).replace(/IEA.*$/, ''), ['interchange-header-missing']],
  [
    'an IEA with another control number',
    CLEAN.replace('IEA*1*000000905', 'IEA*1*000000906'),
    ['interchange-control-differs'],
  ],
  ['an IEA with fewer zeros', CLEAN.replace('IEA*1*000000905', 'IEA*1*905'), ['control-zeros']],
  ['an IEA with a wrong count', CLEAN.replace('IEA*1', 'IEA*2'), ['interchange-count-differs']],
  ['a GE with a wrong count', CLEAN.replace('GE*2', 'GE*3'), ['set-count-differs']],
  ['a GE with another control number', CLEAN.replace('GE*2*1', 'GE*2*7'), ['group-control-differs']],
  ['an SE with a wrong count', CLEAN.replace('SE*4*0001', 'SE*9*0001'), ['segment-count-differs']],
  ['an SE with another control number', CLEAN.replace('SE*4*0001', 'SE*4*0009'), ['set-control-differs']],
  ['counts with leading zeros', CLEAN.replace('GE*2', 'GE*0002').replace('IEA*1', 'IEA*00001'), []],
  ['a segment between the sets', CLEAN.replace('ST*850*0002', 'REF*XX*1~ST*850*0002'), ['segment-outside-set']],
  ['a control character in data', CLEAN.replace('CUR*BY*NOK', 'CUR*BY*N\tK'), ['character-invalid']],
  ['a tag in lower case', CLEAN.replace('CUR*BY', 'cur*BY'), ['tag-invalid']],
  ['an empty segment', CLEAN.replace('CUR*BY*NOK~', 'CUR~'), ['segment-empty']],
  ['terminators side by side', CLEAN.replace('CUR*BY*NOK~', 'CUR*BY*NOK~~~'), ['empty-segments']],
  ['a version that is none', CLEAN.replace('00401', '00991'), ['version-unknown']],
  ['an ISA14 that is neither yes nor no', CLEAN.replace('*0*P*', '*X*P*'), ['request-invalid']],
];

for (const [name, file, codes] of TROUBLES) {
  test(`no set is lost to ${name}`, async () => {
    assert.deepEqual(await controls(file), { sets: SETS, codes });
  });
}

test('a second interchange may have other delimiters, and several may follow each other', async () => {
  const other = x12([set850('0003')], { control: '000000906' })
    .replaceAll('*', '|')
    .replaceAll('~', '!');
  assert.deepEqual(await controls(`${CLEAN}\r\n${other}`), { sets: ['0001', '0002', '0003'], codes: [] });
  const cutOff = CLEAN.replace(/GE\*.*$/, '');
  assert.deepEqual(await controls(cutOff + other), {
    sets: ['0001', '0002', '0003'],
    codes: ['group-trailer-missing', 'interchange-trailer-missing'],
  });
});

test('delimiters that are alphanumeric or equal are refused, and the next interchange is read', async () => {
  for (const parts of [
    { isa11: '*', version: '00501' },
    { component: 'A' },
    { component: '*' },
    { terminator: '>' },
    { terminator: ' ' },
  ]) {
    const told = await tell(isa(parts) + CLEAN);
    assert.ok(told.codes.includes('delimiters-refused'), JSON.stringify(parts));
    assert.equal(told.sets.length, 2);
  }
});

test('repeated control numbers of interchanges, groups and sets are found within a file', async () => {
  const told = await tell(CLEAN + x12([set850('0001'), set850('0001')]));
  assert.deepEqual(told.codes, ['interchange-repeated', 'set-repeated']);
  const group = /GS.*GE\*2\*1~/.exec(CLEAN)?.[0] ?? '';
  const twice = CLEAN.replace(group, group + group).replace('IEA*1', 'IEA*2');
  assert.deepEqual((await tell(twice)).codes, ['group-repeated']);
});

test('an interchange seen in an earlier file is told from another one with the same number', async () => {
  const first = (await tell(CLEAN, { seen: () => undefined })).interchanges[0];
  assert.match(first?.hash ?? '', /^[0-9a-f]{64}$/);
  const seen = () => first?.hash;
  assert.deepEqual((await tell(CLEAN.replaceAll('~', '~\r\n'), { seen })).codes, ['interchange-seen-same']);
  assert.deepEqual((await tell(CLEAN.replace('NOK', 'SEK'), { seen })).codes, ['interchange-seen-other']);
});

test('ISA11 repeats elements from version 00402 on, and only when it can', async () => {
  const read = async (version: string, isa11: string) => {
    const told = await tell(x12([set850('0001', ['REF*A^B*C>D'])], { version, isa11 }));
    return told.segments.find((segment) => segment.startsWith('REF'));
  };
  assert.equal(await read('00401', '^'), 'REF A^B|C/D');
  assert.equal(await read('00501', '^'), 'REF A & B|C/D');
  for (const isa11 of ['U', ' ', '>']) assert.equal(await read('00501', isa11), 'REF A^B|C/D');
});

test('a binary segment is passed over by its length, whatever stands in it', async () => {
  const told = await tell(x12([set850('0001', ['BIN*9*a~b*SE*~\n', 'BDS*ASC*5*~~~~~', 'CUR*BY*NOK'])]));
  assert.deepEqual(told.codes, []);
  assert.ok(told.segments.includes('BIN 9|a~b*SE*~\n'));
  assert.ok(told.segments.includes('CUR BY|NOK'));
});

test('a broken set leaves its neighbours alone, and its group is accepted in part', async () => {
  const told = await tell(x12([set850('0001'), set850('0002').replace('SE*4', 'SE*5'), set850('0003')]));
  assert.deepEqual(
    told.sets.map(({ verdict }) => verdict),
    ['A', 'R', 'A'],
  );
  const [group] = told.groups;
  assert.deepEqual([group?.verdict, group?.received, group?.accepted, group?.claimed], ['P', 3, 2, 3]);
});

test('the trailer of a group is no segment of the set that did not end', async () => {
  const { sets, segments } = await tell(CLEAN.replace('SE*4*0002~', ''));
  assert.deepEqual(
    sets.map(({ segments }) => segments),
    [4, 3],
  );
  assert.equal(sets[1]?.findings[0]?.segment, 3);
  assert.ok(segments.includes('GE 2|1'));
});

test('a group that cannot be named rejects its interchange, since nothing could be said of it', async () => {
  for (const header of ['GS*PO*S*R*20260101*1200**X*004010', 'GS**S*R*20260101*1200*1*X*004010', 'GS']) {
    const { interchanges, sets, findings } = await tell(CLEAN.replace(/GS\*PO.*?(?=~)/, header));
    assert.deepEqual([interchanges[0]?.verdict, sets.length], ['R', 2]);
    assert.ok(findings.some(({ code, ackCode }) => code === 'group-unreadable' && ackCode === '024'));
  }
});

test('data that begins like a header is none', async () => {
  for (const data of ['ISA*00*', 'ISA*1*2*3*4*5*6*7*8*9*10*11*12*13*14*15*>~', 'GS*PO*x', 'UNB+x', 'UNA', 'STX=']) {
    const { sets, interchanges } = await tell(CLEAN.replace('CUR*BY*NOK', `CUR*BY~${data}`));
    assert.deepEqual([interchanges.length, sets.map(({ header }) => header.control)], [1, SETS], data);
  }
});

test('what only looks like a set in the open is none', async () => {
  assert.deepEqual((await tell('ST;ABC;DEF\nST;IL;Chicago\nGS;a;b;c;d;e;f;g;h\n')).codes, ['noise-skipped']);
});

test('a group that does not close rejects the sets that were accepted before', async () => {
  const told = await tell(CLEAN.replace('GE*2*1~', ''));
  assert.deepEqual(
    told.sets.map(({ verdict }) => verdict),
    ['A', 'A'],
  );
  assert.deepEqual([told.groups[0]?.verdict, told.groups[0]?.accepted], ['R', 0]);
});

test('a finding says where: byte, segment, tag and element, and keeps the value out of its message', async () => {
  const told = await tell(CLEAN.replace('CUR*BY*NOK', 'CUR*BY*N\x07K'));
  const [finding] = told.findings;
  assert.equal(finding?.offset, CLEAN.indexOf('NOK'));
  assert.deepEqual([finding?.segment, finding?.tag, finding?.element, finding?.ackCode], [3, 'CUR', 2, '6']);
  assert.equal(finding?.value, 'N\x07K');
  assert.ok(!finding?.message.includes('\x07'));
});

test('offsets are those of the file as it came, wrapped or with a byte order mark', async () => {
  const wrapped = wrap(CLEAN.replace('SE*4*0002', 'SE*5*0002'), 80);
  const [finding] = (await tell(wrapped)).sets[1]?.findings ?? [];
  assert.equal(wrapped.slice(finding?.offset).replaceAll(/\r\n/g, '').slice(0, 6), '5*0002');
});

test('a byte order mark and the wrapping are noted at the first byte', async () => {
  const file = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(wrap(CLEAN, 80))]);
  const found = (await tell(file)).findings.map(({ code, offset }) => [code, offset]);
  assert.deepEqual(found, [
    ['byte-order-mark', 0],
    ['wrapped', 0],
  ]);
});

test('UTF-16 and EBCDIC are named and refused, with line breaks before them as well', async () => {
  const utf16 = Buffer.from(`\r\n${CLEAN}`, 'utf16le');
  const ebcdic = Buffer.from([0x0d, 0x25, 0xc9, 0xe2, 0xc1, 0x5c, 0xf0, 0xf0, 0x5c]);
  const unb = Buffer.from([0xe4, 0xd5, 0xc2, 0x4e]);
  for (const file of [utf16, Buffer.from(utf16).swap16(), Buffer.from([0xff, 0xfe]), ebcdic, unb]) {
    const { codes, sets } = await tell(file);
    assert.deepEqual([codes, sets], [['encoding-refused'], []]);
  }
});

test('an empty file holds no interchange and no finding', async () => {
  assert.deepEqual((await tell('')).log, ['{"kind":"file-closed","interchanges":0,"findings":[]}']);
});

test('severities are those agreed with the partner', async () => {
  const told = await tell(CLEAN.replace('GE*2', 'GE*3'), { severities: { 'set-count-differs': 'note' } });
  assert.equal(told.groups[0]?.verdict, 'A');
});

test('sets of a type that is not taken are rejected', async () => {
  const told = await tell(CLEAN, { supports: ({ set }) => set.control !== '0002' });
  assert.deepEqual(
    told.sets.map(({ verdict }) => verdict),
    ['A', 'R'],
  );
  assert.deepEqual(told.codes, ['set-unsupported']);
});

function wrap(text: string, width: number): string {
  return text.match(new RegExp(`[^]{1,${width}}`, 'g'))?.join('\r\n') ?? '';
}
