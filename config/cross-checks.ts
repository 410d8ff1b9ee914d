import { z } from 'zod';
import type { FlowKind } from './integration.ts';
import { didYouMean } from './issue-messages.ts';
import { patternsOverlap } from './pattern-overlap.ts';
import type { Problem } from './problem.ts';
import { recordProblems } from './record-checks.ts';
import type { YamlSource } from './yaml-source.ts';

/** Which kind of connection each end of a flow needs. */
const ENDS: Readonly<Record<FlowKind, { readonly source: string; readonly target: string }>> = {
  'vendors-in': { source: 'sftp', target: 'visma' },
  'invoices-in': { source: 'sftp', target: 'visma' },
  'journals-in': { source: 'sftp', target: 'visma' },
  'payments-in': { source: 'sftp', target: 'visma' },
  'purchase-orders-in': { source: 'sftp', target: 'visma' },
  'invoices-out': { source: 'visma', target: 'sftp' },
  'records-out': { source: 'visma', target: 'sftp' },
};

const text = z.string().catch('');
const end = z
  .looseObject({ connection: text, folder: text, pattern: text, archive: text, error: text })
  .catch(emptyEnd);
const flow = z
  .looseObject({ kind: text, source: end, target: end })
  .catch(() => ({ kind: '', source: emptyEnd(), target: emptyEnd() }));

/** As much of a file as the checks need; what is missing or of the wrong shape is empty, for the schema reports it. */
const sketchSchema = z.looseObject({
  connections: z.record(z.string(), z.looseObject({ kind: text }).catch({ kind: '' })).catch({}),
  flows: z.record(z.string(), flow).catch({}),
});

type Sketch = z.infer<typeof sketchSchema>;
type End = z.infer<typeof end>;

/**
 * What only shows when parts of a file are held together. Works on files that are wrong elsewhere too, so that all problems
 * are reported at once.
 */
export function crossProblems(data: unknown, source: YamlSource): Problem[] {
  const sketch = sketchSchema.safeParse(data);
  if (!sketch.success) return [];
  return [
    ...connectionProblems(sketch.data, source),
    ...folderProblems(sketch.data, source),
    ...overlapProblems(sketch.data, source),
    ...recordProblems(data, source),
  ];
}

function connectionProblems(sketch: Sketch, source: YamlSource): Problem[] {
  return Object.entries(sketch.flows).flatMap(([name, flow]) =>
    (['source', 'target'] as const).flatMap((side) => {
      const message = connectionFault(flow[side].connection, endOf(flow.kind)?.[side], sketch);
      return message === undefined ? [] : [source.problemAt(['flows', name, side, 'connection'], 'value', message)];
    }),
  );
}

function endOf(kind: string): { readonly source: string; readonly target: string } | undefined {
  return Object.entries(ENDS).find(([flowKind]) => flowKind === kind)?.[1];
}

function connectionFault(name: string, needed: string | undefined, sketch: Sketch): string | undefined {
  if (name === '' || needed === undefined) return undefined;
  const kind = new Map(Object.entries(sketch.connections)).get(name)?.kind;
  if (kind === undefined) return `there is no connection "${name}"${didYouMean(name, Object.keys(sketch.connections))}`;
  return kind === '' || kind === needed
    ? undefined
    : `must be a connection of kind ${needed}; "${name}" is of kind ${kind}`;
}

/** A file that is moved to the folder it came from would be read again. */
function folderProblems(sketch: Sketch, source: YamlSource): Problem[] {
  return Object.entries(sketch.flows).flatMap(([name, { source: from }]) =>
    (['archive', 'error'] as const)
      .filter((place) => from.folder !== '' && from[place] === from.folder)
      .map((place) =>
        source.problemAt(['flows', name, 'source', place], 'value', 'must not be the folder that is read'),
      ),
  );
}

function overlapProblems(sketch: Sketch, source: YamlSource): Problem[] {
  const readers = Object.entries(sketch.flows).filter(
    ([, { source: from }]) => from.folder !== '' && from.pattern !== '',
  );
  return readers.flatMap(([name, { source: from }], index) => {
    const rival = readers.slice(0, index).find(([, other]) => readsTheSame(from, other.source));
    if (rival === undefined) return [];
    return [
      source.problemAt(
        ['flows', name, 'source', 'pattern'],
        'value',
        `would take files of flow "${rival[0]}", which reads the same folder`,
      ),
    ];
  });
}

function readsTheSame(a: End, b: End): boolean {
  return a.connection === b.connection && a.folder === b.folder && patternsOverlap(a.pattern, b.pattern);
}

function emptyEnd() {
  return { connection: '', folder: '', pattern: '', archive: '', error: '' };
}
