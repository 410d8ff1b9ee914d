import type { Entity } from '../entity.ts';
import { isObject, type Json, type JsonObject, merged } from '../json.ts';
import { formatWall } from '../server-clock.ts';
import type { World } from '../world.ts';

/** /v1/dimension: a row is a dimension with its segments and their values. Its routes are in `dimension-routes.ts`. */
export const dimension: Entity = {
  name: 'dimension',
  plural: 'dimensions',
  label: 'Dimension',
  path: '/v1/dimension',
  onePaths: [],
  keyOfPath: ({ id = '' }) => id,
  keyOf: ({ id }) => String(id ?? ''),
  complete: (record) => merged({ length: 6, description: `Dimension ${record.id}`, segments: [] }, record),
  settle: (record, world) => ({ ...record, segments: linesIn(record.segments).map((one) => segmentOf(one, world)) }),
  generate: (id) => ({ id, segments: [{ segmentId: 1, segmentValues: [{ valueId: '10' }] }] }),
  list: { paging: 'legacy', metadata: 'none', filters: {} },
  routes: 'own',
  stamps: 'none',
};

/** A segment with whatever a seed left out. The stamp is called `lastModified` here, and stands at segment and value. */
function segmentOf(segment: JsonObject, world: World): JsonObject {
  const blank = {
    internalId: world.nextId(),
    description: `Segment ${segment.segmentId}`,
    length: 6,
    publicId: world.uuid(),
    validate: true,
    isAutoNumber: false,
    ...stamp(world),
  };
  const segmentValues = linesIn(segment.segmentValues).map((value) => segmentValueOf(value, world));
  return { ...blank, ...segment, segmentValues };
}

function segmentValueOf(value: JsonObject, world: World): JsonObject {
  const blank = { internalId: world.nextId(), description: `Value ${value.valueId}`, publicId: world.uuid() };
  return { ...blank, active: true, mappedSegValue: '', ...stamp(world), ...value };
}

/** What a change of a segment or value sets. */
export function stamp(world: World): JsonObject {
  return { lastModified: formatWall(world.clock.wall()), timeStamp: world.nextTimeStamp() };
}

export function linesIn(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
