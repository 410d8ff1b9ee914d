import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../failures/failure.ts';
import { openClient, purpose, type Reply, startRawServer, startScriptedVisma } from './visma-support.ts';

const page = '<html><body>Service unavailable</body></html>';
const failsWith = (code: string, words?: RegExp) => (error: unknown) => {
  assert.ok(error instanceof Failure, String(error));
  assert.equal(error.code, code, error.message);
  if (words !== undefined) assert.match(error.message, words);
  return true;
};

async function withReply<T>(
  reply: Reply,
  work: (client: ReturnType<typeof openClient>) => Promise<T>,
  settings = {},
): Promise<T> {
  await using visma = await startScriptedVisma(() => reply);
  await using client = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl, settings });
  return await work(client);
}

const readList = (client: ReturnType<typeof openClient>) => client.suppliers.listPage({}, 1, purpose);
const readOne = (client: ReturnType<typeof openClient>) => client.suppliers.get('50001', purpose);

test('a record is read plain, with its version from the ETag where the body has none, and without unknown fields', async () => {
  const body = {
    number: '50001',
    name: 'Fjord Fisk',
    currencyId: null,
    mainAddress: { city: 'Oslo', moon: 1 },
    brandNew: true,
  };
  const supplier = await withReply({ status: 200, body, headers: { etag: '"AAAAAE0YIiI="' } }, readOne);
  assert.deepEqual(supplier, {
    number: '50001',
    name: 'Fjord Fisk',
    currencyId: null,
    mainAddress: { city: 'Oslo' },
    timeStamp: 'AAAAAE0YIiI=',
  });
});

test('a record that is not there is undefined, whether the 404 has words or not', async () => {
  assert.equal(await withReply({ status: 404 }, readOne), undefined);
  assert.equal(await withReply({ status: 404, body: { message: 'not found' } }, readOne), undefined);
});

test('a 404 page of a gateway does not prove that a record is absent', async () => {
  await assert.rejects(withReply({ status: 404, body: page }, readOne), failsWith('VISMA_UNREACHABLE'));
});

test('a list that does not exist is a wrong address in the settings', async () => {
  await assert.rejects(withReply({ status: 404 }, readList), failsWith('VISMA_ROUTE'));
});

test('pages, redirects and failures of the other side are passing troubles', async () => {
  const replies: Reply[] = [
    { status: 502, body: page },
    { status: 200, body: page },
    { status: 403, body: page },
    { status: 500, body: { message: 'Deadlock' } },
    { status: 302, headers: { location: '/elsewhere' } },
  ];
  for (const reply of replies) await assert.rejects(withReply(reply, readList), failsWith('VISMA_UNREACHABLE'));
});

test('a redirect is not followed', async () => {
  await using visma = await startScriptedVisma(() => ({ status: 307, headers: { location: '/v1/supplier' } }));
  await using client = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl });
  await assert.rejects(readList(client), failsWith('VISMA_UNREACHABLE'));
  assert.equal(visma.calls.length, 1);
});

test('403 is a matter of rights, and 400 is refused with the words of the ERP', async () => {
  await assert.rejects(withReply({ status: 403, body: { message: 'no scope' } }, readList), failsWith('VISMA_AUTH'));
  const refused = { status: 400, body: { message: 'periodId is required, ask kari@fjord.example' } };
  await assert.rejects(withReply(refused, readList), failsWith('VISMA_REFUSED', /periodId is required, ask \[email\]/));
});

test('429 waits as long as it is told', async () => {
  const reply = { status: 429, headers: { 'retry-after': '17' } };
  await assert.rejects(withReply(reply, readList), (error) => {
    return failsWith('VISMA_QUOTA')(error) && (error as Failure).retryAfterMs === 17_000;
  });
});

test('a surprise in the form names the place and never the value', async () => {
  const body = [{ number: '1' }, { number: '2', mainAddress: { city: { name: 'Hemmelig' } } }];
  await assert.rejects(withReply({ status: 200, body }, readList), (error) => {
    failsWith('VISMA_ANSWER_INVALID', /^supplier list: unexpected form at 1\.mainAddress\.city/)(error);
    assert.doesNotMatch(JSON.stringify(error) + (error as Failure).message, /Hemmelig/);
    return true;
  });
  await assert.rejects(
    withReply({ status: 200, body: { message: 'x' } }, readList),
    failsWith('VISMA_ANSWER_INVALID', /whole/),
  );
});

test('an answer larger than allowed is not swallowed', async () => {
  const body = [{ number: '1', name: 'x'.repeat(5000) }];
  const settings = { maxResponseBytes: 1000 };
  await assert.rejects(withReply({ status: 200, body }, readList, settings), failsWith('VISMA_ANSWER_TOO_LARGE'));
});

test('a read without an answer ends at its time-out, and one that trickles too', async () => {
  await using visma = await startScriptedVisma(() => ({ status: 200 }));
  await using mute = await startRawServer(() => undefined);
  await using trickle = await startRawServer((socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n[');
    const timer = setInterval(() => socket.write(' '), 20);
    socket.on('close', () => clearInterval(timer));
  });
  for (const server of [mute, trickle]) {
    await using client = openClient({ apiUrl: server.url, tokenUrl: visma.tokenUrl, settings: { timeoutMs: 150 } });
    const start = performance.now();
    await assert.rejects(readList(client), failsWith('VISMA_UNREACHABLE', /within 150 ms/));
    assert.ok(performance.now() - start < 1500);
  }
});

test('the company header goes out when the settings name a company and not otherwise', async () => {
  await using visma = await startScriptedVisma(() => ({ status: 200, body: [] }));
  const parts = { apiUrl: `${visma.url}/`, tokenUrl: visma.tokenUrl };
  await using company = openClient({ ...parts, settings: { companyId: '3284755' } });
  await using plain = openClient(parts);
  await readList(company);
  await readList(plain);
  assert.deepEqual(
    visma.calls.map((call) => call.headers['ipp-company-id']),
    ['3284755', undefined],
  );
  assert.deepEqual(
    visma.calls.map((call) => call.url.pathname),
    ['/v1/supplier', '/v1/supplier'],
  );
});

test('keys with characters of their own meaning travel in base64, others percent-encoded', async () => {
  await using visma = await startScriptedVisma(() => ({ status: 404 }));
  await using client = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl });
  const decoded = (path: string) =>
    path.replace(/b64\(([^)]*)\)/g, (_, text) => `b64:${Buffer.from(text, 'base64url')}`);
  await client.suppliers.get('A/B', purpose);
  await client.suppliers.get('..', purpose);
  await client.suppliers.get('50 åø', purpose);
  await client.supplierInvoices.get({ documentType: 'CreditAdj', referenceNumber: '70%1' }, purpose);
  assert.deepEqual(
    visma.calls.map((call) => decoded(decodeURI(call.url.pathname))),
    ['/v1/supplier/b64:A/B', '/v1/supplier/b64:..', '/v1/supplier/50 åø', '/v1/supplierInvoice/CreditAdj/b64:70%1'],
  );
  await assert.rejects(client.suppliers.get('', purpose), failsWith('VISMA_REFUSED'));
  assert.equal(visma.calls.length, 4);
});

test('amounts of an invoice come as they are in the answer', async () => {
  const body = {
    documentType: 'Invoice',
    referenceNumber: '700001',
    amount: 1200.1,
    invoiceLines: [{ costInCurrency: 0.07 }],
  };
  await using visma = await startScriptedVisma(() => ({ status: 200, body }));
  await using client = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl });
  const invoice = await client.supplierInvoices.get({ documentType: 'Invoice', referenceNumber: '700001' }, purpose);
  assert.equal(invoice?.amount, 1200.1);
  assert.equal(invoice?.invoiceLines?.[0]?.costInCurrency, 0.07);
});
