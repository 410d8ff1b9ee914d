import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeCsv } from '../../formats/csv/write-csv.ts';
import { collected, dialect } from './csv-support.ts';

const written = async (rows: string[][], settings: object = {}, columns?: string[]): Promise<Buffer> =>
  collected(writeCsv(rows, dialect(settings), columns));

test('cells are quoted only when they must be, and lines end with CRLF', async () => {
  const bytes = await written([['1', 'a;b', 'say "hi"', 'two\nlines', ' spaced ', '']], {}, [
    'n',
    'x',
    'y',
    'z',
    'p',
    'q',
  ]);
  assert.equal(bytes.toString(), 'n;x;y;z;p;q\r\n1;"a;b";"say ""hi""";"two\nlines"; spaced ;\r\n');
});

test('all cells are quoted when the dialect says so', async () => {
  assert.equal((await written([['1', '']], { quoting: 'always', lineEnd: '\n' })).toString(), '"1";""\n');
});

test('a file without rows has its header, or is empty', async () => {
  assert.equal((await written([], {}, ['a'])).toString(), 'a\r\n');
  assert.equal((await written([])).length, 0);
});

test('a byte order mark is written when asked for', async () => {
  assert.equal((await written([['1']], { bom: true }, ['a'])).toString('hex').slice(0, 8), 'efbbbf61');
});

test('values that a spreadsheet would take for formulas are written unaltered', async () => {
  assert.equal((await written([['=1+1', '+47 22', '-5', '@x']])).toString(), '=1+1;+47 22;-5;@x\r\n');
});

test('letters and signs of Windows-1252 are single bytes', async () => {
  assert.equal((await written([['Æ€–']], { encoding: 'windows-1252' })).toString('hex'), 'c680960d0a');
});

for (const [encoding, character, point] of [
  ['windows-1252', 'Ł', 'U+0141'],
  ['iso-8859-1', '€', 'U+20AC'],
  ['utf-8', '\ud800', 'U+D800'],
  ['windows-1252', '\0', 'U+0000'],
] as const) {
  test(`${point} cannot be written in ${encoding}: the failure names row and column, or it becomes a question mark`, async () => {
    const rows = [
      ['1', 'fine'],
      ['2', `a${character}b`],
    ];
    await assert.rejects(written(rows, { encoding }, ['number', 'name']), {
      code: 'CSV_CELL_UNENCODABLE',
      message: `Row 2, column 2 (name): the cell holds ${point}, which ${encoding} does not have.`,
    });
    const replaced = await written(rows, { encoding, unencodable: 'replace' });
    assert.equal(replaced.toString(), '1;fine\r\n2;a?b\r\n');
  });
}

test('a cell that needs quotes fails when the dialect has none', async () => {
  await assert.rejects(written([['a;b']], { quote: '' }), {
    code: 'CSV_CELL_UNENCODABLE',
    message: 'Row 1, column 1: the cell needs quotes, and the dialect has none.',
  });
});

test('rows are written in blocks while they come', async () => {
  async function* rows() {
    for (let row = 0; row < 50_000; row += 1) yield [String(row), 'some text'];
  }
  let blocks = 0;
  let bytes = 0;
  for await (const block of writeCsv(rows(), dialect())) {
    blocks += 1;
    bytes += block.length;
    assert.ok(block.length < 70_000);
  }
  assert.ok(blocks > 10);
  assert.equal(bytes, 238_890 + 50_000 * ';some text\r\n'.length);
});
