import type { FastifyInstance } from 'fastify';
import type { Answer } from './answers.ts';
import { addDimensionRoutes } from './dimension-routes.ts';
import { ENTITIES } from './entities.ts';
import type { Entity, WriteRules } from './entity.ts';
import { actOn } from './entity-actions.ts';
import { attachTo } from './entity-attachments.ts';
import { drift, isLaterPage, listEntity } from './entity-list.ts';
import { oneEntity } from './entity-one.ts';
import { createEntity, updateEntity, type Write } from './entity-writes.ts';
import type { Json } from './json.ts';
import { addReferenceRoutes } from './reference-routes.ts';
import { type Call, hitOf } from './serve.ts';
import { served } from './served.ts';

type Parameters = Readonly<Record<string, string>>;
type Query = Readonly<Record<string, unknown>>;

/** The routes of every entity. */
export function addApiRoutes(app: FastifyInstance): void {
  for (const entity of ENTITIES) if (entity.routes !== 'own') addEntity(app, entity);
  addDimensionRoutes(app);
  addReferenceRoutes(app);
}

function addEntity(app: FastifyInstance, entity: Entity): void {
  const { write } = entity;
  app.get(
    entity.path,
    served((call) => list(entity, call)),
  );
  if (write !== undefined)
    app.post(
      entity.path,
      served((call) => createEntity(writeOf(entity, write, call), call.world)),
    );
  for (const form of entity.onePaths) {
    app.get(
      entity.path + form,
      served((call) => oneEntity(entity, parametersOf(call), queryOf(call), call.world)),
    );
  }
  if (write !== undefined) {
    for (const form of entity.updatePaths ?? entity.onePaths) {
      app.put(
        entity.path + form,
        served((call) => updateEntity(writeOf(entity, write, call), call.world)),
      );
    }
  }
  addActions(app, entity);
}

function addActions(app: FastifyInstance, entity: Entity): void {
  for (const form of entity.actionPaths ?? []) {
    for (const [name, rule] of Object.entries(entity.actions ?? {})) {
      app.post(
        `${entity.path}${form}/action/${name}`,
        served((call) => actOn({ entity, name, rule, hit: hitOf(call), ...askedOf(call) })),
      );
    }
  }
  for (const form of entity.attachmentPaths ?? []) {
    app.post(
      `${entity.path}${form}/attachment`,
      served((call) => attachTo({ entity, ...askedOf(call) })),
    );
  }
}

/** A waiting page-drift moves rows just before a later page is cut. */
function list(entity: Entity, call: Call): Answer {
  const { world, entry } = call;
  const fault = isLaterPage(queryOf(call)) ? world.faults.take(hitOf(call), ['page-drift']) : undefined;
  if (fault?.kind === 'page-drift') {
    entry.fault = fault.id;
    drift(world.table(entity.name), fault.rows, world);
  }
  return listEntity(entity, queryOf(call), world);
}

function writeOf(entity: Entity, rules: WriteRules, call: Call): Write {
  return { entity, rules, ...askedOf(call) };
}

function askedOf(call: Call) {
  const { world, entry, request } = call;
  const ifMatch = request.headers['if-match'];
  return { parameters: parametersOf(call), ifMatch, body: (request.body ?? null) as Json, entry, world };
}

function parametersOf({ request }: Call): Parameters {
  return request.params as Parameters;
}

function queryOf({ request }: Call): Query {
  return request.query as Query;
}
