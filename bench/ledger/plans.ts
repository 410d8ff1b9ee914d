import { CompiledQuery, type KyselyPlugin, type RootOperationNode } from 'kysely';
import type { Ledger } from '../../ledger/database.ts';

/** One node of a plan, as `explain (analyze, format json)` tells it. */
interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly PlanNode[];
}

/** What a question read of the tables that grow with the documents. */
export interface Reading {
  /** Rows taken from tables and indexes, those thrown away included, over all its queries. */
  readonly rows: number;
  /** Tables that were read from their beginning instead of by an index. */
  readonly scanned: readonly string[];
}

const GROWING = ['document', 'document_reference', 'event', 'intent', 'batch', 'body', 'body_chunk'];

/** A table of so few rows is a page or two, and is rightly read from its beginning. */
const FEW = 100;

/** Asks a question and explains every query it makes, with the values it makes it with. */
export async function readingOf(ledger: Ledger, ask: (ledger: Ledger) => Promise<unknown>): Promise<Reading> {
  const asked: RootOperationNode[] = [];
  const noting: KyselyPlugin = {
    transformQuery: ({ node }) => {
      asked.push(node);
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  await ask({ ...ledger, db: ledger.db.withPlugin(noting) });
  const nodes: PlanNode[] = [];
  for (const node of asked) nodes.push(...(await planOf(ledger, node)));
  const growing = nodes.filter((node) => GROWING.includes(node['Relation Name'] ?? ''));
  return {
    rows: growing.reduce((sum, node) => sum + rowsOf(node), 0),
    scanned: growing
      .filter((node) => node['Node Type'] === 'Seq Scan' && rowsOf(node) > FEW)
      .map((node) => node['Relation Name'] ?? ''),
  };
}

async function planOf({ db }: Ledger, node: RootOperationNode): Promise<PlanNode[]> {
  // The node has been through the plugins already.
  const executor = db.withoutPlugins().getExecutor();
  const query = executor.compileQuery(node, { queryId: 'explained' });
  const explained = CompiledQuery.raw(`explain (analyze, format json) ${query.sql}`, [...query.parameters]);
  const { rows } = await db.withoutPlugins().executeQuery<{ 'QUERY PLAN': readonly { Plan: PlanNode }[] }>(explained);
  return rows.flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan }) => flattened(Plan)));
}

function flattened(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flattened)];
}

function rowsOf(node: PlanNode): number {
  const removed = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
  return Math.round((node['Actual Rows'] + removed) * node['Actual Loops']);
}
