import { z } from 'zod';
import { RECORD_ENTITIES } from '../connectors/visma/records.ts';
import { didYouMean } from './issue-messages.ts';
import type { Problem } from './problem.ts';
import type { YamlSource } from './yaml-source.ts';

type Entity = (typeof RECORD_ENTITIES)[keyof typeof RECORD_ENTITIES];

const text = z.string().catch('');
const filters = z.record(z.string(), z.unknown()).catch({});
const rows = z
  .object({ layout: text, columns: z.array(z.object({ field: text }).catch({ field: '' })).catch([]) })
  .catch({ layout: '', columns: [] });
const flow = z.object({ kind: z.literal('records-out'), source: z.object({ entity: text, filters }), rows });

type Sketch = z.infer<typeof flow>;

/** What flows of records say that the entity they read does not have. What is of the wrong shape, the schema reports. */
export function recordProblems(data: unknown, source: YamlSource): Problem[] {
  const flows = z.object({ flows: z.record(z.string(), z.unknown()) }).safeParse(data).data?.flows ?? {};
  return Object.entries(flows).flatMap(([name, settings]) => {
    const sketch = flow.safeParse(settings).data;
    const entity = new Map<string, Entity>(Object.entries(RECORD_ENTITIES)).get(sketch?.source.entity ?? '');
    if (sketch === undefined || entity === undefined) return [];
    return [
      ...filterProblems(name, sketch, entity, source),
      ...layoutProblems(name, sketch, entity, source),
      ...columnProblems(name, sketch, entity, source),
    ];
  });
}

function filterProblems(name: string, sketch: Sketch, entity: Entity, source: YamlSource): Problem[] {
  const path = ['flows', name, 'source', 'filters'];
  const known: readonly string[] = entity.filters;
  const given = Object.keys(sketch.source.filters);
  const unknown = given.filter((filter) => !known.includes(filter));
  const missing = entity.required.filter((filter) => !given.includes(filter));
  return [
    ...unknown.map((filter) =>
      source.problemAt([...path, filter], 'key', `is no filter of ${entity.name}; it has: ${known.join(', ')}`),
    ),
    ...missing.map((filter) =>
      source.problemAt([...path, filter], 'value', `is missing; Visma.net lists no ${entity.name} without it`),
    ),
  ];
}

function layoutProblems(name: string, { rows: { layout } }: Sketch, entity: Entity, source: YamlSource): Problem[] {
  if (layout !== 'lines' || entity.lines !== undefined) return [];
  return [source.problemAt(['flows', name, 'rows', 'layout'], 'value', `${entity.name} has no lines; use headers`)];
}

function columnProblems(name: string, { rows }: Sketch, entity: Entity, source: YamlSource): Problem[] {
  return rows.columns.flatMap(({ field }, index) => {
    const message = columnFault(field, rows.layout, entity);
    return message === undefined
      ? []
      : [source.problemAt(['flows', name, 'rows', 'columns', index, 'field'], 'value', message)];
  });
}

function columnFault(field: string, layout: string, { name, paths }: Entity): string | undefined {
  const { record, lines } = paths;
  if (field === '' || record.includes(field)) return undefined;
  if (lines.includes(field)) return layout === 'lines' ? undefined : 'is a field of lines; use the layout lines';
  const inside = [...record, ...lines].filter((path) => path.startsWith(`${field}.`));
  if (inside.length > 0) return `is a group; name one of its fields: ${inside.slice(0, LISTED).join(', ')}`;
  return `${name} has no field "${field}"${didYouMean(field, [...record, ...lines])}`;
}

/** Fields of a group that a message names. */
const LISTED = 6;
