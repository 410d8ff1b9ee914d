import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulated, supplierBody, wrap } from './visma-caller.ts';

test('a create answers 201 without a body, with an ETag and a Location on another host', async (t) => {
  const { call, visma } = await simulated(t);
  const { status, headers, text } = await call('POST', '/v1/supplier', supplierBody('V 1/2'));
  assert.equal(status, 201);
  assert.equal(text, '');
  const location = new URL(headers.get('location')!);
  assert.notEqual(location.host, new URL(visma.url).host);
  assert.equal(decodeURIComponent(location.pathname.split('/').at(-1)!), 'V 1/2');
  const read = await call('GET', `/v1/supplier/${encodeURIComponent('V 1/2')}`);
  assert.equal(read.headers.get('etag'), headers.get('etag'));
  assert.equal(read.headers.get('etag'), `"${read.body.timeStamp}"`);
});

test('writes are wrapped and reads are plain', async (t) => {
  const { call } = await simulated(t);
  const body = {
    ...supplierBody('V1', { currencyId: 'EUR', vatZoneId: '03', accountReference: 'token-1', corporateId: '911' }),
    overrideWithClassValues: false,
    mainAddress: { value: wrap({ addressLine1: 'Storgata 1', city: 'Oslo', countryId: 'SE' }) },
    mainContact: { value: wrap({ email: 'post@alfa.test' }) },
    supplierPaymentMethodDetails: [
      { paymentMethodDetailDescription: 'IBAN', paymentMethodDetailValue: { value: 'NO93' } },
    ],
  };
  assert.equal((await call('POST', '/v1/supplier', body)).status, 201);
  const { body: read } = await call('GET', '/v1/supplier/V1');
  assert.equal(read.name, 'Supplier V1');
  assert.equal(read.accountReference, 'token-1');
  assert.deepEqual(read.mainAddress.country, { id: 'SE', name: 'Sweden' });
  assert.equal(read.mainContact.email, 'post@alfa.test');
  assert.deepEqual(read.vatZone, { id: '03', description: 'Import' });
  assert.equal(read.supplierPaymentMethodDetails[0].paymentMethodDetailDescription, 'IBAN');
  assert.equal(read.supplierPaymentMethodDetails[0].paymentMethodDetailValue, 'NO93');
  assert.equal(read.overrideNumberSeries, undefined);
});

test('an unwrapped scalar is refused in both modes', async (t) => {
  const { call, visma } = await simulated(t);
  const body = { ...supplierBody('V1'), name: 'Alfa' };
  assert.equal((await call('POST', '/v1/supplier', body)).status, 400);
  await visma.admin.setSettings({ mode: 'real' });
  const refused = await call('POST', '/v1/supplier', body);
  assert.equal(refused.status, 400);
  assert.match(refused.body.message, /'name' must be wrapped/);
  assert.equal((await visma.admin.state()).entities.supplier?.count, 0);
});

test('strict mode refuses a null value, an unknown field and a wrong type', async (t) => {
  const { call } = await simulated(t);
  const post = async (extra: Record<string, unknown>) =>
    (await call('POST', '/v1/supplier', { ...supplierBody('V1'), ...extra })).status;
  assert.equal(await post({ note: { value: null } }), 400);
  assert.equal(await post({ vendorName: { value: 'Alfa' } }), 400);
  assert.equal(await post({ name: { value: 5 } }), 400);
  assert.equal(await post({ status: { value: 'active' } }), 400);
  assert.equal(await post({ mainAddress: wrap({ city: 'Oslo' }) }), 400);
});

test('real mode ignores an unknown field', async (t) => {
  const { call, visma } = await simulated(t, { settings: { mode: 'real' } });
  const body = { ...supplierBody('V1'), vendorName: { value: 'Alfa' } };
  assert.equal((await call('POST', '/v1/supplier', body)).status, 201);
  assert.equal((await visma.admin.state()).entities.supplier?.records?.[0]?.vendorName, undefined);
});

test('a sent number is ignored under an automatic series unless the series is overridden', async (t) => {
  const { call, visma } = await simulated(t);
  await visma.admin.seed({ suppliers: [{ number: '50001' }] });
  const { headers } = await call('POST', '/v1/supplier', wrap({ number: 'MINE', name: 'Alfa' }));
  assert.match(headers.get('location')!, /\/50002$/);
  assert.equal((await call('GET', '/v1/supplier/MINE')).status, 404);
  assert.match((await call('POST', '/v1/supplier', supplierBody('MINE'))).headers.get('location')!, /\/MINE$/);
});

test('a manual series needs a number', async (t) => {
  const { call } = await simulated(t, { settings: { supplierNumbering: 'manual' } });
  const refused = await call('POST', '/v1/supplier', wrap({ name: 'Alfa' }));
  assert.equal(refused.status, 400);
  assert.match(
    refused.body.message,
    /^VismaId: \S+\. Error inserting the supplier\. Value cannot be null\. Parameter name: key/,
  );
  assert.equal((await call('POST', '/v1/supplier', wrap({ number: 'A1', name: 'Alfa' }))).status, 201);
});

test('a number that is taken, in any case of letters, is refused', async (t) => {
  const { call, visma } = await simulated(t);
  await call('POST', '/v1/supplier', supplierBody('v1'));
  const refused = await call('POST', '/v1/supplier', supplierBody('V1'));
  assert.equal(refused.status, 400);
  assert.match(refused.body.message, /'V1' already exists/);
  assert.equal((await visma.admin.state()).commits.length, 1);
});

test('an unknown reference is refused in the words of the ERP', async (t) => {
  const { call } = await simulated(t);
  const refusal = async (values: Record<string, unknown>) =>
    (await call('POST', '/v1/supplier', supplierBody('V1', values))).body.message;
  assert.match(
    await refusal({ mainAddress: wrap({ countryId: 'XK' }) }),
    /^VismaId: [0-9a-f-]{36}\. Error inserting the supplier\. Error: CountryID 'XK' cannot be found in the system\.$/,
  );
  assert.match(await refusal({ currencyId: 'XXX' }), /CuryID 'XXX' cannot be found in the system\.$/);
  assert.match(await refusal({ supplierClassId: '99' }), /VendorClassID '99' cannot be found in the system\.$/);
  assert.match(await refusal({ creditTermsId: '31' }), /TermsID '31' cannot be found in the system\.$/);
  assert.match(await refusal({ vatZoneId: '77' }), /TaxZoneID '77' cannot be found in the system\.$/);
  assert.match(await refusal({ paymentMethodId: '77' }), /PaymentMethodID '77' cannot be found in the system\.$/);
});

test('a country added to the ERP is accepted from then on', async (t) => {
  const { call, visma } = await simulated(t);
  const body = supplierBody('V1', { mainAddress: wrap({ countryId: 'XK' }) });
  assert.equal((await call('POST', '/v1/supplier', body)).status, 400);
  await visma.admin.seed({ references: { countries: ['XK'] } });
  assert.equal((await call('POST', '/v1/supplier', body)).status, 201);
  assert.deepEqual((await call('GET', '/v1/supplier/V1')).body.mainAddress.country, { id: 'XK', name: 'Kosovo' });
});

test('a business fault can come as 500, and then nothing was written', async (t) => {
  const { call, visma } = await simulated(t, { settings: { businessFaultStatus: 500 } });
  const refused = await call('POST', '/v1/supplier', supplierBody('V1', { currencyId: 'XXX' }));
  assert.equal(refused.status, 500);
  assert.equal((await visma.admin.state()).entities.supplier?.count, 0);
});

test('a text longer than its field is refused, and the length is a setting', async (t) => {
  const { call, visma } = await simulated(t);
  const long = supplierBody('V1', { name: 'x'.repeat(61) });
  const refused = await call('POST', '/v1/supplier', long);
  assert.equal(refused.status, 400);
  assert.match(refused.body.message, /'name' exceeds the maximum length of 60/);
  assert.equal((await call('POST', '/v1/supplier', supplierBody('V2', { name: 'x'.repeat(60) }))).status, 201);
  await visma.admin.setSettings({ fieldLengths: { 'supplier.name': 255 } });
  assert.equal((await call('POST', '/v1/supplier', long)).status, 201);
});

test('an update changes what it names, clears with an empty text and answers 204 with a new ETag', async (t) => {
  const { call, visma } = await simulated(t);
  await visma.admin.seed({
    suppliers: [{ number: 'V1', name: 'Alfa', corporateId: '911', mainAddress: { city: 'Oslo', postalCode: '0150' } }],
    lastModifiedDateTime: '2026-03-01',
  });
  const before = await call('GET', '/v1/supplier/V1');
  const put = await call('PUT', '/v1/supplier/V1', {
    corporateId: { value: '' },
    mainAddress: { value: { city: { value: 'Bergen' } } },
  });
  assert.equal(put.status, 204);
  assert.equal(put.text, '');
  const after = await call('GET', '/v1/supplier/V1');
  assert.equal(after.headers.get('etag'), put.headers.get('etag'));
  assert.notEqual(after.headers.get('etag'), before.headers.get('etag'));
  assert.equal(after.body.name, 'Alfa');
  assert.equal(after.body.corporateId, undefined);
  assert.equal(after.body.mainAddress.city, 'Bergen');
  assert.equal(after.body.mainAddress.postalCode, '0150');
  assert.ok(after.body.lastModifiedDateTime > before.body.lastModifiedDateTime);
});

test('an update with a stale If-Match answers 412 and changes nothing', async (t) => {
  const { call, visma } = await simulated(t);
  await visma.admin.seed({ suppliers: [{ number: 'V1', name: 'Alfa' }] });
  const etag = (await call('GET', '/v1/supplier/V1')).headers.get('etag')!;
  await visma.admin.touch({ entity: 'supplier', key: 'V1', changes: { name: 'Changed by a user' } });
  const stale = await call('PUT', '/v1/supplier/V1', wrap({ name: 'Ours' }), { 'if-match': etag });
  assert.equal(stale.status, 412);
  assert.match(stale.body.message, /version does not match with If-Match header/);
  const fresh = await call('GET', '/v1/supplier/V1');
  assert.equal(fresh.body.name, 'Changed by a user');
  const headers = { 'if-match': fresh.headers.get('etag')! };
  assert.equal((await call('PUT', '/v1/supplier/V1', wrap({ name: 'Ours' }), headers)).status, 204);
});

test('an update without If-Match wins over whatever came before it', async (t) => {
  const { call, visma } = await simulated(t);
  await visma.admin.seed({ suppliers: [{ number: 'V1', name: 'Alfa' }] });
  assert.equal((await call('PUT', '/v1/supplier/V1', wrap({ name: 'Last' }))).status, 204);
});

test('an If-Match without quotes is refused in strict mode only', async (t) => {
  const { call, visma } = await simulated(t);
  await visma.admin.seed({ suppliers: [{ number: 'V1' }] });
  const { timeStamp } = (await call('GET', '/v1/supplier/V1')).body;
  const put = async () => (await call('PUT', '/v1/supplier/V1', wrap({ name: 'B' }), { 'if-match': timeStamp })).status;
  assert.equal(await put(), 400);
  await visma.admin.setSettings({ mode: 'real' });
  assert.equal(await put(), 204);
});

test('a refused update leaves the record and its version alone', async (t) => {
  const { call, visma } = await simulated(t);
  await visma.admin.seed({ suppliers: [{ number: 'V1', name: 'Alfa' }] });
  const before = await call('GET', '/v1/supplier/V1');
  const refused = await call('PUT', '/v1/supplier/V1', wrap({ name: '', currencyId: 'EUR' }));
  assert.match(refused.body.message, /Error updating the supplier/);
  assert.deepEqual((await call('GET', '/v1/supplier/V1')).body, before.body);
});

test('a record that is not there answers 404 to a read and to an update', async (t) => {
  const { call } = await simulated(t);
  assert.equal((await call('GET', '/v1/supplier/NONE')).status, 404);
  assert.equal((await call('PUT', '/v1/supplier/NONE', wrap({ name: 'A' }))).status, 404);
});

test('paths are read in any case and keys also as base64', async (t) => {
  const { call, visma } = await simulated(t);
  await visma.admin.seed({ suppliers: [{ number: 'Ø/1' }] });
  const key = `b64(${Buffer.from('Ø/1').toString('base64url')})`;
  assert.equal((await call('GET', `/v1/Supplier/${key}`)).body.number, 'Ø/1');
});

test('a malformed body is refused as the client’s fault', async (t) => {
  const { call } = await simulated(t);
  assert.equal((await call('POST', '/v1/supplier', '{"name":')).status, 400);
  assert.equal((await call('POST', '/v1/supplier', '[]')).status, 400);
});
