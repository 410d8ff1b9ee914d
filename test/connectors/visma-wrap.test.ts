import assert from 'node:assert/strict';
import { test } from 'node:test';
import { supplierCreate, supplierUpdate } from '../../connectors/visma/entities/supplier.ts';
import { type Rules, wrapBody } from '../../connectors/visma/wrap.ts';

test('scalars are wrapped, groups are wrapped as a whole and inside, bare fields stay bare', () => {
  const request = supplierCreate({
    number: '50001',
    name: 'Fjord Fisk',
    overrideWithClassValues: true,
    overrideNumberSeries: true,
    mainAddress: { city: 'Oslo', countryId: 'NO' },
    mainContact: { email: 'post@fjord.example' },
  });
  assert.deepEqual(request, {
    method: 'POST',
    path: '/v1/supplier',
    body: {
      number: { value: '50001' },
      name: { value: 'Fjord Fisk' },
      overrideWithClassValues: true,
      overrideNumberSeries: { value: true },
      mainAddress: { value: { city: { value: 'Oslo' }, countryId: { value: 'NO' } } },
      mainContact: { value: { email: { value: 'post@fjord.example' } } },
    },
  });
});

test('an empty text clears, what is absent or null is left out, and so is a group without fields', () => {
  const body = { name: '', note: null, corporateId: undefined, mainAddress: { city: undefined } } as unknown as {
    name: string;
  };
  assert.deepEqual(supplierUpdate('1', body, 'A=').body, { name: { value: '' } });
});

test('an update goes to the record by its key, with the version that was read', () => {
  const { method, path, ifMatch } = supplierUpdate('A/1', { name: 'x' }, 'AAAAAE0YIiI=');
  assert.deepEqual(
    { method, path, ifMatch },
    { method: 'PUT', path: '/v1/supplier/b64(QS8x)', ifMatch: 'AAAAAE0YIiI=' },
  );
});

test('line arrays are bare while their fields follow their own rules', () => {
  const rules: Rules = {
    hold: 'wrapped',
    invoiceLines: { lines: { operation: 'bare', quantity: 'wrapped', subaccount: 'bare' } },
  };
  const lines = [{ operation: 'Insert', quantity: 1, subaccount: [{ segmentId: 1, segmentValue: '10' }] }];
  assert.deepEqual(wrapBody('supplierInvoice', rules, { hold: false, invoiceLines: lines }), {
    hold: { value: false },
    invoiceLines: [{ operation: 'Insert', quantity: { value: 1 }, subaccount: [{ segmentId: 1, segmentValue: '10' }] }],
  });
});

test('a field that Visma does not take is refused by name, since Visma would silently ignore it', () => {
  const body = { nmae: 'Fjord Fisk' } as unknown as { name: string };
  assert.throws(() => supplierCreate(body), { code: 'VISMA_REFUSED', message: /supplier\.nmae/ });
});
