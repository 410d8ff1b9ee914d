import { readdirSync, readFileSync } from 'node:fs';
import type { Finding } from '../../formats/edi/finding.ts';
import { BUILT_IN_TABLES } from '../../formats/tables/built-in.ts';
import type { TableModel } from '../../formats/tables/model.ts';
import { TableShelf } from '../../formats/tables/shelf.ts';
import { numbers } from '../formats/edi/mutants.ts';
import { firstFault } from './first-fault.ts';
import { inLaterRelease, type OneSet, takeApart, withBody } from './one-set.ts';
import { mutatedBody } from './set-mutants.ts';
import { type Judgment, judgeByStaedi } from './staedi.ts';
import { staediSchema } from './staedi-schema.ts';

const FOLDERS = ['golden/', '../mappings/x12/golden/', '../mappings/edifact/golden/'].map(
  (path) => new URL(path, import.meta.url),
);

const SHELF = new TableShelf(BUILT_IN_TABLES);

/** One set, and what either side says of it. */
export interface Compared {
  readonly name: string;
  readonly table: TableModel;
  readonly marks: OneSet['marks'];
  readonly body: readonly string[];
  readonly ours: Finding | undefined;
  readonly theirs: Judgment;
}

interface Case {
  readonly name: string;
  readonly set: OneSet;
  readonly body: readonly string[];
}

/** The sets of all goldens, also as those of the next release. */
export const GOLDEN_SETS: readonly OneSet[] = FOLDERS.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.edi'))
    .flatMap((name) => takeApart(name.replace('.edi', ''), readFileSync(new URL(name, folder), 'latin1')) ?? [])
    .flatMap((set) => [set, inLaterRelease(set) ?? []].flat()),
);

/** The goldens as they are. */
export const GOLDEN_CASES: readonly Case[] = GOLDEN_SETS.map((set) => ({ name: set.name, set, body: set.body }));

/** A mutant of one of the goldens, the same for the same seed. */
export function mutantOf(seed: number): Case {
  const below = numbers(seed);
  const set = GOLDEN_SETS[below(GOLDEN_SETS.length)]!;
  return { name: `${set.name}, seed ${seed}`, set, body: mutatedBody(set, below) };
}

/** Has both sides judge sets. */
export async function compare(jar: string, folder: string, cases: readonly Case[]): Promise<Compared[]> {
  const tables = cases.map(({ set }) => tableOf(set));
  const schemas = new Map(tables.map((table) => [schemaName(table), staediSchema(table)]));
  const files = cases.map(({ set, body }, at) => ({ schema: schemaName(tables[at]!), bytes: withBody(set, body) }));
  const theirs = await judgeByStaedi(jar, folder, schemas, files);
  return Promise.all(
    cases.map(async ({ name, set, body }, at) => {
      const ours = await firstFault(files[at]!.bytes, SHELF);
      return { name, marks: set.marks, body, ours, theirs: theirs[at]!, table: tables[at]! };
    }),
  );
}

/** Whether both sides say the same, of the same place. */
export function isAgreed({ ours, theirs }: Compared): boolean {
  if (ours === undefined || typeof theirs === 'string' || 'failed' in theirs)
    return ours === undefined && theirs === 'clean';
  return ours.segment === theirs.segment && ours.element === theirs.element;
}

/** Says how the two sides differ, for a person. */
export function told({ name, body, ours, theirs }: Compared): string {
  const mine = ours === undefined ? 'clean' : `${ours.code} ${place(body, ours.segment)} element ${ours.element}`;
  if (typeof theirs === 'string') return `${name}: ours ${mine}; theirs clean`;
  const other =
    'failed' in theirs ? theirs.failed : `${theirs.error} ${place(body, theirs.segment)} element ${theirs.element}`;
  return `${name}: ours ${mine}; theirs ${other}`;
}

function place(body: readonly string[], segment: number): string {
  return `${segment} ${body[segment - 2] ?? 'at the end'}`;
}

function tableOf({ standard, type, release }: OneSet): TableModel {
  const found = SHELF.find({ standard, type, release });
  if (found === undefined) throw new Error(`no table for ${type} ${release}`);
  return found.graph.table;
}

function schemaName({ standard, set, release }: TableModel): string {
  return `${standard}-${set}-${release}`;
}
