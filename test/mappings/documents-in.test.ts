import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupRows, type RowGroup } from '../../activities/documents-in/groups.ts';
import { scatteredKeys } from '../../activities/documents-in/scattered.ts';
import { Failure } from '../../failures/failure.ts';
import { CsvDialect } from '../../formats/csv/dialect.ts';
import { readCsv } from '../../formats/csv/read-csv.ts';
import type { Invoice } from '../../mappings/canonical/invoice.ts';
import { assertAddsUp } from '../../mappings/canonical/invoice-sums.ts';
import { assertOrderAddsUp } from '../../mappings/canonical/purchase-order-sums.ts';
import { readDocumentRows } from '../../mappings/csv/document-rows.ts';
import { withToken } from '../../mappings/visma/token-mark.ts';

const dialect = CsvDialect.parse({ delimiter: ';', decimalSign: ',', datePattern: 'dd.MM.yyyy' });

async function groupsOf(...rows: string[]): Promise<RowGroup[]> {
  const bytes = Buffer.from(['No;Text', ...rows].join('\n'));
  const one = async function* () {
    yield bytes;
  };
  return Array.fromAsync(groupRows(readCsv(one(), dialect).batches(), ['No']));
}

const shapeOf = ({ key, rows, isBesideBroken }: RowGroup) =>
  `${key === undefined ? 'broken' : key === '' ? 'none' : JSON.parse(key)[0]} ${rows.length}${isBesideBroken ? ' beside' : ''}`;

test('rows are grouped while their key lasts, blank keys go on, and rows of nothing are left out', async () => {
  assert.deepEqual((await groupsOf('A;1', 'A;2', ';3', 'B;4', ';', ' ; ')).map(shapeOf), ['A 3', 'B 1']);
  assert.deepEqual((await groupsOf(';1', 'A;2')).map(shapeOf), ['none 1', 'A 1']);
});

test('a row that cannot be read belongs to the rows around it, or stands alone between two documents', async () => {
  assert.deepEqual((await groupsOf('A;1', 'x', 'A;2', 'B;3')).map(shapeOf), ['A 3', 'B 1']);
  const between = ['A 1 beside', 'broken 1', 'broken 1', 'B 1 beside', 'C 1'];
  assert.deepEqual((await groupsOf('A;1', 'x', 'y', 'B;2', 'C;3')).map(shapeOf), between);
  assert.deepEqual((await groupsOf('A;1', 'x')).map(shapeOf), ['A 1 beside', 'broken 1']);
});

test('a group covers the bytes of its rows, the next one begins where it ends', async () => {
  const [first, second] = await groupsOf('A;1', 'A;2', 'B;3');
  assert.ok(first && second);
  assert.equal(first.last.offset + first.last.length, second.first.offset);
  assert.equal(first.first.offset, 'No;Text\n'.length);
});

test('keys whose rows stand apart are found', async () => {
  const all = async function* () {
    yield* await groupsOf('A;1', 'B;2', 'A;3', 'C;4');
  };
  assert.deepEqual([...(await scatteredKeys(all()))], ['["A"]']);
});

const invoice = (changes: Partial<Invoice> = {}): Invoice =>
  ({
    kind: 'Invoice',
    direction: 'supplier',
    type: 'invoice',
    number: 'F-1',
    date: '2026-11-03',
    supplier: { number: '50001' },
    lines: [{ amount: '10.10' }, { amount: '20.20' }],
    taxes: [],
    ...changes,
  }) as Invoice;

const refusal = (changes: Partial<Invoice>, tolerance = '0') => {
  try {
    return assertAddsUp(invoice(changes), tolerance);
  } catch (error) {
    assert.ok(error instanceof Failure && error.type === 'DataInvalid');
    return error.message;
  }
};

test('an invoice that does not add up is refused with both sums, to the last decimal of its currency', () => {
  assert.deepEqual(refusal({ netTotal: '30.30', vatTotal: '7.58', total: '37.88' }), { net: '30.3', rounding: '0' });
  assert.match(String(refusal({ netTotal: '30.31' })), /lines add up to 30\.30, its net total says 30\.31/);
  assert.match(
    String(refusal({ vatTotal: '7.58', total: '37.87' })),
    /lines and VAT add up to 37\.88, its total says 37\.87/,
  );
  const yen = { currency: 'JPY', lines: [{ amount: '10' }, { amount: '20' }], netTotal: '31' };
  assert.match(String(refusal(yen)), /lines add up to 30, its net total says 31/);
  assert.match(String(refusal({ currency: 'JPY' })), /amount of line 1 has more than the 0 decimals/);
  assert.match(String(refusal({ lines: [{ amount: '-1' }], netTotal: '-1' })), /total is negative/);
});

test('an order with allowances or charges is refused: its lines in the ERP would not say them', () => {
  const line = { action: 'add', quantity: '2', unitPrice: '5' } as const;
  const order = { kind: 'PurchaseOrder', action: 'create', number: '7', lines: [line], total: '10' } as const;
  const charge = [{ type: 'charge', amount: '1' } as const];
  assert.doesNotThrow(() => assertOrderAddsUp({ ...order, lines: [line] }));
  assert.throws(() => assertOrderAddsUp({ ...order, lines: [line], adjustments: charge }), /allowances or charges/);
  assert.throws(
    () => assertOrderAddsUp({ ...order, lines: [{ ...line, adjustments: charge }] }),
    /allowances or charges/,
  );
});

test('a total may be rounded as far as the flow allows, and what it was rounded by is told', () => {
  const rounded = { vatTotal: '7.58', total: '38' };
  assert.match(String(refusal(rounded)), /add up to 37\.88, its total says 38\.00/);
  assert.deepEqual(refusal(rounded, '0.50'), { net: '30.3', rounding: '0.12' });
});

test('rows name line, field, column and rule of everything that is wrong, and no value', () => {
  const row = (line: number, cells: Record<string, string>) => ({
    record: line,
    line,
    lines: 1,
    offset: 0,
    length: 1,
    cells,
  });
  const rules = {
    dialect,
    fields: { number: 'text', date: 'day', 'lines.amount': 'decimal' } as const,
    columns: { number: { column: 'No', required: true, empty: 'leave' as const }, date: 'Day', 'lines.amount': 'Sum' },
  };
  const rows = [row(2, { No: '', Day: '31.02.2026', Sum: 'ti' }), row(3, { No: '', Day: '', Sum: '1,50' })];
  assert.throws(
    () => readDocumentRows(rows, rules),
    ({ message }: Failure) => {
      assert.match(message, /Line 2, number \(column No\) must not be empty/);
      assert.match(message, /line 2, date \(column Day\) is no day written dd\.MM\.yyyy/);
      assert.match(message, /line 2, lines\.amount \(column Sum\) is no decimal/);
      return !message.includes('31.02.2026');
    },
  );
});

test('a token stands at the end of a text, which gives way to it', () => {
  assert.equal(withToken(undefined, 'ABCDEFGHIJKL', 60), '[ABCDEFGHIJKL]');
  assert.equal(withToken('Freight in October', 'ABCDEFGHIJKL', 22), 'Freight [ABCDEFGHIJKL]');
});
