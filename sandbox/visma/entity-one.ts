import { type Answer, ApiRefusal } from './answers.ts';
import type { Entity } from './entity.ts';
import { entityTag } from './entity-tag.ts';
import { readQuery } from './query.ts';
import { type Row, rendered } from './table.ts';
import type { World } from './world.ts';

type Parameters = Readonly<Record<string, string>>;

/** Answers a single record with its ETag. Throws ApiRefusal 404 when there is none. */
export function oneEntity(
  entity: Entity,
  parameters: Parameters,
  query: Readonly<Record<string, unknown>>,
  world: World,
): Answer {
  readQuery(query, { known: [] }, world.settings);
  const row = needRow(entity, parameters, world);
  if (entity.stamps === 'none') return { status: 200, body: row.record };
  return { status: 200, headers: { ETag: entityTag(row) }, body: rendered(row) };
}

/** The row a path names. Throws ApiRefusal 404 when there is none. */
export function needRow(entity: Entity, parameters: Parameters, world: World): Row {
  const decoded = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, pathKey(value)]));
  const row = world.table(entity.name).get(entity.keyOfPath(decoded));
  if (row === undefined) throw new ApiRefusal(404, `${entity.label} was not found.`);
  return row;
}

/** A key with reserved characters may come as `b64(<base64url>)`. */
function pathKey(segment: string): string {
  const encoded = /^b64\((.+)\)$/i.exec(segment)?.[1];
  return encoded === undefined ? segment : Buffer.from(encoded, 'base64url').toString('utf8');
}
