import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../failures/failure.ts';
import { supplierColumns, supplierFromRow } from '../../mappings/csv/supplier.ts';
import { SupplierCsvMap } from '../../mappings/csv/supplier-settings.ts';

const row = (cells: Record<string, string>) => ({ record: 2, line: 3, lines: 1, offset: 0, length: 1, cells });

const map = SupplierCsvMap.parse({
  number: 'Vendor No',
  name: 'Name',
  status: 'State',
  currency: { column: 'Cur', default: 'NOK' },
  supplierClass: { constant: 'IMPORT' },
  note: { column: 'Remark', empty: 'clear' },
  corporateId: { column: 'Org', required: true },
  'address.line1': 'Street',
  'address.line2': 'Street 2',
  'address.country': { column: 'Country', values: { Norge: 'NO', Sverige: 'SE' } },
  'contact.email': 'Mail',
});

const cells = {
  'Vendor No': '50001',
  Name: ' Bærum Rør AS ',
  State: 'onhold',
  Cur: 'eur',
  Remark: 'ring',
  Org: '987654321',
  Street: 'Storgata 1',
  'Street 2': '',
  Country: 'NORGE ',
  Mail: '',
};

test('a row becomes a supplier by column, constant and value map', () => {
  assert.deepEqual(supplierFromRow(row(cells), map), {
    kind: 'Supplier',
    number: '50001',
    name: 'Bærum Rør AS',
    status: 'OnHold',
    currency: 'EUR',
    supplierClass: 'IMPORT',
    note: 'ring',
    corporateId: '987654321',
    address: { lines: ['Storgata 1'], country: 'NO' },
  });
});

test('an empty cell leaves the field, takes the default, or clears it, as the map says', () => {
  const supplier = supplierFromRow(row({ ...cells, Cur: ' ', Remark: '', Street: '', Country: '' }), map);
  assert.equal(supplier.currency, 'NOK');
  assert.equal(supplier.note, '');
  assert.equal('address' in supplier, false);
  assert.equal('contact' in supplier, false);
});

test('every problem of a row is in one failure, by line, field, column and rule, and no value is in its message', () => {
  const bad = row({ ...cells, 'Vendor No': '', Org: '', Country: 'Norwegia', Cur: 'crowns', State: 'asleep' });
  assert.throws(
    () => supplierFromRow(bad, map),
    (error) => {
      assert.ok(error instanceof Failure);
      assert.equal(error.code, 'SUPPLIER_ROW_INVALID');
      assert.match(error.message, /^Line 3, record 2: number \(column Vendor No\) must not be empty; /);
      assert.match(error.message, /corporateId \(column Org\) must not be empty/);
      assert.match(
        error.message,
        /address\.country \(column Country\) must be a two-letter ISO 3166-1 code in capitals/,
      );
      assert.match(error.message, /currency \(column Cur\) must be a three-letter ISO 4217 code/);
      assert.match(error.message, /status \(column State\)/);
      for (const value of ['Bærum', 'NORWEGIA', 'Norwegia', 'CROWNS', 'asleep'])
        assert.doesNotMatch(error.message, new RegExp(value));
      assert.match(error.confidential ?? '', /Norwegia/);
      return true;
    },
  );
});

test('the routing translates values before they are checked, and its rules fill what the file does not have', () => {
  const routing = {
    values: { 'address.country': { Norwegia: 'NO' } },
    rules: [{ when: { 'address.country': ['NO'] }, set: { vatZone: '01', corporateId: '1' } }],
  };
  const supplier = supplierFromRow(row({ ...cells, Country: 'norwegia', Org: '' }), map, routing);
  assert.equal(supplier.address?.country, 'NO');
  assert.equal(supplier.vatZone, '01');
  assert.equal(supplier.corporateId, '1');
});

test('the columns that a file must have are those of the map', () => {
  assert.deepEqual(supplierColumns(map), [
    'Vendor No',
    'Name',
    'State',
    'Org',
    'Cur',
    'Remark',
    'Street',
    'Street 2',
    'Country',
    'Mail',
  ]);
});

test('a map names fields that exist, and says where number and name come from', () => {
  const unknown = SupplierCsvMap.safeParse({ number: 'A', name: 'B', 'address.planet': 'C' });
  assert.match(JSON.stringify(unknown.error?.issues), /address\.planet/);
  assert.match(JSON.stringify(SupplierCsvMap.safeParse({ number: 'A' }).error?.issues), /`number` and `name`/);
});
