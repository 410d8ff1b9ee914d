import assert from 'node:assert/strict';
import test from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { EdiReader } from '../../../formats/edi/reader.ts';
import { isa, ORDERS, set850, TRADACOMS, tell, x12 } from './samples.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const BINARY = x12([set850('0001', ['BIN*9*a~b*SE*~\n', 'CUR*BY*NOK'])], { control: '000000907' });
const WRAPPED = x12([set850('0001'), set850('0002')]).replace(/.{80}/gs, '$&\r\n');
const FILES: Readonly<Record<string, string>> = {
  x12: x12([set850('0001'), set850('0002').replace('SE*4', 'SE*5')]).replaceAll('~', '~\r\n'),
  'two standards, noise, binary': `noise ${ORDERS}\r\n${BINARY}${TRADACOMS}\0\0`,
  'two standards, trailers missing': `${ORDERS.slice(0, -12)}${BINARY.slice(0, -20)}${TRADACOMS}`,
  wrapped: WRAPPED,
  'UNA, syntax 4': `UNA:+.?*'\r\n${ORDERS.replace('UNOC:3', 'UNOC:4').replace('+9', '+9*10')}`,
  bare: set850('0001') + set850('0002'),
  collapsed: x12([set850('0001')]).replace(/ +/g, ' '),
  'no EDI': 'ISA, UNB and STX walk into a bar\n'.repeat(40),
};

for (const [name, file] of Object.entries(FILES)) {
  test(`a file cut anywhere reads the same: ${name}`, async () => {
    const whole = (await tell(file)).log;
    assert.deepEqual((await tell(file, {}, Array(file.length).fill(1))).log, whole, 'byte by byte');
    for (let cut = 1; cut < file.length; cut += 1) {
      assert.deepEqual((await tell(file, {}, [cut])).log, whole, `cut at ${cut}`);
    }
  });
}

test('any split of any mixture of these files reads the same, with small limits as well', async () => {
  const anyFile = fc.array(fc.constantFrom(...Object.values(FILES)), { minLength: 1, maxLength: 3 });
  const limits = { elementsPerSegment: 5, bytesPerElement: 12, bytesPerSegment: 40 };
  await fc.assert(
    fc.asyncProperty(anyFile, fc.array(fc.integer({ min: 1, max: 90 })), fc.boolean(), async (files, cuts, small) => {
      const settings = small ? { limits } : {};
      const file = files.join('');
      assert.deepEqual((await tell(file, settings, cuts)).log, (await tell(file, settings)).log);
    }),
    { numRuns: 300 },
  );
});

/** Segments between which a reader has to take care: empty, cut off by noise, binary, like a header, long, in other letters. */
const ODD_SEGMENTS = [
  'PO1*1*5*EA*12.50**UP*123456789012~\r\n',
  'N1*ST*Bj\u00f8rn & S\u00f8nner~',
  '~~~ \n~',
  'BIN*9*a~b*SE*~\n~',
  'BIN*x*a~',
  'BDS*A*3*~~~~',
  'ISA*not a header~',
  'ISAX*1~\n\n',
  'A>B*1>2^3*~',
  'REF*DP*a\tb~',
  'LONGTAG*1~',
  '*no tag~',
  'TAG~',
  `MSG*${'x'.repeat(300)}~`,
  `MSG${'*y'.repeat(150)}~`,
  `MSG${'*>z'.repeat(1100)}~`,
];
const ODD_EDIFACT = [
  "FTX+AAI+++5? ?'? ??:b'",
  "LIN+1++?+:EN'\n",
  "ALC:1+A'",
  "''\r\n'",
  "FTX+?\u00e6'",
  "UNB?+'",
  "UNX+1:2*3*4:5'",
];

test('odd segments in any order read the same from one large piece as from small ones', async () => {
  const body = fc.array(fc.constantFrom(...ODD_SEGMENTS), { minLength: 1, maxLength: 40 });
  const edifactBody = fc.array(fc.constantFrom(...ODD_EDIFACT), { minLength: 1, maxLength: 40 });
  const cuts = fc.array(fc.integer({ min: 1, max: 700 }), { maxLength: 60 });
  const limits = { elementsPerSegment: 100, bytesPerElement: 200, bytesPerSegment: 1000 };
  await fc.assert(
    fc.asyncProperty(body, edifactBody, cuts, fc.boolean(), async (lines, edifactLines, pieces, small) => {
      const settings = small ? { limits } : {};
      const set = `ST*850*0001~${lines.join('')}SE*1*0001~`;
      const orders = ORDERS.replace('UNOC:3', 'UNOC:4').replace('BGM', `${edifactLines.join('')}BGM`);
      const file = `UNA:+.?*'${orders}${x12([set, set850('0002')], { isa11: '^', version: '00402' })}`;
      const whole = (await tell(file, settings)).log;
      assert.deepEqual((await tell(file, settings, pieces)).log, whole);
      assert.deepEqual((await tell(file, settings, Array(file.length).fill(1))).log, whole, 'byte by byte');
    }),
    { numRuns: 40 },
  );
});

test('what passes a limit is read past: the set is rejected, its neighbours stand', async () => {
  for (const [limits, line] of [
    [{ bytesPerElement: 100 }, `MSG*${'x'.repeat(101)}`],
    [{ bytesPerElement: 100 }, `BIN*300*${'~'.repeat(300)}`],
    [{ elementsPerSegment: 20 }, `MSG${'*'.repeat(21)}`],
    [{ elementsPerSegment: 20 }, `MSG*${':>'.repeat(21)}`],
    [{ bytesPerSegment: 150, bytesPerElement: 100 }, `MSG*${'x'.repeat(90)}*${'x'.repeat(90)}`],
  ] as const) {
    const file = x12([set850('0001'), set850('0002', [line]), set850('0003')]);
    const { sets, codes } = await tell(file, { limits });
    assert.deepEqual(
      sets.map(({ verdict }) => verdict),
      ['A', 'R', 'A'],
      line.slice(0, 20),
    );
    assert.deepEqual(codes, ['segment-too-long']);
  }
});

test('a set with more segments than are read is rejected', async () => {
  const file = x12([set850('0001', Array(20).fill('CUR*BY*NOK'))]);
  assert.deepEqual((await tell(file, { limits: { segmentsPerSet: 10 } })).codes, ['too-many-segments']);
});

test('a group with more faulty sets than are kept is rejected whole', async () => {
  const faulty = ['0001', '0002', '0003'].map((control) => set850(control).replace('SE*4', 'SE*5'));
  const { groups } = await tell(x12([...faulty, set850('0004')]), { limits: { faultySetsPerGroup: 2 } });
  assert.deepEqual([groups[0]?.verdict, groups[0]?.accepted], ['R', 0]);
  assert.deepEqual(
    groups[0]?.findings.map(({ code }) => code),
    ['too-many-faulty-sets'],
  );
});

/** Feeds the same bytes again and again; the time it takes, in milliseconds. */
function timed(head: string, piece: Buffer, times: number): number {
  const reader = new EdiReader();
  const began = performance.now();
  const drain = () => {
    while (reader.next() !== undefined);
  };
  reader.push(Buffer.from(head.padEnd(4096, '~')));
  for (let time = 0; time < times; time += 1) {
    reader.push(piece);
    drain();
  }
  reader.end();
  drain();
  return performance.now() - began;
}

test('segments without end, one-byte pieces and empty segments take linear time and little memory', () => {
  const open = `${isa()}GS*PO*S*R*20260101*1200*1*X*004010~ST*850*0001~`;
  const before = process.memoryUsage.rss();
  const endless = Buffer.alloc(65_536, 'x');
  const [short, long] = [timed(`${open}MSG*`, endless, 100), timed(`${open}MSG*`, endless, 800)];
  assert.ok(long < short * 30 + 500, `50 MB took ${long} ms, an eighth of it ${short} ms`);
  timed(`${open}MSG*`, Buffer.from('x'), 200_000);
  timed(open, Buffer.alloc(65_536, '~'), 2_000_000 / 65_536);
  timed('', Buffer.alloc(65_536, 'ISA '), 20);
  const grown = (process.memoryUsage.rss() - before) / 1e6;
  assert.ok(grown < 150, `${grown} MB`);
});

for (const length of [5, 18, 36]) {
  test(`a value of ${length} letters kept of each set holds less than a kilobyte of what stands around it`, () =>
    keepOfEach(length));
}

/** Reads 51 MB, and keeps one value of each of 4,500 sets. */
function keepOfEach(length: number): void {
  const reader = new EdiReader();
  const kept: string[] = [];
  const drain = () => {
    for (let event = reader.next(); event !== undefined; event = reader.next()) {
      if (event.kind === 'segment' && event.segment.tag === 'BEG') kept.push(event.segment.element(3));
    }
  };
  const number = 'A-PURCHASE-ORDER-NUMBER-OF-THE-BUYER'.slice(0, length);
  const lines = Array(100).fill('PO1*1*5*EA*12.50**UP*123456789012345');
  const sets = Buffer.from(
    Array(15)
      .fill(set850('0001', [`BEG*00*SA*${number}`, ...lines]))
      .join(''),
  );
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  reader.push(Buffer.from(`${isa()}GS*PO*S*R*20260101*1200*1*X*004010~`));
  for (let time = 0; time < 300; time += 1) {
    reader.push(sets);
    drain();
  }
  assert.equal(kept.length, 4500);
  assert.ok(kept.every((value) => value === number));
  collectGarbage();
  const grown = process.memoryUsage().heapUsed - before;
  // Half of it are the findings of sets that have the same number.
  assert.ok(grown < 8_000_000, `${kept.length} values hold ${Math.round(grown / 1e6)} MB`);
}
