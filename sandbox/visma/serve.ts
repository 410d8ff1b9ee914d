import type { FastifyReply, FastifyRequest } from 'fastify';
import { checkScope } from './access.ts';
import { type Answer, ApiRefusal } from './answers.ts';
import {
  afterCommit,
  beforeCommit,
  CALL_FAULTS,
  type Outcome,
  TOKEN_FAULTS,
  tooManyRequests,
} from './fault-effects.ts';
import type { Hit } from './faults.ts';
import { rateHeaders } from './rate-limit.ts';
import type { LoggedRequest } from './request-log.ts';
import type { World } from './world.ts';

/** A request on its way through the simulator. */
export interface Call {
  readonly world: World;
  readonly request: FastifyRequest;
  readonly entry: LoggedRequest;
}

const UNAUTHORIZED: Answer = {
  status: 401,
  headers: { 'WWW-Authenticate': 'Bearer' },
  body: { message: 'Unauthorized' },
};

/** Serves a call of the API: token faults, token, scope, rate window, then faults around the work itself. */
export async function serveApi(call: Call, work: () => Answer): Promise<Outcome> {
  const { world, request } = call;
  takeTokenFault(call);
  const caller = world.access.authenticate(request.headers.authorization);
  if (caller === undefined) return UNAUTHORIZED;
  const slot = world.rateLimit.take(caller);
  const headers = rateHeaders(slot, world.settings, world.clock.now());
  if (!slot.allowed) return withHeaders(tooManyRequests(Math.ceil(slot.resetMs / 1000)), headers);
  const outcome = await serveFaulty(call, () => {
    checkScope(caller.scopes, request.method, world.settings);
    refuseBackground(call);
    return work();
  });
  return outcome === 'dropped' ? outcome : withHeaders(outcome, headers);
}

/** Serves a call with the fault that is waiting for it, if any. */
export async function serveFaulty(call: Call, work: () => Answer): Promise<Outcome> {
  const { world, entry } = call;
  const fault = world.faults.take(hitOf(call), CALL_FAULTS);
  if (fault === undefined) return refusable(work);
  entry.fault = fault.id;
  const before = await beforeCommit(fault, entry, world);
  if (before !== undefined) return before;
  const answer = refusable(work);
  return (await afterCommit(fault, entry, world)) ?? answer;
}

/** Sends an outcome; a dropped call has its socket destroyed. */
export function deliver(outcome: Outcome, entry: LoggedRequest, reply: FastifyReply): FastifyReply {
  if (outcome === 'dropped') {
    entry.outcome = 'dropped';
    reply.hijack();
    reply.raw.socket?.destroy();
    return reply;
  }
  reply.code(outcome.status).headers(outcome.headers ?? {});
  if (outcome.html !== undefined) return reply.type('text/html').send(outcome.html);
  return outcome.body === undefined ? reply.send() : reply.type('application/json').send(JSON.stringify(outcome.body));
}

/** What fault rules look at. */
export function hitOf({ request }: Call): Hit {
  return { method: request.method, url: request.url, body: request.body ? JSON.stringify(request.body) : '' };
}

/** Background calls (202 and a polled result) are not simulated; real mode answers them at once. */
function refuseBackground({ request, world }: Call): void {
  if (world.settings.mode === 'strict' && request.headers['erp-api-background'] !== undefined) {
    throw new ApiRefusal(400, 'erp-api-background is not simulated.');
  }
}

function takeTokenFault(call: Call): void {
  const { world, entry } = call;
  const fault = world.faults.take(hitOf(call), TOKEN_FAULTS);
  if (fault === undefined) return;
  entry.fault = fault.id;
  if (fault.kind === 'revoke-client') world.access.revokeClient();
  else world.access.expireTokens();
}

function refusable(work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    if (error instanceof ApiRefusal) return error.answer();
    throw error;
  }
}

/** A page of the proxy knows nothing of rate windows, and a fault's own headers win. */
function withHeaders(answer: Answer, headers: Readonly<Record<string, string>>): Answer {
  return answer.html === undefined ? { ...answer, headers: { ...headers, ...answer.headers } } : answer;
}
