import assert from 'node:assert/strict';
import { test } from 'node:test';
import iconv from 'iconv-lite';
import { readCsv, readCsvRecord } from '../../formats/csv/read-csv.ts';
import { positionAfter, positionOf } from '../../formats/csv/row.ts';
import { chunked, dialect, plain, read, whole } from './csv-support.ts';

test('cells are known by the names of the header, with the place of each record', async () => {
  const { rows, columns } = await read('number;name\n1;Acme\n2;Bærum AS\n');
  assert.deepEqual(columns, ['number', 'name']);
  assert.deepEqual(rows.map(whole), [
    { record: 1, line: 2, lines: 1, offset: 12, length: 7, content: { number: '1', name: 'Acme' } },
    { record: 2, line: 3, lines: 1, offset: 19, length: 12, content: { number: '2', name: 'Bærum AS' } },
  ]);
});

for (const [name, lineEnd] of [
  ['LF', '\n'],
  ['CR', '\r'],
  ['CRLF', '\r\n'],
] as const) {
  test(`lines may end with ${name}, and blank lines are no records but are counted as lines`, async () => {
    const text = ['a;b', '', '1;2', '', '', '3;4', '', ''].join(lineEnd);
    const { rows } = await read(text);
    assert.deepEqual(rows.map(plain), [
      { a: '1', b: '2' },
      { a: '3', b: '4' },
    ]);
    assert.deepEqual(
      rows.map((row) => [row.record, row.line]),
      [
        [1, 3],
        [2, 6],
      ],
    );
  });
}

test('quoted cells hold delimiters, doubled quotes and line ends', async () => {
  const { rows } = await read('a;b\n"x;y";"say ""hi"""\n"two\r\nlines\nor three";""\n5;6');
  assert.deepEqual(rows.map(plain), [
    { a: 'x;y', b: 'say "hi"' },
    { a: 'two\r\nlines\nor three', b: '' },
    { a: '5', b: '6' },
  ]);
  assert.deepEqual(
    rows.map((row) => [row.line, row.lines]),
    [
      [2, 1],
      [3, 3],
      [6, 0],
    ],
  );
});

test('a record is read again from its byte range alone, and reading goes on behind it', async () => {
  const bytes = Buffer.from('\ufeffa;b\r\n1;x\r\n\r\n"2\r\n";å\r\n3;z');
  const { rows, columns } = await read(bytes);
  assert.equal(rows.length, 3);
  for (const row of rows) {
    const range = bytes.subarray(row.offset, row.offset + row.length);
    assert.deepEqual(whole(readCsvRecord(range, dialect(), positionOf(row, columns ?? []))), whole(row));
    const from = positionAfter(row, columns ?? []);
    const rest = await read(bytes.subarray(from.offset), dialect(), { from });
    assert.deepEqual(rest.rows.map(whole), rows.slice(row.record).map(whole));
  }
});

test('a byte range that holds no record is a failure, not an empty row', () => {
  const from = { offset: 7, record: 1, line: 1, columns: ['a'] };
  assert.throws(() => readCsvRecord(Buffer.from('\n'), dialect(), from), { code: 'CSV_FILE_INVALID' });
});

test('columns may be given by position', async () => {
  const { rows } = await read('1;x\n2;y\n', dialect({ header: ['number', 'name'] }));
  assert.deepEqual(rows.map(plain), [
    { number: '1', name: 'x' },
    { number: '2', name: 'y' },
  ]);
  assert.equal(rows[0]?.offset, 0);
});

test('without a quote in the dialect, quotes are letters', async () => {
  const { rows } = await read('a;b\n5" pipe;"x\n', dialect({ quote: '' }));
  assert.deepEqual(rows.map(plain), [{ a: '5" pipe', b: '"x' }]);
});

test('a column without a name is counted and dropped', async () => {
  const { rows } = await read('a;;b;\n1;2;3;\n');
  assert.deepEqual(rows.map(plain), [{ a: '1', b: '3' }]);
});

test('Windows-1252 has letters and signs where ISO-8859-1 has control characters', async () => {
  const text = 'navn;by\nBjørn Ærlig Åsen;Malmö – “ÄÖ” 5 €\n';
  const { rows } = await read(iconv.encode(text, 'windows-1252'), dialect({ encoding: 'windows-1252' }));
  assert.deepEqual(rows.map(plain), [{ navn: 'Bjørn Ærlig Åsen', by: 'Malmö – “ÄÖ” 5 €' }]);
});

test('ISO-8859-1 letters are read, and bytes that only Windows-1252 uses fail their row alone', async () => {
  const bytes = Buffer.concat([
    Buffer.from('a;b\næ;ø\n1;', 'latin1'),
    Buffer.from([0x80]),
    Buffer.from('\n2;Å\n', 'latin1'),
  ]);
  const { rows } = await read(bytes, dialect({ encoding: 'iso-8859-1' }));
  assert.deepEqual(rows.map(plain), [
    { a: 'æ', b: 'ø' },
    'CSV_ROW_INVALID Line 3: holds a byte between 0x80 and 0x9F: is the file windows-1252?',
    { a: '2', b: 'Å' },
  ]);
});

test('a byte that Windows-1252 does not define fails its row alone', async () => {
  const bytes = Buffer.concat([Buffer.from('a\n1\n'), Buffer.from([0x81]), Buffer.from('\n2\n')]);
  const { rows } = await read(bytes, dialect({ encoding: 'windows-1252' }));
  assert.deepEqual(
    rows.map((row) => 'failure' in row),
    [false, true, false],
  );
});

test('an empty file, a file of blank lines and a header alone are told apart', async () => {
  const empty = await read('');
  assert.deepEqual(empty.summary, { content: 'empty', records: 0, bytes: 0, columns: undefined });
  assert.equal((await read('\n\n')).summary?.content, 'empty');
  assert.equal((await read('\ufeff')).summary?.content, 'empty');
  assert.equal((await read('', dialect({ header: ['a'] }))).summary?.content, 'empty');
  const header = await read('a;b\n');
  assert.deepEqual(header.summary, { content: 'header-only', records: 0, bytes: 4, columns: ['a', 'b'] });
  assert.deepEqual((await read('a;b\n1;2')).summary, { content: 'rows', records: 1, bytes: 7, columns: ['a', 'b'] });
});

test('the source is closed when the reader stops early', async () => {
  let closed = false;
  async function* source() {
    try {
      for (;;) yield Buffer.from('a\n1\n2\n'.repeat(20_000));
    } finally {
      closed = true;
    }
  }
  for await (const _row of readCsv(source(), dialect())) break;
  assert.equal(closed, true);
});

test('an error of the source reaches the reader as it is', async () => {
  const lost = new Error('connection lost');
  async function* source() {
    yield Buffer.from('a\n1\n');
    throw lost;
  }
  await assert.rejects(async () => {
    for await (const _row of readCsv(source(), dialect()));
  }, lost);
});

test('timers go on while one large chunk is read', async () => {
  const bytes = Buffer.from(`a;b\n${'12345;abcde\n'.repeat(300_000)}`);
  let ticks = 0;
  const timer = setInterval(() => {
    ticks += 1;
  }, 1);
  for await (const rows of readCsv(chunked(bytes, [bytes.length]), dialect()).batches())
    assert.ok(rows.length < 10_000);
  clearInterval(timer);
  assert.ok(ticks > 5, `${ticks} ticks`);
});
