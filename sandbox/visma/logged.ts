import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Json } from './json.ts';
import type { Call } from './serve.ts';
import type { World } from './world.ts';

const calls = new WeakMap<FastifyRequest, Call>();

/** Notes every request outside `/_sandbox/`, with what became of it before its answer leaves. */
export function addLog(app: FastifyInstance, world: () => World): void {
  app.addHook('onRequest', async (request) => {
    if (!request.url.startsWith('/_sandbox/')) calls.set(request, begin(request, world()));
  });
  app.addHook('preValidation', async (request) => {
    const call = calls.get(request);
    if (call !== undefined && request.url !== '/connect/token') call.entry.body = (request.body ?? null) as Json;
  });
  app.addHook('onSend', async (request, reply) => {
    const entry = calls.get(request)?.entry;
    if (entry === undefined) return;
    entry.outcome = 'answered';
    entry.status = reply.statusCode;
  });
}

/** The call of a request. Throws TypeError for a request under `/_sandbox/`. */
export function callOf(request: FastifyRequest): Call {
  const call = calls.get(request);
  if (call === undefined) throw new TypeError('requests under /_sandbox/ are not logged');
  return call;
}

function begin(request: FastifyRequest, world: World): Call {
  const ifMatch = request.headers['if-match'];
  const entry = world.requests.begin({
    at: new Date(world.clock.now()).toISOString(),
    method: request.method,
    path: request.url.split('?')[0] ?? '',
    query: request.query as Readonly<Record<string, unknown>>,
    ...(ifMatch === undefined ? {} : { ifMatch }),
  });
  return { world, request, entry };
}
