import { documentsNamed } from '../../cli/find-documents.ts';
import type { Ledger } from '../../ledger/database.ts';
import { countByState, countDocuments } from '../../ledger/queries/counts.ts';
import type { DocumentFilter } from '../../ledger/queries/document-filter.ts';
import { listDocuments } from '../../ledger/queries/documents.ts';
import { flowStatuses } from '../../ledger/queries/status.ts';
import { timelineOf } from '../../ledger/queries/timeline.ts';
import type { Filling } from './filling.ts';

/** What an operator asks, with the queries that the command line makes. */
export interface Question {
  readonly name: string;
  readonly ask: (ledger: Ledger) => Promise<unknown>;
  /** Most rows it may read. For a page, the size of the ledger must not be in it. */
  readonly mostRows: number;
}

const HOUR_MS = 3_600_000;

/**
 * The first page of `documents` with each filter, a `timeline`, and `status`. The line below a list counts up to
 * `mostCounted` documents, and so does `status` in each state of a flow.
 */
export function questionsFor(filling: Filling, mostCounted: number): readonly Question[] {
  const { newest, order, file, batch } = filling;
  const ago = (hours: number) => new Date(newest.getTime() - hours * HOUR_MS);
  const filters: Readonly<Record<string, DocumentFilter>> = {
    'no filter': {},
    '--failed': { states: ['failed', 'uncertain'] },
    '--state received --older-than 30d': { states: ['received'], until: ago(720) },
    '--flow': { flows: ['bolts/invoices-out'] },
    '--flow, one without documents': { flows: ['bolts/never-ran'] },
    '--kind': { kind: 'outboundfile' },
    '--kind and --flow that never meet': { kind: 'Supplier', flows: ['acme/invoices-out'] },
    '--reference': { reference: order.toLowerCase() },
    '--file': { file },
    '--batch': { batch },
    '--code': { code: 'VISMA_REFUSED' },
    '--failed --code --flow': { code: 'VISMA_REFUSED', states: ['failed'], flows: ['bolts/invoices-out'] },
    '--type': { failureType: 'DataInvalid' },
    '--since 2h': { since: ago(2) },
    '--older-than 30d': { until: ago(720) },
    '--since, after the newest': { since: ago(-24) },
    '--failed --flow --since 7d': { states: ['failed'], flows: ['acme/vendors-in'], since: ago(168) },
  };
  const pages = Object.entries(filters).map(([name, filter]) => ({
    name: `documents, ${name}`,
    ask: (ledger: Ledger) => firstPage(ledger, filter, mostCounted),
    // The list and the count, some with the files that documents are members of.
    mostRows: 2.5 * mostCounted,
  }));
  return [
    ...pages,
    { name: 'documents, a page in the middle', ask: (ledger) => pageAfter(ledger, order), mostRows: 1000 },
    {
      name: 'documents, --failed --count-by code',
      ask: (ledger) => countDocuments(ledger, { states: ['failed', 'uncertain'] }, 'code'),
      mostRows: 2.5 * mostCounted,
    },
    { name: 'timeline of a purchase order', ask: (ledger) => timelines(ledger, order), mostRows: 1000 },
    // Each of the six flows has so many delivered; of the other states there are fewer.
    { name: 'status', ask: (ledger) => flowStatuses(ledger, mostCounted), mostRows: 8 * mostCounted },
  ];
}

async function firstPage(ledger: Ledger, filter: DocumentFilter, mostCounted: number): Promise<void> {
  await listDocuments(ledger, filter, 50);
  await countByState(ledger, filter, mostCounted);
}

async function pageAfter(ledger: Ledger, order: string): Promise<void> {
  const [document] = await documentsNamed(ledger, order);
  await listDocuments(ledger, {}, 50, document?.id);
}

async function timelines(ledger: Ledger, order: string): Promise<void> {
  for (const document of await documentsNamed(ledger, order)) await timelineOf(ledger, document, 20);
}
