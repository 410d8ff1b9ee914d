import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson, contentHash } from '../../mappings/canonical/content-hash.ts';
import { decimalOf } from '../../mappings/canonical/decimal.ts';
import { CanonicalDocument } from '../../mappings/canonical/document.ts';
import { Invoice } from '../../mappings/canonical/invoice.ts';
import { invoiceFields } from '../../mappings/canonical/invoice-fields.ts';
import { Supplier } from '../../mappings/canonical/supplier.ts';
import { supplierFields, supplierOf, supplierValues } from '../../mappings/canonical/supplier-fields.ts';

const supplier = { kind: 'Supplier', number: '50001', name: 'Acme' };
const invoice = {
  kind: 'Invoice',
  direction: 'supplier',
  type: 'invoice',
  date: '2026-11-03',
  supplier: { number: '50001' },
  lines: [],
  taxes: [],
};

test('documents are told apart by kind, and invoices by direction', () => {
  assert.equal(CanonicalDocument.parse(supplier).kind, 'Supplier');
  assert.equal(CanonicalDocument.parse(invoice).kind, 'Invoice');
  const { supplier: _, ...rest } = invoice;
  const toCustomer = CanonicalDocument.parse({ ...rest, direction: 'customer', customer: { number: '7' } });
  assert.ok(toCustomer.kind === 'Invoice' && toCustomer.direction === 'customer');
});

test('a supplier refuses unknown fields, an empty number, names of countries and a fourth address line', () => {
  for (const bad of [
    { ...supplier, nickname: 'A' },
    { ...supplier, number: '' },
    { ...supplier, number: ' 5' },
    { ...supplier, name: '' },
    { ...supplier, address: { country: 'Norway' } },
    { ...supplier, address: { country: 'no' } },
    { ...supplier, address: { lines: ['1', '2', '3', '4'] } },
    { ...supplier, currency: 'kroner' },
    { ...supplier, status: 'Sleeping' },
  ]) {
    assert.equal(Supplier.safeParse(bad).success, false, JSON.stringify(bad));
  }
  assert.ok(Supplier.safeParse({ ...supplier, currency: '', address: { country: '' } }).success);
});

test('an invoice refuses floats, exponents and days that do not exist', () => {
  for (const bad of [
    { ...invoice, total: 12.5 },
    { ...invoice, total: '1e3' },
    { ...invoice, total: '1,5' },
    { ...invoice, date: '2026-02-30' },
    { ...invoice, date: '2026-11-03T00:00:00Z' },
    { ...invoice, direction: 'customer' },
  ]) {
    assert.equal(Invoice.safeParse(bad).success, false, JSON.stringify(bad));
  }
});

test('the content hash does not see the order of keys or fields that are undefined, and sees everything else', () => {
  const hash = contentHash({ a: 1, b: { c: ['x', null], d: undefined } });
  assert.equal(hash, contentHash({ b: { c: ['x', null] }, a: 1 }));
  assert.match(hash, /^[0-9a-f]{64}$/);
  for (const other of [{ a: 1 }, { a: '1', b: { c: ['x', null] } }, { a: 1, b: { c: [null, 'x'] } }]) {
    assert.notEqual(contentHash(other), hash);
  }
  assert.equal(
    contentHash({ number: '50001', name: 'Acme' }),
    'cdf2c6eb5bf1f8143628109d5336f3d15e801f082c0af05034cd7db8758b9c01',
  );
});

test('canonical JSON is JSON of the same value, whatever the order of keys', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.deepEqual(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value)));
      assert.equal(canonicalJson(reversed(value)), canonicalJson(value));
    }),
  );
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
}

test('a JSON number keeps its digits', () => {
  const cases: [string, string][] = [
    ['0.1', '0.1'],
    ['1200.00', '1200'],
    ['-0.0', '0'],
    ['12345678901.99', '12345678901.99'],
    ['1e21', '1000000000000000000000'],
    ['1e-7', '0.0000001'],
  ];
  for (const [json, decimal] of cases) assert.equal(decimalOf(JSON.parse(json)), decimal, json);
  fc.assert(
    fc.property(fc.integer({ min: -(10 ** 12), max: 10 ** 12 }), (cents) => {
      const text = `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;
      assert.equal(Number(decimalOf(JSON.parse(text))), cents / 100);
      assert.match(decimalOf(JSON.parse(text)), /^-?\d+(\.\d{1,2})?$/);
    }),
  );
});

test('the flat values of a supplier make the same supplier again', () => {
  const full = Supplier.parse({
    ...supplier,
    status: 'Active',
    note: '',
    address: { lines: ['Storgata 1', '', 'c/o B'], city: 'Oslo', country: 'NO' },
    contact: { email: 'post@acme.example' },
  });
  assert.deepEqual(supplierOf(supplierValues(full)), full);
  const cleared = { ...supplier, address: { lines: [] } };
  assert.deepEqual(supplierOf(supplierValues(Supplier.parse(cleared))), cleared);
});

test('the field names that integration files may use are the fields of the schemas', () => {
  const lists = ['ids', 'adjustments'];
  const names = Object.keys(Invoice.options[0].shape.lines.element.shape).filter((name) => !lists.includes(name));
  const line = names.map((name) => `lines.${name}`);
  assert.deepEqual(invoiceFields.filter((field) => field.startsWith('lines.')).sort(), line.sort());
  const flat = Object.keys(Supplier.shape).filter((name) => !['kind', 'address', 'contact'].includes(name));
  assert.deepEqual(supplierFields.filter((field) => !field.includes('.')).sort(), flat.sort());
});
