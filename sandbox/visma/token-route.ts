import type { FastifyInstance } from 'fastify';
import { callOf } from './logged.ts';
import { maskedForm } from './request-log.ts';
import { deliver, serveFaulty } from './serve.ts';

/** POST /connect/token: an OAuth form. Not counted by the rate limit. */
export function addTokenRoute(app: FastifyInstance): void {
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(body))));
  });
  app.post<{ Body: Record<string, string> }>('/connect/token', async (request, reply) => {
    const call = callOf(request);
    const form = request.body ?? {};
    call.entry.body = maskedForm(form);
    const outcome = await serveFaulty(call, () => call.world.access.issue(form, call.world.settings));
    return deliver(outcome, call.entry, reply);
  });
}
