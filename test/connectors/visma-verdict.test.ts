import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { type SupplierWrite, supplierCreate, supplierUpdate } from '../../connectors/visma/entities/supplier.ts';
import type { WriteAnswer, WriteRequest } from '../../connectors/visma/write.ts';
import type { Failure } from '../../failures/failure.ts';
import { openClient, purpose, type Reply, recordingBudget, startScriptedVisma } from './visma-support.ts';

const supplier: SupplierWrite = {
  number: '50001',
  name: 'Fjord & Fisk AS',
  currencyId: 'NOK',
  supplierClassId: '77',
  corporateId: '914778271',
  vatRegistrationId: 'NO914778271MVA',
  mainAddress: { addressLine1: 'Storgata 1', city: 'Å', postalCode: '0155', countryId: 'XX' },
  mainContact: { attention: 'Kari Nordmann', email: 'kari@fjordfisk.example', phone1: '+47 22 33 44 55' },
};

async function answerTo(reply: Reply, request: WriteRequest = supplierCreate(supplier)): Promise<WriteAnswer> {
  await using visma = await startScriptedVisma(() => reply);
  await using client = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl });
  const write = await client.prepareWrite(purpose);
  return await write.send(request, { mayWriteUntil: () => true, timeoutMs: 3000 });
}

function failureOf(answer: WriteAnswer): Failure {
  assert.ok('failure' in answer, inspect(answer));
  return answer.failure;
}

const erp = (message: string) => ({ message: `VismaId: 0fd0b8a4-1d0b-4f6b-9a5c-1f7f3f1c2b3a. ${message}` });

test('a create is accepted with the key of the Location, whatever its host, and the version without quotes', async () => {
  const headers = {
    location: 'https://integration.visma.net/API/controller/api/v1/supplier/50001',
    etag: '"AAAAAE0YIiI="',
  };
  const answer = await answerTo({ status: 201, headers });
  assert.deepEqual(answer, { outcome: 'accepted', status: 201, externalId: '50001', etag: 'AAAAAE0YIiI=' });
});

test('keys in a Location are decoded, percent-encoded and base64 alike', async () => {
  const b64 = `b64(${Buffer.from('A/1').toString('base64url')})`;
  for (const [segment, key] of [
    ['50%20001', '50 001'],
    [b64, 'A/1'],
    ['7/?x=1', '7'],
    ['100%', '100%'],
  ] as const) {
    const answer = await answerTo({ status: 201, headers: { location: `/v1/supplier/${segment}` } });
    assert.equal(answer.outcome === 'accepted' && answer.externalId, key);
  }
});

test('an update is accepted with its new version and no key', async () => {
  const answer = await answerTo(
    { status: 204, headers: { etag: '"B="' } },
    supplierUpdate('50001', { name: 'x' }, 'A='),
  );
  assert.deepEqual(answer, { outcome: 'accepted', status: 204, externalId: undefined, etag: 'B=' });
});

test('412 is stale', async () => {
  assert.deepEqual(await answerTo({ status: 412, body: erp('supplier version does not match with If-Match header') }), {
    outcome: 'stale',
  });
});

test('a 4xx with the words of the ERP is refused, and the words come without the VismaId', async () => {
  const answer = await answerTo({
    status: 400,
    body: erp("Error inserting the supplier. VendorClassID '77' cannot be found in the system."),
  });
  assert.equal(answer.outcome, 'refused');
  assert.equal(failureOf(answer).type, 'DataInvalid');
  assert.equal(
    failureOf(answer).message,
    "POST supplier: Error inserting the supplier. VendorClassID '77' cannot be found in the system. (400)",
  );
});

test('the field of the message is found in any case and in the shape of the platform', async () => {
  for (const body of [
    { Message: 'Bad VAT zone' },
    { ExceptionType: 'IPPException', ExceptionMessage: 'Bad VAT zone' },
    { MESSAGE: 'Bad VAT zone' },
  ]) {
    assert.match(failureOf(await answerTo({ status: 422, body })).message, /: Bad VAT zone \(422\)$/);
  }
});

test('a record that exists already is a duplicate for a person to look at', async () => {
  for (const words of ["Supplier '50001' already exists.", 'Another process has added the record: duplicate key']) {
    const answer = await answerTo({ status: 409, body: erp(words) });
    assert.equal(answer.outcome, 'refused');
    assert.equal(failureOf(answer).type, 'DuplicateExternal');
  }
});

test('404 on an update is a missing record, on a create without words a wrong address', async () => {
  const update = supplierUpdate('50001', { name: 'x' }, 'A=');
  assert.equal(failureOf(await answerTo({ status: 404, body: erp('not found') }, update)).code, 'VISMA_NOT_FOUND');
  assert.equal(failureOf(await answerTo({ status: 404 })).code, 'VISMA_ROUTE');
  assert.equal(failureOf(await answerTo({ status: 404, body: erp('Class 77 is missing') })).code, 'VISMA_REFUSED');
});

test('403 for rights or scope wrote nothing and is a matter of credentials; for a reason of the document it is refused', async () => {
  for (const body of [
    undefined,
    { message: 'Missing scope vismanet_erp_service_api:create' },
    { ExceptionMessage: 'No license for this company.' },
  ]) {
    const answer = await answerTo({ status: 403, body });
    assert.equal(answer.outcome, 'not-written');
    assert.equal(failureOf(answer).type, 'AuthFailed');
  }
  assert.equal((await answerTo({ status: 403, body: erp('The supplier is closed') })).outcome, 'refused');
});

test('429 wrote nothing, waits as long as it is told, and tells the budget', async () => {
  await using visma = await startScriptedVisma(() => ({
    status: 429,
    headers: {
      'retry-after': '30',
      'x-ratelimit-limit': '500',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': '1200',
    },
  }));
  const { budget, observed } = recordingBudget();
  await using client = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl, budget });
  const write = await client.prepareWrite(purpose);
  const answer = await write.send(supplierCreate(supplier), { mayWriteUntil: () => true, timeoutMs: 3000 });
  assert.equal(answer.outcome, 'not-written');
  assert.equal(failureOf(answer).type, 'QuotaDeferred');
  assert.equal(failureOf(answer).retryAfterMs, 30_000);
  assert.deepEqual(observed, [{ limit: 500, remaining: 0, resetMs: 1_200_000, retryAfterMs: 30_000 }]);
});

test('a budget that cannot be told does not cost the answer of a write', async () => {
  await using visma = await startScriptedVisma(() => ({ status: 201, headers: { 'x-ratelimit-remaining': '3' } }));
  const budget = { take: async () => {}, observe: () => Promise.reject(new Error('database is down')) };
  await using client = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl, budget });
  const write = await client.prepareWrite(purpose);
  assert.equal(
    (await write.send(supplierCreate(supplier), { mayWriteUntil: () => true, timeoutMs: 3000 })).outcome,
    'accepted',
  );
});

test('a 500 is unknown even when it carries the words of the ERP, which come along', async () => {
  const answer = await answerTo({
    status: 500,
    body: erp("Error creating document. Error: TaxZoneID '9' cannot be found."),
  });
  assert.equal(answer.outcome, 'unknown');
  assert.equal(failureOf(answer).type, 'OutcomeUnknown');
  assert.equal(
    answer.outcome === 'unknown' && answer.erpMessage,
    "Error creating document. Error: TaxZoneID '9' cannot be found.",
  );
});

test('pages of a gateway, redirects and time-outs on behalf of others are unknown and have no words', async () => {
  const page = '<!DOCTYPE html><title>Bad gateway</title>';
  const replies: Reply[] = [
    { status: 502, body: page },
    { status: 504, body: page },
    { status: 200, body: page },
    { status: 400, body: page },
    { status: 408 },
    { status: 302, headers: { location: '/login' } },
  ];
  for (const reply of replies) {
    const answer = await answerTo(reply);
    assert.equal(answer.outcome, 'unknown', `${reply.status}`);
    assert.equal(answer.outcome === 'unknown' && answer.erpMessage, undefined);
    assert.doesNotMatch(failureOf(answer).message, /DOCTYPE|Bad gateway/);
  }
});

test('an action that answers 200 and says Failed is refused with its reason', async () => {
  const answer = await answerTo({
    status: 200,
    body: { actionId: 1, actionResult: 'Failed', errorInfo: 'The document is on hold' },
  });
  assert.equal(answer.outcome, 'refused');
  assert.match(failureOf(answer).message, /The document is on hold/);
});

test('the failure repeats codes that were sent but no name, address, contact, registration or bank value', async () => {
  const words = [
    "Error inserting the supplier. Supplier 'FJORD & FISK AS' at 'Storgata  1', 0155 Å has a problem.",
    'Contact Kari Nordmann (kari@fjordfisk.example, other@person.example) phone +47 22 33 44 55 or 22334455.',
    "Tax id NO914778271MVA, 914778271; cut: 'Kari Nordman'. Html: Fjord &amp; Fisk AS.",
    "CountryID 'XX', CuryID 'NOK', VendorClassID '77', number 50001, period 2026-11-03.",
  ].join(' ');
  for (const reply of [
    { status: 400, body: erp(words) },
    { status: 500, body: erp(words) },
  ]) {
    const answer = await answerTo(reply);
    const failure = failureOf(answer);
    const shown = failure.message + (answer.outcome === 'unknown' ? answer.erpMessage : '');
    for (const secret of [
      /fjord/i,
      /fisk/i,
      /storgata/i,
      /0155/,
      /Å/,
      /kari/i,
      /nordman/i,
      /@/,
      /2233/,
      /22 33/,
      /914778271/,
    ]) {
      assert.doesNotMatch(shown, secret);
    }
    for (const code of ["'XX'", "'NOK'", "'77'", '50001', '2026-11-03', '[name]', '[city]', '[attention]']) {
      assert.ok(shown.includes(code), `${code} in ${shown}`);
    }
    assert.equal(failure.confidential, words, 'the original is kept for the sealed ledger');
  }
});
