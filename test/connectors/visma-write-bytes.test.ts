import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, buildConnector } from 'undici';
import { exchange } from '../../connectors/visma/http.ts';
import type { SendLimits, WriteRequest } from '../../connectors/visma/write.ts';
import { openClient, purpose, startRawServer, startScriptedVisma } from './visma-support.ts';

const create: WriteRequest = { method: 'POST', path: '/v1/supplier', body: { name: { value: 'Fjord Fisk' } } };
const open: SendLimits = { mayWriteUntil: () => true, timeoutMs: 3000 };
const closed: SendLimits = { ...open, mayWriteUntil: () => false };
/** Long enough for a byte on loopback to arrive. */
const SETTLE_MS = 60;

const ok = (socket: Socket) =>
  socket.write('HTTP/1.1 201 Created\r\nlocation: /v1/supplier/50001\r\ncontent-length: 0\r\n\r\n');
const emptyList = (socket: Socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]');

async function send(
  apiUrl: string,
  request: WriteRequest,
  limits: SendLimits,
  before = async (_client: ReturnType<typeof openClient>) => {},
) {
  await using connect = await startScriptedVisma(() => ({ status: 500 }));
  await using client = openClient({ apiUrl, tokenUrl: connect.tokenUrl });
  await before(client);
  // undici hands a connection back to its pool one turn after the answer.
  await sleep(5);
  const write = await client.prepareWrite(purpose);
  return await write.send(request, limits);
}

test('a write whose window has passed sends not one byte on a connection that had to be opened', async () => {
  await using server = await startRawServer(ok);
  const answer = await send(server.url, create, closed);
  await sleep(SETTLE_MS);
  assert.equal(answer.outcome, 'not-written');
  assert.equal(answer.outcome === 'not-written' && answer.failure.code, 'VISMA_NOT_SENT');
  assert.equal(server.bytes(), 0);
});

test('a write whose window has passed sends not one byte on a connection that was open already', async () => {
  await using server = await startRawServer(emptyList);
  let bytesOfTheRead = 0;
  const answer = await send(server.url, create, closed, async (client) => {
    await client.suppliers.listPage({}, 1, purpose);
    bytesOfTheRead = server.bytes();
  });
  await sleep(SETTLE_MS);
  assert.equal(answer.outcome, 'not-written');
  assert.ok(bytesOfTheRead > 0);
  assert.equal(server.bytes(), bytesOfTheRead);
  assert.equal(server.sockets.size, 1, 'there was a kept connection to write on');
});

test('a window that passes while the connection is being opened stops the write', async () => {
  await using server = await startRawServer(ok);
  const slow = slowConnections(150);
  const until = performance.now() + 50;
  const end = await exchange(slow, post(server.url), { ...httpLimits, mayBegin: () => performance.now() < until });
  await sleep(SETTLE_MS);
  assert.deepEqual(end, { state: 'unsent', why: 'too-late', cause: undefined });
  assert.equal(server.bytes(), 0);
  await slow.close();
});

test('the window is asked about once, when the connection is open and before the first byte', async () => {
  await using server = await startRawServer(ok);
  const slow = slowConnections(100);
  const asked: { afterMs: number; bytes: number }[] = [];
  const start = performance.now();
  const mayBegin = () => asked.push({ afterMs: performance.now() - start, bytes: server.bytes() }) > 0;
  const end = await exchange(slow, post(server.url), { ...httpLimits, mayBegin });
  assert.equal(end.state, 'answered');
  assert.equal(asked.length, 1);
  assert.ok(asked[0]!.afterMs >= 95 && asked[0]!.bytes === 0, JSON.stringify(asked));
  await slow.close();
});

test('a write that waits for a connection past its deadline is not written later either', async () => {
  await using server = await startRawServer((socket) => void setTimeout(() => ok(socket), 150));
  const one = new Agent({ pipelining: 1, connections: 1, allowH2: false });
  const first = exchange(one, post(server.url), httpLimits);
  const second = await exchange(one, post(server.url), { ...httpLimits, timeoutMs: 50 });
  assert.equal(second.state, 'unsent');
  assert.equal((await first).state, 'answered');
  await sleep(SETTLE_MS);
  assert.equal(server.requests.length, 1);
  await one.close();
});

test('a write is cancelled by its signal until the first byte, and no longer', async () => {
  await using server = await startRawServer((socket) => void setTimeout(() => ok(socket), 50));
  const cancelled = await send(server.url, create, { ...open, signal: AbortSignal.abort() });
  assert.equal(cancelled.outcome === 'not-written' && cancelled.failure.code, 'VISMA_NOT_SENT');
  assert.equal(server.bytes(), 0);

  const controller = new AbortController();
  const mayWriteUntil = () => {
    setTimeout(() => controller.abort(), 5);
    return true;
  };
  const late = await send(server.url, create, { ...open, mayWriteUntil, signal: controller.signal });
  assert.equal(controller.signal.aborted, true);
  assert.equal(late.outcome, 'accepted');
});

test('a write that is cancelled while its connection is being opened ends at once and is never written', async () => {
  await using server = await startRawServer(ok);
  const slow = slowConnections(120);
  const end = await exchange(slow, post(server.url), { ...httpLimits, signal: AbortSignal.timeout(20) });
  assert.deepEqual(end, { state: 'unsent', why: 'cancelled', cause: undefined });
  assert.equal(server.sockets.size, 0, 'nobody waited for the connection');
  await sleep(120 + SETTLE_MS);
  assert.equal(server.bytes(), 0);
  await slow.close();
});

test('a refused connection is a write that certainly did not happen', async () => {
  const server = await startRawServer(ok);
  await server[Symbol.asyncDispose]();
  const answer = await send(server.url, create, open);
  assert.equal(answer.outcome, 'not-written');
  assert.equal(answer.outcome === 'not-written' && answer.failure.code, 'VISMA_UNREACHABLE');
});

for (const method of ['POST', 'PUT', 'DELETE'] as const) {
  test(`a ${method} whose connection is cut before the answer is unknown and goes out once`, async () => {
    await using server = await startRawServer((socket) => socket.destroy());
    const answer = await send(server.url, { ...create, method }, open);
    await sleep(SETTLE_MS);
    assert.equal(answer.outcome, 'unknown');
    assert.equal(answer.outcome === 'unknown' && answer.failure.type, 'OutcomeUnknown');
    assert.equal(server.requests.length, 1);
  });

  test(`a ${method} on a kept connection that dies under it is unknown and goes out once`, async () => {
    await using server = await startRawServer((socket, request) => {
      if (request.startsWith('GET')) emptyList(socket);
      else socket.resetAndDestroy();
    });
    const answer = await send(server.url, { ...create, method }, open, async (client) => {
      await client.suppliers.listPage({}, 1, purpose);
    });
    await sleep(SETTLE_MS);
    assert.equal(answer.outcome, 'unknown');
    assert.equal(server.sockets.size, 1, 'the write went over the kept connection');
    assert.deepEqual(
      server.requests.map((request) => request.split(' ')[0]),
      ['GET', method],
    );
  });
}

test('a kept connection that the server closed between two calls costs nothing: the write goes over a new one', async () => {
  await using server = await startRawServer((socket, request) => {
    if (request.startsWith('GET')) emptyList(socket);
    else ok(socket);
  });
  const answer = await send(server.url, create, open, async (client) => {
    await client.suppliers.listPage({}, 1, purpose);
    for (const socket of server.sockets) socket.end();
    await sleep(SETTLE_MS);
  });
  assert.deepEqual(answer, { outcome: 'accepted', status: 201, externalId: '50001', etag: undefined });
  assert.equal(server.sockets.size, 2);
});

test('a write without an answer is unknown after its deadline', async () => {
  await using server = await startRawServer(() => undefined);
  const start = performance.now();
  const answer = await send(server.url, create, { ...open, timeoutMs: 120 });
  assert.equal(answer.outcome, 'unknown');
  assert.ok(performance.now() - start < 1500);
  assert.equal(server.requests.length, 1);
});

test('an answer that stops in its middle is unknown', async () => {
  await using server = await startRawServer((socket) => {
    socket.end('HTTP/1.1 201 Created\r\nlocation: /v1/supplier/1\r\ncontent-length: 100\r\n\r\n{"half"');
  });
  assert.equal((await send(server.url, create, open)).outcome, 'unknown');
});

test('a write carries its body once, with its length, and expects no go-ahead', async () => {
  await using server = await startRawServer(ok);
  await send(server.url, { ...create, method: 'PUT', ifMatch: 'AAAAAE0YIiI=' }, open);
  const [head, body] = server.requests[0]!.split('\r\n\r\n');
  assert.equal(body, '{"name":{"value":"Fjord Fisk"}}');
  assert.match(head!, /^PUT \/v1\/supplier HTTP\/1\.1/);
  assert.match(head!, /\r\nif-match: "AAAAAE0YIiI="\r\n/i);
  assert.match(head!, /\r\ncontent-length: 31$/i);
  assert.doesNotMatch(head!, /expect|transfer-encoding/i);
});

test('a prepared write opens no connection before it is sent, and is sent once', async () => {
  await using server = await startRawServer(ok);
  await using connect = await startScriptedVisma(() => ({ status: 500 }));
  await using client = openClient({ apiUrl: server.url, tokenUrl: connect.tokenUrl });
  const write = await client.prepareWrite(purpose);
  await sleep(SETTLE_MS);
  assert.equal(server.sockets.size, 0);
  assert.equal((await write.send(create, open)).outcome, 'accepted');
  await assert.rejects(write.send(create, open), /once/);
  assert.equal(server.requests.length, 1);
});

const httpLimits = { timeoutMs: 3000, maxResponseBytes: 1000, mayBegin: () => true };

function post(url: string) {
  return { method: 'POST', url: new URL(`${url}/v1/supplier`), headers: {}, body: '{}' } as const;
}

/** Stands for a slow accept or TLS handshake: the socket is handed over late. */
function slowConnections(delayMs: number): Agent {
  const connector = buildConnector({ allowH2: false });
  return new Agent({
    pipelining: 1,
    connect: (options, callback) => void setTimeout(() => connector(options, callback), delayMs),
  });
}
