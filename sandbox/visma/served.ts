import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer } from './answers.ts';
import { callOf } from './logged.ts';
import { type Call, deliver, serveApi } from './serve.ts';

/** A handler for a call of the API: token, rate window, faults and log around the work itself. */
export function served(work: (call: Call) => Answer) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const call = callOf(request);
    return deliver(await serveApi(call, () => work(call)), call.entry, reply);
  };
}
