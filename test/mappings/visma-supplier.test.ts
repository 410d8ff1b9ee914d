import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Supplier } from '../../mappings/canonical/supplier.ts';
import { supplierCreate, supplierFromVisma, supplierUpdate } from '../../mappings/visma/supplier.ts';
import { digestOf, pathsOf, projectionDigest, supplierDifference } from '../../mappings/visma/supplier-difference.ts';
import type { SupplierWrite, VismaSupplierRecord } from '../../mappings/visma/types.ts';

const full: Supplier = {
  kind: 'Supplier',
  number: '50001',
  name: 'Bærum Rør AS',
  status: 'Active',
  corporateId: '987654321',
  vatRegistrationId: 'NO987654321MVA',
  currency: 'NOK',
  language: 'NO',
  supplierClass: 'DOM',
  creditTerms: '30',
  paymentMethod: 'BANK',
  vatZone: '01',
  accountReference: 'C-17',
  note: 'ring first',
  address: {
    lines: ['Storgata 1', 'Inngang B'],
    postalCode: '1337',
    city: 'Sandvika',
    county: 'Akershus',
    country: 'NO',
  },
  contact: { name: 'Per', attention: 'Kari', email: 'post@ror.example', phone: '+47 22', web: 'ror.example' },
};

const record: VismaSupplierRecord = {
  number: '50001',
  name: ' Bærum Rør AS ',
  status: 'Active',
  corporateId: '987654321',
  vatRegistrationId: 'NO987654321MVA',
  currencyId: 'NOK',
  documentLanguage: 'NO',
  supplierClass: { id: 'DOM', description: 'Domestic' },
  creditTerms: { id: '30', description: '30 days' },
  paymentMethod: { id: 'BANK' },
  vatZone: { id: '01' },
  accountReference: 'C-17',
  note: 'ring first',
  mainAddress: {
    addressLine1: 'Storgata 1',
    addressLine2: 'Inngang B',
    addressLine3: null,
    postalCode: '1337',
    city: 'Sandvika',
    county: 'Akershus',
    country: { id: 'NO' },
  },
  mainContact: { name: 'Per', attention: 'Kari', email: 'post@ror.example', phone1: '+47 22', web: 'ror.example' },
};

test('a supplier of Visma.net becomes canonical, and the result is a valid document', () => {
  assert.deepEqual(supplierFromVisma(record), full);
  assert.deepEqual(Supplier.parse(supplierFromVisma(record)), full);
});

test('null, blank and missing are all absent', () => {
  const bare = {
    number: '7',
    name: 'X',
    note: '  ',
    corporateId: null,
    mainAddress: { city: '', country: null },
    creditTerms: null,
  };
  assert.deepEqual(supplierFromVisma(bare), { kind: 'Supplier', number: '7', name: 'X' });
});

test('a supplier without number or name, or in an unknown status, is refused by name of the field', () => {
  assert.throws(() => supplierFromVisma({ name: 'X' }), {
    code: 'MAPPED_VALUE_INVALID',
    message: 'supplier: Visma.net gives no number.',
  });
  assert.throws(() => supplierFromVisma({ number: '7', name: ' ' }), {
    message: 'supplier 7: Visma.net gives no name.',
  });
  assert.throws(() => supplierFromVisma({ ...record, status: 'Odd' }), {
    message: 'supplier 50001: status Odd is not known.',
  });
});

test('an update says what the supplier says: absent stays away, empty clears, address lines come as three', () => {
  assert.deepEqual(
    supplierUpdate({
      kind: 'Supplier',
      number: '50001',
      name: 'New',
      corporateId: '',
      address: { lines: ['One'], country: 'SE' },
      contact: { phone: '' },
    }),
    {
      name: 'New',
      corporateId: '',
      mainAddress: { addressLine1: 'One', addressLine2: '', addressLine3: '', countryId: 'SE' },
      mainContact: { phone1: '' },
    },
  );
});

test('a create names the number as its series wants it, and sends nothing to clear', () => {
  const supplier: Supplier = {
    kind: 'Supplier',
    number: '50001',
    name: 'N',
    note: '',
    address: { lines: ['One'] },
    contact: { phone: '' },
  };
  const body = { number: '50001', name: 'N', mainAddress: { addressLine1: 'One' } };
  assert.deepEqual(supplierCreate(supplier, { numbering: 'manual' }), body);
  assert.deepEqual(supplierCreate(supplier, { numbering: 'override' }), { ...body, overrideNumberSeries: true });
  assert.deepEqual(
    supplierCreate({ ...supplier, accountReference: 'ours' }, { numbering: 'automatic', token: 'ABCD' }),
    {
      name: 'N',
      mainAddress: { addressLine1: 'One' },
      accountReference: 'ABCD',
    },
  );
});

/** What Visma.net would answer after a write, as far as the map is concerned. */
function applied(before: VismaSupplierRecord, body: SupplierWrite): VismaSupplierRecord {
  const { mainAddress, mainContact, supplierClassId, creditTermsId, paymentMethodId, vatZoneId, ...flat } = body;
  const { countryId, ...address } = mainAddress ?? {};
  const described = (id: string | undefined, old: VismaSupplierRecord['creditTerms']) =>
    id === undefined ? old : { id };
  return {
    ...before,
    ...flat,
    supplierClass: described(supplierClassId, before.supplierClass),
    creditTerms: described(creditTermsId, before.creditTerms),
    paymentMethod: described(paymentMethodId, before.paymentMethod),
    vatZone: described(vatZoneId, before.vatZone),
    mainAddress: {
      ...before.mainAddress,
      ...address,
      ...(countryId === undefined ? {} : { country: { id: countryId } }),
    },
    mainContact: { ...before.mainContact, ...mainContact },
  };
}

const maybe = fc.option(fc.constantFrom('', 'a', ' b ', 'C'), { nil: undefined });
const someSupplier = fc
  .record({
    corporateId: maybe,
    creditTerms: maybe,
    note: maybe,
    currency: fc.constantFrom(undefined, '', 'NOK'),
    address: fc.option(
      fc.record({
        lines: fc.option(fc.array(fc.constantFrom('', 'x', 'y'), { maxLength: 3 }), { nil: undefined }),
        city: maybe,
      }),
      { nil: undefined },
    ),
    contact: fc.option(fc.record({ email: maybe }), { nil: undefined }),
  })
  .map((fields) =>
    Supplier.parse({ kind: 'Supplier', number: '50001', name: 'N', ...JSON.parse(JSON.stringify(fields)) }),
  );

test('after the update nothing differs, and the digests agree; before it they agree exactly when nothing differs', () => {
  fc.assert(
    fc.property(someSupplier, someSupplier, (intended, old) => {
      const before = applied({ number: '50001' }, supplierUpdate(old));
      const actual = supplierFromVisma(before);
      const same = supplierDifference(intended, actual).length === 0;
      assert.equal(digestOf(actual, pathsOf(intended)) === projectionDigest(intended), same);
      const after = supplierFromVisma(applied(before, supplierUpdate(intended)));
      assert.deepEqual(supplierDifference(intended, after), []);
      assert.equal(digestOf(after, pathsOf(intended)), projectionDigest(intended));
    }),
    { numRuns: 1000 },
  );
});

test('a difference is named by path, and only for fields that the intended supplier mentions', () => {
  const intended: Supplier = {
    kind: 'Supplier',
    number: '50001',
    name: 'Bærum Rør AS',
    creditTerms: '14',
    corporateId: '',
    address: { lines: ['Storgata 1'], city: 'Sandvika' },
    contact: { email: 'other@ror.example' },
  };
  assert.deepEqual(pathsOf(intended), [
    'address.city',
    'address.lines',
    'contact.email',
    'corporateId',
    'creditTerms',
    'name',
    'number',
  ]);
  assert.deepEqual(supplierDifference(intended, full), [
    'address.lines',
    'contact.email',
    'corporateId',
    'creditTerms',
  ]);
});

test('white space, line ends, the case of codes and empty against absent are no difference; the case of a name is one', () => {
  const actual: Supplier = { kind: 'Supplier', number: 'ab1', name: 'Acme', supplierClass: 'DOM', note: 'a\nb' };
  const intended: Supplier = {
    ...actual,
    number: 'AB1',
    name: ' Acme ',
    supplierClass: 'dom',
    note: 'a\r\nb',
    city: undefined,
  } as Supplier;
  assert.deepEqual(supplierDifference({ ...intended, creditTerms: '', address: { lines: ['', ' '] } }, actual), []);
  assert.deepEqual(supplierDifference({ ...intended, name: 'ACME' }, actual), ['name']);
});
