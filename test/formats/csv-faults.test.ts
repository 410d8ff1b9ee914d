import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCsv } from '../../formats/csv/read-csv.ts';
import { chunked, dialect, plain, read, whole } from './csv-support.ts';

test('a row with too many or too few cells fails with line and column, and its neighbours are read', async () => {
  const { rows } = await read('number;name;city\n1;A;Oslo\n2;B\n3;C;Moss;x\n4;D;Bodø\n');
  assert.deepEqual(rows.map(plain), [
    { number: '1', name: 'A', city: 'Oslo' },
    'CSV_ROW_INVALID Line 3, column 3 (city): the row has 2 cells where 3 belong.',
    'CSV_ROW_INVALID Line 4, column 4: the row has 4 cells where 3 belong.',
    { number: '4', name: 'D', city: 'Bodø' },
  ]);
});

test('text behind a closing quote fails its row alone', async () => {
  const { rows } = await read('a;b\n1;"5" pipe"\n2;"ok"\n');
  assert.deepEqual(rows.map(plain), [
    'CSV_ROW_INVALID Line 2, column 2 (b): the quote that opens the cell is not closed before a delimiter or a line end.',
    { a: '2', b: 'ok' },
  ]);
});

test('a quote inside an unquoted cell fails its row alone', async () => {
  const { rows } = await read('a;b\n1;5" pipe\n2;ok\n');
  assert.deepEqual(rows.map(plain), [
    'CSV_ROW_INVALID Line 2, column 2 (b): a quote stands in a cell that does not begin with one.',
    { a: '2', b: 'ok' },
  ]);
});

test('a quote that never closes costs its own row, not the rest of the file', async () => {
  const { rows, failure } = await read('a;b\n1;"open\n2;x\n3;""\n4;y\n');
  assert.equal(failure, undefined);
  assert.deepEqual(rows.map(plain), [
    'CSV_ROW_INVALID Line 2, column 2 (b): the quote that opens the cell is not closed before a delimiter or a line end.',
    { a: '2', b: 'x' },
    { a: '3', b: '' },
    { a: '4', b: 'y' },
  ]);
});

test('a stray opening quote does not eat the quoted rows below it', async () => {
  const { rows } = await read('a;b\n"1";"Acme;x\n"2";"Beta"\n"3";"two\nlines"\n');
  assert.deepEqual(
    rows.map((row) => ('cells' in row ? row.cells.a : row.line)),
    [2, '2', '3'],
  );
});

test('a broken cell below a good cell of several lines is named by its own line', async () => {
  const { rows } = await read('a;b;c\n"two\nlines";"bad"x;1\n2;3;4\n');
  assert.deepEqual(rows.map(plain), [
    'CSV_ROW_INVALID Line 3, column 2 (b): the quote that opens the cell is not closed before a delimiter or a line end.',
    { a: '2', b: '3', c: '4' },
  ]);
});

test('a cell over the limit fails its row and is named', async () => {
  const settings = dialect({ limits: { cellBytes: 10 } });
  const { rows } = await read(`a;b\n1;${'x'.repeat(11)}\n2;${'x'.repeat(10)}\n`, settings);
  assert.equal(plain(rows[0]!), 'CSV_ROW_INVALID Line 2, column 2 (b): the cell is longer than 10 bytes.');
  assert.deepEqual(plain(rows[1]!), { a: '2', b: 'x'.repeat(10) });
});

test('a record exactly as long as the limit is read, one byte more fails', async () => {
  const settings = dialect({ limits: { recordBytes: 12 } });
  const { rows } = await read(`a;b\n1;${'x'.repeat(10)}\r\n2;${'x'.repeat(11)}\n3;y`, settings);
  assert.deepEqual(
    rows.map((row) => ('failure' in row ? row.failure.message : 'read')),
    ['read', 'Line 3, column 2 (b): the record is longer than 12 bytes.', 'read'],
  );
});

test('a cell of 10 MB fails its row in bounded memory, and the rows behind its closing quote are read', async () => {
  const megabyte = Buffer.from('line of a huge cell;\n'.repeat(50_000));
  async function* source() {
    yield Buffer.from('a;b\n1;x\n2;"');
    for (let part = 0; part < 10; part += 1) yield megabyte;
    yield Buffer.from('";end\n3;"y"\n');
  }
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  const rows = [];
  for await (const row of readCsv(source(), dialect())) {
    most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    rows.push(row);
  }
  assert.deepEqual(rows.map(whole), [
    { record: 1, line: 2, lines: 1, offset: 4, length: 4, content: { a: '1', b: 'x' } },
    {
      record: 2,
      line: 3,
      lines: 500_001,
      offset: 8,
      length: 10_500_009,
      content: 'CSV_ROW_INVALID Line 3, column 2 (b): the record is longer than 1048576 bytes; is a quote not closed?',
    },
    { record: 3, line: 500_004, lines: 1, offset: 10_500_017, length: 6, content: { a: '3', b: 'y' } },
  ]);
  assert.ok(most < 8 * 1024 * 1024, `${most} bytes`);
});

test('a quote that never closes within the limit is one failed row up to the end of the file', async () => {
  const { rows, summary } = await read(`a;b\n1;"${'x;y\n'.repeat(400_000)}`);
  assert.equal(rows.length, 1);
  assert.match(String(plain(rows[0]!)), /CSV_ROW_INVALID .*column 2 \(b\).*is a quote not closed\?/);
  assert.equal(rows[0]?.length, 1_600_003);
  assert.equal(summary?.records, 1);
});

test('a missing column is one failure of the file, and the first row goes only into what is sealed', async () => {
  const reading = readCsv(chunked(Buffer.from('1;Kari Nordmann\n2;x\n'), [99]), dialect(), {
    required: ['number', 'name'],
  });
  await assert.rejects(
    async () => {
      for await (const _row of reading);
    },
    (error: { code: string; message: string; confidential: string }) => {
      assert.equal(error.code, 'CSV_HEADER_INVALID');
      assert.equal(error.message, 'The header in line 1 lacks "number", "name" (it has 2 columns).');
      assert.match(error.confidential, /Kari Nordmann/);
      return true;
    },
  );
});

test('configured column names must hold the required ones', () => {
  assert.throws(() => readCsv(chunked(Buffer.alloc(0), [1]), dialect({ header: ['a'] }), { required: ['b'] }), {
    code: 'CSV_HEADER_INVALID',
    message: 'The configured header lacks "b" (it has 1 columns).',
  });
});

test('a column named twice is a failure of the file', async () => {
  const { failure, rows } = await read('a;b; a\n1;2;3\n');
  assert.equal(failure, 'CSV_HEADER_INVALID The header in line 1 names columns 1 and 3 alike.');
  assert.deepEqual(rows, []);
});

test('a header with too many columns or too many bytes is a failure of the file', async () => {
  const columns = await read('a;b;c\n', dialect({ limits: { columns: 2 } }));
  assert.equal(columns.failure, 'CSV_HEADER_INVALID The header in line 1 has 3 columns, more than the limit of 2.');
  const bytes = await read('abcdef;b\n', dialect({ limits: { headerBytes: 5 } }));
  assert.match(
    bytes.failure ?? '',
    /^CSV_FILE_INVALID The header cannot be read\. Line 1, column 1: the record is longer/,
  );
});

test('a binary file is a failure of the file', async () => {
  const { failure } = await read(Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0x0a, 1]));
  assert.equal(
    failure,
    'CSV_FILE_INVALID Line 1 (from byte 0): holds a NUL byte: this is no text file, or one in UTF-16.',
  );
  const long = await read(Buffer.alloc(200_000));
  assert.match(long.failure ?? '', /CSV_FILE_INVALID The header cannot be read.*NUL/);
  const utf16 = await read(Buffer.from('\ufeffa;b\n1;2\n', 'utf16le'));
  assert.match(utf16.failure ?? '', /UTF-16 byte order mark/);
});

test('bytes that are no UTF-8 fail the file at their line, behind the rows before it', async () => {
  const bytes = Buffer.concat([Buffer.from('a;b\n1;x\n2;'), Buffer.from('æ', 'latin1'), Buffer.from('\n3;y\n')]);
  const { rows, failure } = await read(bytes);
  assert.deepEqual(rows.map(plain), [{ a: '1', b: 'x' }]);
  assert.equal(failure, 'CSV_FILE_INVALID Line 3 (from byte 8): is no valid UTF-8: is the file windows-1252?');
});

test('a UTF-8 byte order mark contradicts a declared Windows-1252', async () => {
  const { failure } = await read('\ufeffa\n1\n', dialect({ encoding: 'windows-1252' }));
  assert.match(failure ?? '', /CSV_FILE_INVALID .*byte order mark, but windows-1252 is declared/);
});
