import { randomUUID } from 'node:crypto';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type Credentials, SCOPES } from './access.ts';
import { createVismaAdmin, type VismaAdmin } from './admin-client.ts';
import { addAdminRoutes } from './admin-routes.ts';
import { addApiRoutes } from './api-routes.ts';
import { furnished } from './furnish.ts';
import { addLog } from './logged.ts';
import { addMultipart } from './multipart.ts';
import type { Limits } from './rate-limit.ts';
import { type SettingsInput, settingsSchema } from './settings.ts';
import { addTokenRoute } from './token-route.ts';
import { World, type WorldStart } from './world.ts';

export interface VismaSimulatorOptions {
  readonly host?: string;
  /** 0, the default, lets the system choose. */
  readonly port?: number;
  readonly settings?: SettingsInput;
  readonly credentials?: Partial<Credentials>;
  readonly limits?: Partial<Limits>;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly uuid?: () => string;
}

export interface VismaSimulator {
  /** Base of the API's paths (`/v1/supplier`) and of the admin's (`/_sandbox/seed`). */
  readonly url: string;
  readonly tokenUrl: string;
  readonly admin: VismaAdmin;
  close(): Promise<void>;
}

// Two hundred megabytes: seeds of tens of thousands of full records.
const MAX_BODY_BYTES = 200 * 1024 * 1024;

/** Starts a simulated Visma.net ERP on loopback. Its data lives as long as it runs. */
export async function startVismaSimulator(options: VismaSimulatorOptions = {}): Promise<VismaSimulator> {
  const start = startOf(options);
  const holder = {
    world: furnished(new World(start)),
    reset() {
      holder.world.faults.clear();
      holder.world.webhooks.clear();
      holder.world = furnished(new World(start));
    },
  };
  const app = fastify({
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: true,
    routerOptions: { caseSensitive: false, maxParamLength: 1000 },
  });
  addFailureAnswers(app);
  addLog(app, () => holder.world);
  addMultipart(app);
  addTokenRoute(app);
  addApiRoutes(app);
  addAdminRoutes(app, holder);
  const url = await app.listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 });
  return {
    url,
    tokenUrl: `${url}/connect/token`,
    admin: createVismaAdmin(url),
    async close() {
      holder.world.faults.clear();
      holder.world.webhooks.clear();
      await app.close();
    },
  };
}

function startOf(options: VismaSimulatorOptions): WorldStart {
  return {
    settings: settingsSchema.parse(options.settings ?? {}),
    credentials: {
      clientId: 'isv_sandbox',
      clientSecret: 'sandbox-secret',
      tenantId: '11111111-1111-1111-1111-111111111111',
      scopes: SCOPES,
      ...options.credentials,
    },
    limits: { limit: 15_000, windowMs: 3_600_000, ...options.limits },
    now: options.now ?? Date.now,
    uuid: options.uuid ?? randomUUID,
  };
}

/** Bodies of a 404 and of a malformed request are not known of the real system; these follow its other messages. */
function addFailureAnswers(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ message: 'No such route.' }));
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const asked = error instanceof z.ZodError || error instanceof RangeError || error instanceof SyntaxError;
    const message = error instanceof z.ZodError ? z.prettifyError(error) : error.message;
    return reply.code(asked ? 400 : (error.statusCode ?? 500)).send({ message });
  });
}
