import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SupplierInvoice } from '../../mappings/canonical/invoice.ts';
import type { Supplier } from '../../mappings/canonical/supplier.ts';
import { routeInvoice } from '../../mappings/routing/invoice-routing.ts';
import { routedValues } from '../../mappings/routing/routing.ts';
import { InvoiceRouting, SupplierRouting } from '../../mappings/routing/schemas.ts';
import { routeSupplier } from '../../mappings/routing/supplier-routing.ts';

const invoice: SupplierInvoice = {
  kind: 'Invoice',
  direction: 'supplier',
  type: 'invoice',
  number: 'INV-1',
  date: '2026-11-03',
  supplier: { number: '50001' },
  lines: [{ item: 'FREIGHT-NO', account: '4000' }, { item: 'PIPE' }],
  taxes: [],
};

test('lines get account and cost centre by supplier, item code or any field of the header', () => {
  const routing = InvoiceRouting.parse({
    rules: [
      { when: { 'supplier.number': ['50001', '50002'] }, set: { 'lines.account': '4300', branch: '2' } },
      { when: { 'lines.item': ['freight*'] }, set: { 'lines.account': '6100' } },
      { when: { 'lines.account': ['6100'], branch: ['2'] }, set: { 'lines.subaccount': '10-200' } },
      { when: { 'supplier.number': ['9'] }, set: { 'lines.account': '9999' } },
    ],
  });
  assert.deepEqual(routeInvoice(invoice, routing), {
    ...invoice,
    branch: '2',
    lines: [
      { item: 'FREIGHT-NO', account: '6100', subaccount: '10-200' },
      { item: 'PIPE', account: '4300' },
    ],
  });
});

test('an empty text is a field without a value, so a rule can fill only what is missing', () => {
  const routing = InvoiceRouting.parse({
    rules: [{ when: { 'lines.account': [''] }, set: { 'lines.account': '4999' } }],
  });
  assert.deepEqual(
    routeInvoice(invoice, routing).lines.map((line) => line.account),
    ['4000', '4999'],
  );
});

test('values are translated field by field before the rules are tried', () => {
  const routing = InvoiceRouting.parse({
    values: { 'lines.item': { pipe: 'P-1' } },
    rules: [{ when: { 'lines.item': ['P-1'] }, set: { 'lines.account': '4300' } }],
  });
  assert.deepEqual(routeInvoice(invoice, routing).lines[1], { item: 'P-1', account: '4300' });
});

test('an invoice that no rule matches is as it was', () => {
  assert.deepEqual(routeInvoice(invoice, InvoiceRouting.parse({})), invoice);
});

test('a text with a star means the letters around it, and signs of regular expressions mean themselves', () => {
  const matches = (text: string, value: string) =>
    routedValues({ a: value }, { values: {}, rules: [{ when: { a: [text] }, set: { b: 'x' } }] }).b === 'x';
  assert.ok(matches('a*c', 'ABBC'));
  assert.ok(matches('*', ''));
  assert.ok(matches('a.b*(c)', 'a.bxx(c)'));
  assert.ok(!matches('a.b*', 'axb'));
  assert.ok(!matches('a*', 'ba'));
  assert.ok(!matches('a', 'ab'));
  const hyphen = SupplierRouting.parse({ rules: [{ when: { number: ['N-*/[x]'] }, set: { currency: 'SEK' } }] });
  assert.equal(routedValues({ number: 'n-17/[X]' }, hyphen).currency, 'SEK');
});

test('a supplier gets what the rules set; an impossible value is a failure of the configuration', () => {
  const supplier: Supplier = { kind: 'Supplier', number: '1', name: 'N', address: { country: 'NO' } };
  const routing = SupplierRouting.parse({
    rules: [{ when: { 'address.country': ['NO', 'SE'] }, set: { supplierClass: 'NORDIC', 'address.county': 'x' } }],
  });
  assert.deepEqual(routeSupplier(supplier, routing), {
    ...supplier,
    supplierClass: 'NORDIC',
    address: { country: 'NO', county: 'x' },
  });
  const wrong = SupplierRouting.parse({ rules: [{ when: {}, set: { 'address.country': 'Norway' } }] });
  assert.throws(() => routeSupplier(supplier, wrong), {
    code: 'ROUTING_INVALID',
    message: /address\.country: must be a two-letter/,
  });
});

test('rules that name fields which do not exist or cannot be set are refused by name', () => {
  const problems = (schema: typeof InvoiceRouting | typeof SupplierRouting, rule: object) =>
    JSON.stringify(schema.safeParse({ rules: [rule] }).error?.issues ?? []);
  assert.match(
    problems(InvoiceRouting, { when: { 'supplier.colour': ['x'] }, set: { branch: '1' } }),
    /supplier\.colour/,
  );
  assert.match(problems(InvoiceRouting, { when: {}, set: { total: '1' } }), /total/);
  assert.match(
    problems(InvoiceRouting, { when: { 'lines.item': ['x'] }, set: { branch: '1' } }),
    /only set fields of lines/,
  );
  assert.match(problems(SupplierRouting, { when: {}, set: { number: '1' } }), /number/);
  assert.match(problems(SupplierRouting, { when: {}, set: {} }), /at least one field/);
});
