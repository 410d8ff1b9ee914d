import { type Answer, ApiRefusal, BusinessRefusal } from './answers.ts';
import type { Commit } from './commits.ts';
import type { Entity, WriteRules } from './entity.ts';
import { needRow } from './entity-one.ts';
import { checkIfMatch, entityTag } from './entity-tag.ts';
import type { Json, JsonObject } from './json.ts';
import type { LoggedRequest } from './request-log.ts';
import { formatWall } from './server-clock.ts';
import { unwrap } from './unwrap.ts';
import type { World } from './world.ts';

// Location may name another host than the one called; this one always does, so that nobody follows it blindly.
const LOCATION_HOST = 'https://integration.visma.net/API/controller/api';

/** A write as it came in. */
export interface Write {
  readonly entity: Entity;
  readonly rules: WriteRules;
  readonly parameters: Readonly<Record<string, string>>;
  readonly ifMatch: string | undefined;
  readonly body: Json;
  readonly entry: LoggedRequest;
}

/** Creates a record: 201, no body, Location and ETag. Throws ApiRefusal. */
export function createEntity({ entity, rules, body, entry }: Write, world: World): Answer {
  const record = ruled(rules.inserting, world, () => rules.create(unwrap(body, rules.fields, world.settings), world));
  const row = commit(entity, 'create', entity.keyOf(record), record, { body, entry, world });
  const location = `${LOCATION_HOST}${entity.path}/${rules.locate(record)}`;
  return { status: 201, headers: { Location: location, ETag: entityTag(row) } };
}

/** Updates a record: 204 and the new ETag. Throws ApiRefusal, 412 when If-Match is stale. */
export function updateEntity({ entity, rules, parameters, ifMatch, body, entry }: Write, world: World): Answer {
  const before = needRow(entity, parameters, world);
  checkIfMatch(ifMatch, before, entity.label, world.settings);
  const record = ruled(rules.updating, world, () =>
    rules.update(before.record, unwrap(body, rules.fields, world.settings), world),
  );
  const row = commit(entity, 'update', before.key, record, { body, entry, world });
  return { status: 204, headers: { ETag: entityTag(row) } };
}

/** What made a change: the request and its body. */
export interface Cause {
  readonly body: Json;
  readonly entry: LoggedRequest;
  readonly world: World;
}

/** Puts a record in place and notes it as a write that took effect. */
export function commit(
  entity: Entity,
  operation: Commit['operation'],
  key: string,
  record: JsonObject,
  { body, entry, world }: Cause,
) {
  const wall = world.clock.wall();
  const row = world.table(entity.name).put(key, record, wall);
  world.commits.append({
    entity: entity.name,
    key: row.key,
    operation,
    at: formatWall(wall),
    requestId: entry.id,
    body,
  });
  return row;
}

/** Gives a business refusal the ERP's prefix, and 400 or 500: the vendor's specification allows both for the same fault. */
export function ruled<T>(doing: string, world: World, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof BusinessRefusal)) throw error;
    throw new ApiRefusal(world.settings.businessFaultStatus, `VismaId: ${world.uuid()}. ${doing} ${error.message}`);
  }
}
