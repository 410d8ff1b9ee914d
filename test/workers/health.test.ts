import assert from 'node:assert/strict';
import test from 'node:test';
import { serveHealth } from '../../workers/health.ts';

async function answers(health: { isReady: boolean; isAlive: boolean }): Promise<Record<string, number>> {
  const checks = { isReady: () => health.isReady, isAlive: () => health.isAlive, metrics: async () => '' };
  const served = await serveHealth(checks, '127.0.0.1', 0);
  try {
    const paths = ['/ready', '/live', '/anything'];
    const codes = await Promise.all(
      paths.map(async (path) => [path, (await fetch(served.url + path)).status] as const),
    );
    return Object.fromEntries(codes);
  } finally {
    served.close();
  }
}

test('a polling worker is ready and alive', async () => {
  assert.deepEqual(await answers({ isReady: true, isAlive: true }), { '/ready': 200, '/live': 200, '/anything': 404 });
});

test('a worker that drains is alive and not ready, so that it gets no new traffic and is not restarted', async () => {
  assert.deepEqual(await answers({ isReady: false, isAlive: true }), { '/ready': 503, '/live': 200, '/anything': 404 });
});

test('a worker that has failed is not alive', async () => {
  assert.deepEqual(await answers({ isReady: false, isAlive: false }), {
    '/ready': 503,
    '/live': 503,
    '/anything': 404,
  });
});
