import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ENTITIES, entityNamed } from './entities.ts';
import { faultRuleSchema } from './fault-rules.ts';
import { seed, seedSchema, touch, touchSchema } from './seed.ts';
import { rendered, type Table } from './table.ts';
import { webhookSchema } from './webhooks.ts';
import type { World } from './world.ts';

const stateQuery = z.strictObject({
  entity: z.string().optional(),
  key: z.string().optional(),
  records: z.stringbool().default(true),
});
const requestsQuery = z.strictObject({
  method: z.string().optional(),
  path: z.string().optional(),
  after: z.coerce.number().int().optional(),
});
const limitsBody = z.strictObject({
  limit: z.number().int().nonnegative().optional(),
  windowMs: z.number().int().positive().optional(),
  remaining: z.number().int().nonnegative().optional(),
});
const credentialsBody = z.strictObject({
  clientId: z.string().optional(),
  clientSecret: z.string().optional(),
  tenantId: z.string().optional(),
  scopes: z.array(z.string()).optional(),
  revokeTokens: z.boolean().default(false),
});
const removeBody = z.strictObject({ entity: z.string(), key: z.string() });
const faultsBody = z.union([z.array(faultRuleSchema), faultRuleSchema.transform((rule) => [rule])]);
const releaseBody = z.strictObject({ fault: z.string().optional() }).nullish();

/** Where the present world is kept, and how it is replaced. */
export interface WorldHolder {
  readonly world: World;
  reset(): void;
}

/** The operator's side of the simulator, under `/_sandbox/`: seeding, counting, faults, limits. */
export function addAdminRoutes(app: FastifyInstance, holder: WorldHolder): void {
  addDataRoutes(app, holder);
  addFaultRoutes(app, holder);
  addAccessRoutes(app, holder);
  addWebhookRoutes(app, holder);
  app.get('/_sandbox/settings', async () => holder.world.settings);
  app.post('/_sandbox/settings', async (request) => {
    holder.world.changeSettings(request.body);
    return holder.world.settings;
  });
  app.post('/_sandbox/reset', async (_request, reply) => {
    holder.reset();
    return reply.code(204).send();
  });
}

function addDataRoutes(app: FastifyInstance, holder: WorldHolder): void {
  app.post('/_sandbox/seed', async ({ body }) => ({ seeded: seed(holder.world, seedSchema.parse(body)) }));
  app.post('/_sandbox/touch', async ({ body }) => ({ touched: touch(holder.world, touchSchema.parse(body)) }));
  app.post('/_sandbox/remove', async ({ body }, reply) => {
    const { entity, key } = removeBody.parse(body);
    if (!holder.world.table(entityNamed(entity).name).remove(key))
      throw new RangeError(`There is no ${entity} '${key}'.`);
    return reply.code(204).send();
  });
  app.get('/_sandbox/state', async ({ query }) => stateOf(holder.world, stateQuery.parse(query)));
  app.get('/_sandbox/requests', async ({ query }) => {
    const { method, path, after } = requestsQuery.parse(query);
    const requests = holder.world.requests.list({
      method,
      after,
      path: path === undefined ? undefined : new RegExp(path, 'i'),
    });
    return { requests, total: holder.world.requests.size };
  });
  app.delete('/_sandbox/requests', async (_request, reply) => {
    holder.world.requests.clear();
    return reply.code(204).send();
  });
}

function addFaultRoutes(app: FastifyInstance, holder: WorldHolder): void {
  app.get('/_sandbox/faults', async () => holder.world.faults.state());
  app.post('/_sandbox/faults', async ({ body }) => {
    for (const rule of faultsBody.parse(body)) holder.world.faults.add(rule);
    return holder.world.faults.state();
  });
  app.delete<{ Params: { id?: string } }>('/_sandbox/faults/:id?', async ({ params }, reply) => {
    holder.world.faults.clear(params.id);
    return reply.code(204).send();
  });
  app.post('/_sandbox/release', async ({ body }) => ({
    released: holder.world.faults.release(releaseBody.parse(body)?.fault),
  }));
}

function addWebhookRoutes(app: FastifyInstance, holder: WorldHolder): void {
  app.get('/_sandbox/webhooks', async () => ({ notifications: holder.world.webhooks.list() }));
  app.post('/_sandbox/webhooks', async ({ body }, reply) => {
    holder.world.webhooks.subscribe(webhookSchema.parse(body));
    return reply.code(204).send();
  });
  app.delete('/_sandbox/webhooks', async (_request, reply) => {
    holder.world.webhooks.clear();
    return reply.code(204).send();
  });
}

function addAccessRoutes(app: FastifyInstance, holder: WorldHolder): void {
  app.get('/_sandbox/limits', async () => holder.world.rateLimit.state());
  app.post('/_sandbox/limits', async ({ body }) => {
    const { remaining, ...limits } = limitsBody.parse(body);
    const { clientId, tenantId } = holder.world.access.credentials;
    holder.world.rateLimit.change(given(limits), remaining, { client: clientId, company: tenantId });
    return holder.world.rateLimit.state();
  });
  app.post('/_sandbox/credentials', async ({ body }) => {
    const { revokeTokens, ...change } = credentialsBody.parse(body);
    holder.world.access.replace(given(change));
    if (revokeTokens) holder.world.access.expireTokens();
    return holder.world.access.credentials;
  });
}

function stateOf(world: World, { entity, key, records }: z.output<typeof stateQuery>) {
  const asked = entity === undefined ? ENTITIES : [entityNamed(entity)];
  const entities = asked.map(({ name }) => {
    const table = world.table(name);
    return [name, records ? { count: table.size, records: recordsOf(table, key) } : { count: table.size }];
  });
  return { entities: Object.fromEntries(entities), commits: world.commits.list(), requestCount: world.requests.size };
}

function recordsOf(table: Table, key: string | undefined) {
  const rows = key === undefined ? table.rows('key') : [table.get(key)];
  return rows.filter((row) => row !== undefined).map(rendered);
}

/** Without the properties that are undefined. */
function given<T extends object>(change: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
