import type { FastifyInstance } from 'fastify';
import { type Answer, ApiRefusal } from './answers.ts';
import { dimension, linesIn } from './entities/dimension.ts';
import type { JsonObject } from './json.ts';
import { readQuery } from './query.ts';
import type { Call } from './serve.ts';
import { served } from './served.ts';

/** `lastModifiedDateTime` is named by the vendor; whether it looks at the values is not known, so nobody may lean on it. */
const ONE_QUERY = {
  known: ['expandSegmentsValues', 'greaterThanValue', 'numberToRead', 'skipRecords'],
  notSimulated: ['lastModifiedDateTime', 'lastModifiedDateTimeCondition'],
};

/** The list of dimensions holds plain texts; everything else is below one of them. */
export function addDimensionRoutes(app: FastifyInstance): void {
  app.get(
    '/v1/dimension',
    served(({ world }) => ({
      status: 200,
      body: world
        .table('dimension')
        .rows('key')
        .map(({ key }) => key),
    })),
  );
  app.get('/v1/dimension/:id', served(one));
  app.get('/v1/dimension/:id/:segmentId', served(oneSegment));
  app.get('/v1/dimension/:id/:segmentId/:valueId', served(oneValue));
}

function one(call: Call): Answer {
  const { request, world } = call;
  const query = readQuery(request.query as Record<string, unknown>, ONE_QUERY, world.settings);
  const record = recordOf(call);
  if (query.expandSegmentsValues?.toLowerCase() === 'true') return { status: 200, body: record };
  const segments = linesIn(record.segments).map(({ segmentValues: _, ...segment }) => segment);
  return { status: 200, body: { ...record, segments } };
}

function oneSegment(call: Call): Answer {
  const segment = segmentOf(call);
  return { status: 200, headers: { ETag: `"${segment.timeStamp}"` }, body: segment };
}

function oneValue(call: Call): Answer {
  const { valueId } = call.request.params as Record<string, string>;
  const value = linesIn(segmentOf(call).segmentValues).find((candidate) => candidate.valueId === valueId);
  if (value === undefined) throw new ApiRefusal(404, 'Segment value was not found.');
  return { status: 200, body: value };
}

function recordOf({ request, world }: Call): JsonObject {
  const { id = '' } = request.params as Record<string, string>;
  const row = world.table('dimension').get(id);
  if (row === undefined) throw new ApiRefusal(404, `${dimension.label} was not found.`);
  return row.record;
}

function segmentOf(call: Call): JsonObject {
  const { segmentId } = call.request.params as Record<string, string>;
  const segment = linesIn(recordOf(call).segments).find((candidate) => String(candidate.segmentId) === segmentId);
  if (segment === undefined) throw new ApiRefusal(404, 'Segment was not found.');
  return segment;
}
