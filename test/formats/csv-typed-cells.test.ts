import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isDatePattern, readDay, writeDay } from '../../formats/csv/days.ts';
import { readDecimal, writeDecimal } from '../../formats/csv/decimals.ts';
import { CsvDialect } from '../../formats/csv/dialect.ts';
import { dayCell, decimalCell } from '../../formats/csv/typed-cells.ts';
import { dialect } from './csv-support.ts';

const nordic = { decimalSign: ',', thousandsSign: ' ' } as const;
const plainSigns = { decimalSign: '.', thousandsSign: '' } as const;

test('decimals are read with the signs of the dialect into one form', () => {
  const cases: [
    string,
    typeof nordic | typeof plainSigns | { decimalSign: ','; thousandsSign: '.' },
    string | undefined,
  ][] = [
    ['1 250,50', nordic, '1250.5'],
    ['1\u00a0250\u202f000,00', nordic, '1250000'],
    ['-0,00', nordic, '0'],
    ['12,50-', nordic, '-12.5'],
    ['+7', nordic, '7'],
    [' 007 ', plainSigns, '7'],
    ['1.234.567,8', { decimalSign: ',', thousandsSign: '.' }, '1234567.8'],
    ['123456789012345678901234567890.12', plainSigns, '123456789012345678901234567890.12'],
    ['1.25', { decimalSign: ',', thousandsSign: '.' }, undefined],
    ['1.234', nordic, undefined],
    ['1,2,3', nordic, undefined],
    ['1 25', nordic, undefined],
    ['12,', nordic, undefined],
    ['1e3', plainSigns, undefined],
    ['--5', plainSigns, undefined],
    ['5--', plainSigns, undefined],
    ['-5-', plainSigns, undefined],
    ['NOK 5', plainSigns, undefined],
    ['', plainSigns, undefined],
  ];
  for (const [text, signs, expected] of cases) assert.equal(readDecimal(text, signs), expected, JSON.stringify(text));
});

test('decimals are written with signs and places, rounded half away from zero', () => {
  assert.equal(writeDecimal('-1234567.5', { decimalSign: ',', thousandsSign: ' ' }, 2), '-1 234 567,50');
  assert.equal(writeDecimal('0.005', plainSigns, 2), '0.01');
  assert.equal(writeDecimal('-0.005', plainSigns, 2), '-0.01');
  assert.equal(writeDecimal('-0.001', plainSigns, 2), '0.00');
  assert.equal(writeDecimal('12.3456', plainSigns), '12.3456');
});

test('any decimal is read back from what was written', () => {
  const signs = fc.constantFrom(nordic, plainSigns, { decimalSign: '.', thousandsSign: "'" } as const);
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
      fc.nat({ max: 6 }),
      signs,
      (digits, scale, form) => {
        const text = writeDecimal(`${digits}`, plainSigns);
        const shifted =
          scale === 0 ? text : text.replace(/^(-?)(\d+)$/, (_, sign, all) => `${sign}${all}.${'1'.repeat(scale)}`);
        const value = readDecimal(shifted, plainSigns);
        assert.notEqual(value, undefined);
        assert.equal(readDecimal(writeDecimal(value!, form), form), value);
      },
    ),
  );
});

test('days are read by pattern, and days that the calendar lacks are refused', () => {
  const cases: [string, string, string | undefined][] = [
    ['03.11.2026', 'dd.MM.yyyy', '2026-11-03'],
    ['20261103', 'yyyyMMdd', '2026-11-03'],
    ['3/11/2026', 'd/M/yyyy', '2026-11-03'],
    ['03/11/2026', 'dd/MM/yyyy', '2026-11-03'],
    ['261103', 'yyMMdd', '2026-11-03'],
    [' 2024-02-29 ', 'yyyy-MM-dd', '2024-02-29'],
    ['2026-02-29', 'yyyy-MM-dd', undefined],
    ['31.04.2026', 'dd.MM.yyyy', undefined],
    ['00.11.2026', 'dd.MM.yyyy', undefined],
    ['3.11.2026', 'dd.MM.yyyy', undefined],
    ['03x11x2026', 'dd.MM.yyyy', undefined],
    ['03.11.2026 10:00', 'dd.MM.yyyy', undefined],
    ['', 'dd.MM.yyyy', undefined],
  ];
  for (const [text, pattern, expected] of cases) assert.equal(readDay(text, pattern), expected, `${text} ${pattern}`);
});

test('any day is read back from what was written', () => {
  const patterns = fc.constantFrom('dd.MM.yyyy', 'yyyy-MM-dd', 'yyyyMMdd', 'd/M/yyyy', 'M/d/yyyy', 'ddMMyy');
  const days = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(days, patterns, (date, pattern) => {
      const day = date.toISOString().slice(0, 10);
      assert.equal(readDay(writeDay(day, pattern), pattern), day);
    }),
  );
});

test('a date pattern holds year, month and day once each', () => {
  for (const good of ['dd.MM.yyyy', 'yyyyMMdd', 'd. M. yy']) assert.ok(isDatePattern(good), good);
  for (const bad of ['dd.MM', 'DD.MM.YYYY', 'yyyy-MM-dd HH', 'dd.MM.yyyy dd', '']) assert.ok(!isDatePattern(bad), bad);
});

test('a typed cell fails with line and column, and its value only in what is sealed', () => {
  const row = {
    record: 1,
    line: 12,
    lines: 1,
    offset: 0,
    length: 1,
    cells: { amount: '1,5', due: '2026-13-01', empty: ' ' },
  };
  assert.throws(
    () => decimalCell(row, 'amount', dialect()),
    (error: { code: string; message: string; confidential: string }) => {
      assert.equal(error.code, 'CSV_CELL_INVALID');
      assert.match(error.message, /^Line 12, column amount: the cell is no decimal/);
      assert.doesNotMatch(error.message, /1,5/);
      assert.match(error.confidential, /1,5/);
      return true;
    },
  );
  assert.throws(() => dayCell(row, 'due', dialect()), {
    message: 'Line 12, column due: the cell is no day written yyyy-MM-dd.',
  });
  assert.equal(decimalCell(row, 'empty', dialect()), undefined);
  assert.equal(decimalCell(row, 'amount', dialect({ decimalSign: ',' })), '1.5');
});

test('a dialect that contradicts itself is refused', () => {
  for (const settings of [
    { delimiter: '"' },
    { decimalSign: ',', thousandsSign: ',' },
    { quote: '', quoting: 'always' },
    { delimiter: 'å' },
    { delimiter: '\n' },
    { datePattern: 'MM.yyyy' },
    { unknown: 1 },
  ]) {
    assert.equal(CsvDialect.safeParse(settings).success, false, JSON.stringify(settings));
  }
});
