import { hasBody, readBytes } from '../../ledger/bodies.ts';
import type { Ledger } from '../../ledger/database.ts';
import type { ListedDocument } from '../../ledger/queries/documents.ts';
import { eventsOf, type Timeline, timelineOf } from '../../ledger/queries/timeline.ts';
import type { EventRow, IntentRow } from '../../ledger/schema.ts';
import { EXIT_CODES } from '../exit.ts';
import { documentsNamed, unknownDocument } from '../find-documents.ts';
import { counted, localTime, plain, print, printJson, printTable } from '../output.ts';
import type { Session } from '../session.ts';
import { printDocuments, referencesOf } from './documents.ts';

export interface TimelineOptions {
  readonly json?: boolean;
  readonly words?: boolean;
}

/** Of a file's records, so many are shown. */
const INSIDE_SHOWN = 20;

/** Shows the events of a document with the file it came in, its intents, and what is inside it. */
export async function timeline(session: Session, given: string, options: TimelineOptions): Promise<number> {
  const ledger = await session.ledger();
  const found = await documentsNamed(ledger, given);
  const [first, ...others] = found;
  if (first === undefined) throw unknownDocument(given);
  if (options.json) await printEvents(ledger, found);
  else if (others.length > 0) {
    print(`${counted(found.length, 'document')} with "${plain(given)}"; name one by its id:`);
    printDocuments(found);
  } else {
    printTimeline(await timelineOf(ledger, first, INSIDE_SHOWN + 1));
    if (options.words) await printWords(ledger, first);
  }
  return EXIT_CODES.done;
}

/** What the other system, or the rule that failed, said last, with the values it quotes. */
async function printWords(ledger: Ledger, { id }: ListedDocument): Promise<void> {
  const place = { documentId: id, role: 'answer' as const };
  print();
  if (!(await hasBody(ledger, place))) return print('Nothing was said about it that is not shown above.');
  print((await readBytes(ledger, place)).toString('utf8'));
}

async function printEvents(ledger: Ledger, found: readonly ListedDocument[]): Promise<void> {
  for (const { id: document } of found) {
    for (const { at, step, actor, attempt, workflowId, runId, detail, hash } of await eventsOf(ledger, document)) {
      printJson({ document, at, step, actor, attempt, workflowId, runId, detail, hash: hash.toString('hex') });
    }
  }
}

function printTimeline({ document, events, intents, parent, file, inside }: Timeline): void {
  const facts: [string, string][] = [
    ['Document', `${document.id}  ${document.kind} ${referencesOf(document)}`],
    ['Flow', document.flow],
    ['State', stateOf(document)],
    ...(document.failure ? [['Next', document.failure.next] as [string, string]] : []),
    ['Workflow', document.workflowId],
    ...(parent ? [['Came in', `${parent.sourceKey}  ${parent.id} (${parent.state})`] as [string, string]] : []),
    ...(file ? [['Went out', `${file.sourceKey}  ${file.id} (${file.state})`] as [string, string]] : []),
    ...intents.map((intent) => ['Intent', intentText(intent)] as [string, string]),
  ];
  for (const [name, value] of facts) print(`${name.padEnd(10)}${plain(value)}`);
  print();
  printTable(
    ['TIME', 'STEP', 'ACTOR', 'TRY', 'DETAIL'],
    events.map((event) => [
      localTime(event.at),
      event.step,
      event.actor,
      event.attempt === null ? '' : String(event.attempt),
      detailText(event),
    ]),
  );
  if (inside.length > 0) printInside(inside, document.id);
}

function stateOf({ state, externalId, failure }: ListedDocument): string {
  const reason =
    failure && (state === 'failed' || state === 'uncertain') ? `: ${failure.message} (${failure.code})` : '';
  return `${state}${externalId === null ? '' : `, there known as ${externalId}`}${reason}`;
}

function intentText({ step, target, targetKey, state, attempt, sentAt, learnedBy, token }: IntentRow): string {
  const sent = sentAt ? `, last sent ${localTime(sentAt)}` : '';
  const learned = learnedBy ? `, known by ${learnedBy}` : '';
  return `${step} ${targetKey} in ${target}: ${state} after ${counted(attempt, 'attempt')}${sent}${learned} (${token})`;
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
