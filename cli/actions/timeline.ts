import { WorkflowNotFoundError } from '@temporalio/common';
import { Failure } from '../../failures/failure.ts';
import type { Ledger } from '../../ledger/database.ts';
import { RESTING_STATES } from '../../ledger/documents.ts';
import type { ListedDocument } from '../../ledger/queries/documents.ts';
import { type Timeline, timelineOf } from '../../ledger/queries/timeline.ts';
import { hasBody, readBytes } from '../../ledger/read-bodies.ts';
import type { EventRow } from '../../ledger/schema.ts';
import { EXIT_CODES } from '../exit.ts';
import { documentsNamed, unknownDocument } from '../find-documents.ts';
import { counted, localTime, plain, print, printJson, printTable } from '../output.ts';
import type { Session } from '../session.ts';
import { printFacts } from '../timeline-facts.ts';
import { timelineAsJson } from '../timeline-json.ts';
import { waitingFor, waitingText } from '../waiting-for.ts';
import { printDocuments } from './documents.ts';

export interface TimelineOptions {
  readonly json?: boolean;
  readonly words?: boolean;
}

/** Of a file's records, so many are shown. */
const INSIDE_SHOWN = 20;
/** With more documents than this the one that is meant is asked for: nobody reads them all in one view. */
const MOST_IN_VIEW = 10;

/** Shows what a reference stands for, from the file it came in to the file it went out in, and all that happened. */
export async function timeline(session: Session, given: string, options: TimelineOptions): Promise<number> {
  const ledger = await session.ledger();
  const found = await documentsNamed(ledger, given);
  if (found.length === 0) throw unknownDocument(given);
  if (options.json) await printChainObjects(ledger, found);
  else if (found.length > MOST_IN_VIEW) {
    print(`${counted(found.length, 'document')} with "${plain(given)}"; name one by its id:`);
    printDocuments(found);
  } else {
    await printChain(session, found);
    if (options.words) for (const document of found) await printWords(ledger, document);
  }
  return EXIT_CODES.done;
}

interface Chain {
  /** In their order: files that came in, what was asked for, files that went out. */
  readonly links: readonly Timeline[];
  /** Ids of what was asked for. */
  readonly named: ReadonlySet<string>;
}

/** The documents asked for, the files they came in before them, and those they went out in behind. */
async function chainOf(ledger: Ledger, found: readonly ListedDocument[]): Promise<Chain> {
  const inOrder = found.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1));
  const named = await Promise.all(inOrder.map((one) => timelineOf(ledger, one, INSIDE_SHOWN + 1)));
  const ids = new Set(found.map(({ id }) => id));
  const filesOf = async (pick: (one: Timeline) => ListedDocument | undefined) => {
    const files = new Map(named.flatMap((one) => pick(one) ?? []).map((file) => [file.id, file]));
    return Promise.all([...files.values()].filter(({ id }) => !ids.has(id)).map((file) => timelineOf(ledger, file, 0)));
  };
  const [before, after] = [await filesOf(({ parent }) => parent), await filesOf(({ file }) => file)];
  return { links: [...before, ...named, ...after], named: ids };
}

async function printChain(session: Session, found: readonly ListedDocument[]): Promise<void> {
  const chain = await chainOf(await session.ledger(), found);
  const { links } = chain;
  for (const [index, one] of links.entries()) {
    if (links.length > 1) print(`#${index + 1}`);
    printFacts(one, await whyItWaits(session, one.document));
    print();
  }
  printEventTable(chain);
  for (const { inside, document } of links) if (inside.length > 0) printInside(inside, document.id);
}

/** Temporal knows it, for a document that is on its way; the ledger tells all else without it. */
async function whyItWaits(session: Session, { state, workflowId }: ListedDocument): Promise<string | undefined> {
  if (RESTING_STATES.includes(state)) return undefined;
  try {
    const waiting = await waitingFor(await session.temporal(), workflowId);
    return waiting && waitingText(waiting);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    if (error instanceof Failure) return error.message;
    throw error;
  }
}

/** One object a document of the chain. */
async function printChainObjects(ledger: Ledger, found: readonly ListedDocument[]): Promise<void> {
  const { links, named } = await chainOf(ledger, found);
  for (const one of links) {
    printJson(timelineAsJson(one, { named: named.has(one.document.id), mostInside: INSIDE_SHOWN }));
  }
}

/** What the other system, or the rule that failed, said last, with the values it quotes. */
async function printWords(ledger: Ledger, { id }: ListedDocument): Promise<void> {
  const place = { documentId: id, role: 'answer' as const };
  print(`\nWhat was said of ${id}:`);
  if (!(await hasBody(ledger, place))) return print('Nothing was said about it that is not shown above.');
  print((await readBytes(ledger, place)).toString('utf8'));
}

/** Said once for every page of a file: in the timeline of a record it would hide the rest. */
const OF_PAGES = 'rows read';

/** What happened to all of them, in the order of time. */
function printEventTable({ links, named }: Chain): void {
  const events = links
    .flatMap(({ document, events: own }, index) =>
      own
        .filter(({ step }) => step !== OF_PAGES || named.has(document.id))
        .map((event) => ({ event, number: `#${index + 1}` })),
    )
    .sort((a, b) => a.event.at.getTime() - b.event.at.getTime());
  const numbered = links.length > 1;
  printTable(
    ['TIME', ...(numbered ? ['OF'] : []), 'STEP', 'ACTOR', 'TRY', 'DETAIL'],
    events.map(({ event, number }) => [
      localTime(event.at),
      ...(numbered ? [number] : []),
      event.step,
      event.actor,
      event.attempt === null ? '' : String(event.attempt),
      detailText(event),
    ]),
  );
}

/** `rows=12 repeated=3`: values that are long or nested are left to --json. */
function detailText({ detail }: EventRow): string {
  return Object.entries(detail)
    .map(([key, value]) => `${key}=${valueText(value)}`)
    .join(' ');
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.length}]`;
  if (value !== null && typeof value === 'object') return '{…}';
  const text = String(value);
  return /^[0-9a-f]{64}$/.test(text) ? text.slice(0, 12) : text;
}

function printInside(inside: readonly ListedDocument[], id: string): void {
  print();
  printDocuments(inside.slice(0, INSIDE_SHOWN));
  if (inside.length > INSIDE_SHOWN) print(`… and more inside ${id}.`);
}
