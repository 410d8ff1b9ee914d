import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { FixedWidthLayout } from '../../../formats/fixed-width/layout.ts';
import { type FixedWidthRow, readFixedWidth } from '../../../formats/fixed-width/read-fixed-width.ts';
import { type FixedWidthRecord, writeFixedWidth } from '../../../formats/fixed-width/write-fixed-width.ts';

const LAYOUT = FixedWidthLayout.parse({
  encoding: 'iso-8859-1',
  discriminator: { from: 1, length: 2 },
  records: [
    {
      name: 'header',
      match: '01',
      fields: [
        { name: 'invoice', from: 3, length: 10 },
        { name: 'payer', from: 13, length: 8 },
      ],
    },
    {
      name: 'line',
      match: '02',
      fields: [
        { name: 'item', from: 3, length: 6, align: 'right', pad: '0' },
        { name: 'amount', from: 9, length: 9, align: 'right', pad: '0', decimals: 2 },
        { name: 'text', from: 20, length: 5 },
      ],
    },
  ],
});

// Positions:        1234567890123456789012345
const FILE = ['01INV-77    Øgård', '02000042000012345  short', '02000007-00000005  x', '02000000         '].join(
  '\r\n',
);

async function read(file: string, layout = LAYOUT, size = 1000): Promise<FixedWidthRow[]> {
  const bytes = Buffer.from(file, 'latin1');
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  return Array.fromAsync(readFixedWidth(pieces(), layout));
}

async function write(records: readonly FixedWidthRecord[]): Promise<string> {
  return Buffer.concat(await Array.fromAsync(writeFixedWidth(records, LAYOUT))).toString('latin1');
}

const EXPECTED = [
  { line: 1, offset: 0, type: 'header', fields: { invoice: 'INV-77', payer: 'Øgård' } },
  { line: 2, offset: 19, type: 'line', fields: { item: '42', amount: '123.45', text: 'short' } },
  { line: 3, offset: 45, type: 'line', fields: { item: '7', amount: '-0.05', text: 'x' } },
  { line: 4, offset: 67, type: 'line', fields: { item: '0', amount: '', text: '' } },
];

test('lines are read by their record type, with implied decimals, padding and a short last field', async () => {
  assert.deepEqual(await read(FILE), EXPECTED);
  assert.deepEqual(
    await read(`${FILE.replaceAll('\r\n', '\n')}\n\u001a`),
    EXPECTED.map((row) => ({ ...row, offset: row.offset - row.line + 1 })),
  );
});

test('a file cut anywhere reads the same', async () => {
  for (let size = 1; size < FILE.length; size += 1) assert.deepEqual(await read(FILE, LAYOUT, size), EXPECTED);
});

test('a line that cannot be read is a failure of its own, and says no value', async () => {
  const rows = await read(
    ['09SECRET', '0200004200SECRET5', `02${' '.repeat(30)}SECRET`, `01${'x'.repeat(70_000)}`, '01INV-78'].join('\r\n'),
  );
  const failures = rows.flatMap((row) => ('failure' in row ? [row.failure] : []));
  assert.deepEqual(
    failures.map(({ code }) => code),
    Array(4).fill('FIXED_WIDTH_LINE_INVALID'),
  );
  assert.ok(failures.every(({ message }) => !message.includes('SECRET')));
  assert.equal(rows.length, 5);
});

test('records are written to their full length, signs before the zeros', async () => {
  const written = await write([
    { type: 'header', fields: { invoice: 'INV-77', payer: 'Øgård' } },
    { type: 'line', fields: { item: '42', amount: '-123.4', text: 'abc' } },
  ]);
  assert.equal(written, '01INV-77    Øgård   \r\n02000042-00012340  abc  \r\n');
});

test('what does not fit is refused, without the value in the message', async () => {
  for (const fields of [
    { item: '1234567' },
    { amount: '1.234' },
    { amount: 'many' },
    { other: 'x' },
    { text: '€' },
    { text: 'a\nb' },
  ]) {
    const secret = Object.values(fields)[0] ?? '';
    await assert.rejects(write([{ type: 'line', fields }]), (error: Error) => {
      assert.equal((error as Error & { code: string }).code, 'FIXED_WIDTH_VALUE_INVALID');
      return secret.length < 4 || !error.message.includes(secret);
    });
  }
});

test('what is written reads back the same', async () => {
  const cents = fc.integer({ min: -9_999_999, max: 99_999_999 });
  const amount = cents.map(
    (value) =>
      `${value < 0 ? '-' : ''}${Math.floor(Math.abs(value) / 100)}.${String(Math.abs(value) % 100).padStart(2, '0')}`,
  );
  const text = fc.stringMatching(/^[A-Za-zæøå0-9][A-Za-zæøå ]{0,3}[a-z]$/);
  const item = fc.integer({ min: 0, max: 999_999 }).map(String);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ item, amount, text }, { noNullPrototype: true }), { minLength: 1 }),
      async (lines) => {
        const rows = await read(await write(lines.map((fields) => ({ type: 'line', fields }))));
        assert.deepEqual(
          rows.map((row) => ('fields' in row ? row.fields : row.failure)),
          lines,
        );
      },
    ),
    { numRuns: 100 },
  );
});

test('a layout that contradicts itself is refused', () => {
  const fields = [
    { name: 'a', from: 1, length: 5 },
    { name: 'b', from: 5, length: 2 },
  ];
  assert.throws(() => FixedWidthLayout.parse({ records: [{ name: 'r', fields }] }), /begins inside/);
  const records = ['x', 'y'].map((name) => ({ name, fields: [{ name: 'a', from: 1, length: 5 }] }));
  assert.throws(() => FixedWidthLayout.parse({ records }), /discriminator/);
});
