import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import fastify, { type FastifyInstance } from 'fastify';
import { ZodError, z } from 'zod';
import { faultSchema } from './faults.ts';
import type { World } from './session.ts';

const seed = z.union([
  z.strictObject({ path: z.string().min(1), text: z.string() }),
  z.strictObject({ path: z.string().min(1), base64: z.base64() }),
]);
const byPath = z.object({ path: z.string().min(1) });
const byId = z.object({ id: z.coerce.number().int() });

/** The HTTP side of the sandbox: seeding, looking, setting faults. Nothing of it exists at a real partner. */
export function buildAdmin(world: World, folders: readonly string[]): FastifyInstance {
  const app = fastify({ bodyLimit: 256 * 1024 * 1024 });
  app.setErrorHandler((error: Error & { code?: string; statusCode?: number }, _request, reply) => {
    if (error instanceof ZodError) return reply.code(400).send({ error: z.prettifyError(error) });
    if (error.code === 'ENOENT') return reply.code(404).send({ error: 'not found' });
    return reply.code(error.statusCode ?? 500).send({ error: error.message });
  });
  app.get('/_sandbox/health', () => ({ ok: true }));
  app.get('/_sandbox/requests', ({ query }) => {
    const { since } = z.object({ since: z.coerce.number().default(0) }).parse(query);
    return { requests: world.journal.since(since) };
  });
  addFiles(app, world);
  addFaults(app, world);
  addCollected(app, world);
  app.post('/_sandbox/reset', async ({ body }, reply) => {
    const { files } = z.strictObject({ files: z.boolean().default(false) }).parse(body ?? {});
    world.faults.clear();
    world.journal.clear();
    await world.collector.clear();
    if (files) await world.tree.empty();
    for (const folder of folders) await world.tree.makeFolder(folder);
    return reply.code(204).send();
  });
  return app;
}

function addFiles(app: FastifyInstance, { tree, collector }: World): void {
  app.get('/_sandbox/files', () => tree.contents());
  app.get('/_sandbox/files/content', async ({ query }, reply) => {
    const content = await readFile(await tree.locate(byPath.parse(query).path));
    return reply.type('application/octet-stream').send(content);
  });
  app.post('/_sandbox/files', async ({ body }, reply) => {
    const file = seed.parse(body);
    await tree.put(file.path, 'text' in file ? Buffer.from(file.text) : Buffer.from(file.base64, 'base64'));
    await collector.arrived(file.path);
    return reply.code(201).send({ path: tree.clean(file.path) });
  });
  app.delete('/_sandbox/files', async ({ query }, reply) => {
    await tree.remove(byPath.parse(query).path);
    return reply.code(204).send();
  });
  app.post('/_sandbox/folders', async ({ body }, reply) => {
    const { paths } = z.strictObject({ paths: z.array(z.string().min(1)) }).parse(body);
    for (const path of paths) await tree.makeFolder(path);
    return reply.code(201).send({ paths });
  });
}

function addFaults(app: FastifyInstance, { faults, collector }: World): void {
  app.get('/_sandbox/faults', () => ({
    // JSON has no Infinity: a fault without an end has `remaining: null`.
    faults: faults.list().map(({ id, remaining, fault }) => ({ id, remaining, ...fault })),
  }));
  app.post('/_sandbox/faults', async ({ body }, reply) => {
    const fault = faultSchema.parse(body);
    const id = faults.arm(fault);
    if (fault.kind === 'collect') await collector.sweep(fault.folder);
    return reply.code(201).send({ id });
  });
  app.delete('/_sandbox/faults', async (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });
  app.delete('/_sandbox/faults/:id', async ({ params }, reply) =>
    reply.code(faults.disarm(byId.parse(params).id) ? 204 : 404).send(),
  );
}

function addCollected(app: FastifyInstance, { collector }: World): void {
  app.get('/_sandbox/collected', () => {
    const collected = collector.list();
    return { collected, doubles: collected.filter(({ copies }) => copies > 1).length };
  });
  app.get('/_sandbox/collected/:id/content', async ({ params }, reply) => {
    const { id } = byId.parse(params);
    if (!collector.list().some((file) => file.id === id)) return reply.code(404).send({ error: 'not found' });
    return reply.type('application/octet-stream').send(createReadStream(collector.fileOf(id)));
  });
}
