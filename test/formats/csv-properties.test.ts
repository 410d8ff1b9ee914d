import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { CSV_ENCODINGS } from '../../formats/csv/dialect.ts';
import { readCsvRecord } from '../../formats/csv/read-csv.ts';
import { positionAfter, positionOf } from '../../formats/csv/row.ts';
import { writeCsv } from '../../formats/csv/write-csv.ts';
import { chunked, collected, dialect, plain, read, whole } from './csv-support.ts';

/** Text made of what matters to a reader of CSV, so that broken quoting and odd line ends are frequent. */
const nasty = fc.string({
  unit: fc.constantFrom('a', 'b', ';', ';', '"', '"', '\r', '\n', '\r\n', 'å', '€', ' ', '""', '";"', '\n"', '"\n'),
  maxLength: 60,
});
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
const tight = { recordBytes: 12, cellBytes: 6, headerBytes: 30 };

test('where the bytes are cut never changes what is read', async () => {
  await fc.assert(
    fc.asyncProperty(
      nasty,
      sizes,
      fc.integer({ min: 1, max: 11 }),
      fc.boolean(),
      async (body, cuts, blockBytes, narrow) => {
        const settings = dialect(narrow ? { limits: tight } : {});
        const text = `a;b\n${body}`;
        const one = await read(text, settings);
        const cut = await read(text, settings, { sizes: cuts, blockBytes });
        assert.deepEqual({ ...cut, rows: cut.rows.map(whole) }, { ...one, rows: one.rows.map(whole) });
      },
    ),
    { numRuns: 3000 },
  );
});

test('every byte border of a file of every feature gives the same rows', async () => {
  const text =
    '\ufeff"nu""m";name\r\n1;"Bærum; ""AS"""\r\r\n\n2;"two\r\nlines"\n3;"bad"x\n4;5" x\n5\n6;ÆØÅ€\n7;"open\n8;z';
  const bytes = Buffer.from(text);
  const one = await read(bytes);
  assert.equal(one.rows.length, 8);
  for (let blockBytes = 1; blockBytes <= bytes.length; blockBytes += 1) {
    const cut = await read(bytes, dialect(), { sizes: [1], blockBytes });
    assert.deepEqual(cut.rows.map(whole), one.rows.map(whole));
  }
});

test('rows cover the file: between them stand only line ends, and each can be read again or be gone on from', async () => {
  await fc.assert(
    fc.asyncProperty(nasty, async (body) => {
      const settings = dialect({ header: ['a', 'b'] });
      const bytes = Buffer.from(body);
      const { rows, columns = [] } = await read(bytes, settings);
      let at = 0;
      for (const row of rows) {
        assert.match(bytes.toString('latin1', at, row.offset), /^[\r\n]*$/);
        at = row.offset + row.length;
        const again = readCsvRecord(bytes.subarray(row.offset, at), settings, positionOf(row, columns));
        if ('cells' in row) assert.deepEqual(whole(again), whole(row));
        else assert.ok('failure' in again);
        const from = positionAfter(row, columns);
        const rest = await read(bytes.subarray(at), settings, { from });
        assert.deepEqual(rest.rows.map(whole), rows.slice(row.record).map(whole));
      }
      assert.match(bytes.toString('latin1', at), /^[\r\n]*$/);
    }),
    { numRuns: 1000 },
  );
});

const cell = fc.string({
  unit: fc.constantFrom('x', 'y', ';', '"', '\r', '\n', 'å', 'Ö', ' ', "'", '=', '\ufeff'),
  maxLength: 8,
});
const western = fc.string({ unit: fc.constantFrom('x', ';', '"', '\n', 'æ', 'Å', 'ß'), maxLength: 8 });

test('what is written is read back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }).chain((width) =>
        fc.record({
          rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 6 }),
          lineEnd: fc.constantFrom('\r\n', '\n', '\r'),
          quoting: fc.constantFrom('when-needed', 'always'),
          quote: fc.constantFrom('"', "'"),
          bom: fc.boolean(),
          header: fc.constant(Array.from({ length: width }, (_, index) => `c${index}`)),
        }),
      ),
      async ({ rows, header, ...settings }) => {
        const bytes = await collected(writeCsv(rows, dialect(settings), header));
        const back = await read(bytes, dialect(settings));
        assert.deepEqual(back.columns, header);
        assert.deepEqual(
          back.rows.map(plain),
          rows.map((cells) => Object.fromEntries(cells.map((text, index) => [`c${index}`, text]))),
        );
      },
    ),
    { numRuns: 1000 },
  );
});

test('what is written in any encoding is read back as it was, without a header too', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...CSV_ENCODINGS),
      fc.array(western, { minLength: 1 }),
      async (encoding, cells) => {
        const settings = dialect({ encoding, header: ['only'] });
        const bytes = await collected(
          writeCsv(
            cells.map((text) => [text]),
            settings,
          ),
        );
        const back = await read(bytes, settings);
        assert.deepEqual(
          back.rows.map(plain),
          cells.map((only) => ({ only })),
        );
      },
    ),
  );
});

test('well-formed files are read as csv-parse reads them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1 }), async (rows) => {
      const bytes = await collected(writeCsv(rows, dialect(), ['a', 'b']));
      const { rows: ours } = await read(bytes);
      const theirs = parse(bytes, { delimiter: ';', columns: true, bom: true, record_delimiter: ['\r\n'] });
      assert.deepEqual(
        ours.map(plain),
        theirs.map((row) => ({ ...(row as object) })),
      );
    }),
  );
});

test('a limit fails long rows and leaves every place, and every other row, as it is without', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1 }), sizes, async (rows, cuts) => {
      const bytes = await collected(writeCsv(rows, dialect(), ['a', 'b']));
      const free = await read(bytes);
      const tightly = await read(bytes, dialect({ limits: { recordBytes: 9 } }), { sizes: cuts, blockBytes: 3 });
      const expected = free.rows.map((row) => ({
        ...(whole(row) as object),
        ...(row.length > 11 ? { content: 'long' } : {}),
      }));
      const found = tightly.rows.map((row) => ({
        ...(whole(row) as object),
        ...('failure' in row ? { content: 'long' } : {}),
      }));
      assert.deepEqual(found, expected);
    }),
    { numRuns: 1000 },
  );
});

test('a cell that closes wrongly right behind the limit is the same wherever the bytes are cut', async () => {
  const settings = dialect({ limits: { recordBytes: 8 } });
  for (let filler = 0; filler < 10; filler += 1) {
    const bytes = Buffer.from(`a;b\n1;"x\n${'y'.repeat(filler)}"z\n2;3\n`);
    const one = await read(bytes, settings);
    for (let blockBytes = 1; blockBytes < bytes.length; blockBytes += 1) {
      const cut = await read(bytes, settings, { blockBytes });
      assert.deepEqual(cut.rows.map(whole), one.rows.map(whole));
    }
  }
});

test('one byte at a time through the whole reader is the same file', async () => {
  const text = `a;b\n${'1;"x\n"\n'.repeat(50)}`;
  const one = await read(text);
  const cut = await read(text, dialect(), { sizes: [1] });
  assert.deepEqual(cut.rows.map(whole), one.rows.map(whole));
  assert.equal((await collected(chunked(Buffer.from(text), [3, 1]))).toString(), text);
});
