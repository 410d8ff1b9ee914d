import { Failure } from '../../failures/failure.ts';
import { FINAL_STATES } from '../../ledger/documents.ts';
import { type ListedDocument, listDocuments } from '../../ledger/queries/documents.ts';
import { copyAsNew } from '../as-new.ts';
import { oneByOne, untilInterrupted } from '../bulk.ts';
import { Deliveries, type StartedDelivery } from '../deliveries.ts';
import { EXIT_CODES } from '../exit.ts';
import { documentNamed } from '../find-documents.ts';
import { counted, print } from '../output.ts';
import { isSelecting, type SelectionOptions, selectionOf } from '../selection.ts';
import type { Session } from '../session.ts';
import { durationMs, intervalMs, wholeNumber } from '../values.ts';
import { printOutcomes } from '../wait-for-deliveries.ts';
import { referencesOf } from './documents.ts';

export interface ReplayOptions extends SelectionOptions {
  readonly failed?: boolean;
  readonly preview?: boolean;
  readonly values?: boolean;
  readonly json?: boolean;
  readonly rate?: string;
  readonly limit: string;
  readonly reason?: string;
  readonly asNew?: boolean;
  readonly wait?: boolean;
  readonly timeout: string;
}

/** Starts the delivery of documents again, under the same workflow ids; or shows what it would send. */
export async function replay(session: Session, given: readonly string[], options: ReplayOptions): Promise<number> {
  refuseContradictions(given, options);
  const timeoutMs = durationMs('--timeout', options.timeout);
  const everyMs = options.rate === undefined ? 0 : intervalMs('--rate', options.rate);
  const chosen = given.length > 0 ? await named(session, given) : await failed(session, options);
  if (chosen.length === 0) print('No document has failed.');
  const documents = options.asNew ? await asNew(session, chosen, options.reason ?? '') : chosen;
  for (const document of documents) refuseUnfit(document);
  if (options.preview) {
    const { previewReplay } = await import('../replay-preview.ts');
    return previewReplay(session, documents, options);
  }
  const started = await startAll(session, documents, { everyMs, reason: options.reason ?? null });
  const isWhole = started.length === documents.length && started.every(({ how }) => how !== 'not ended');
  const code = isWhole ? EXIT_CODES.done : EXIT_CODES.failed;
  return options.wait && isWhole ? printOutcomes(session, started, timeoutMs) : code;
}

const SAYS = {
  started: 'started',
  'under way': 'is under way already',
  'not ended': 'its last run has not ended, and no worker ends it; nothing was started',
} as const satisfies Record<StartedDelivery['how'], string>;

async function startAll(
  session: Session,
  documents: readonly ListedDocument[],
  { everyMs, reason }: { readonly everyMs: number; readonly reason: string | null },
): Promise<readonly StartedDelivery[]> {
  const deliveries = await Deliveries.open(session);
  const started = await untilInterrupted((stop) =>
    oneByOne(documents, { intervalMs: everyMs, stop, terminal: process.stderr, say: print }, async (document) => {
      const result = await deliveries.restart(document, { reason });
      return { result, line: `${document.id}  ${document.kind} ${referencesOf(document)}: ${SAYS[result.how]}` };
    }),
  );
  const left = documents.length - started.length;
  const count = started.filter(({ how }) => how === 'started').length;
  if (left > 0) print(`Stopped: ${count} of ${documents.length} deliveries started, ${left} are left as they were.`);
  else if (documents.length > 1) print(`${counted(count, 'delivery', 'deliveries')} started.`);
  return started;
}

function refuseContradictions(given: readonly string[], options: ReplayOptions): void {
  const { failed, asNew, reason, preview, values, json, wait, rate } = options;
  const refuse = (message: string) => {
    throw new Failure('COMMAND_USAGE', { message });
  };
  if (given.length === 0 && !failed) refuse('Name the documents to replay, or give --failed.');
  if (given.length > 0 && failed) refuse('--failed chooses the documents itself; name none beside it.');
  if (!failed && isSelecting(options)) refuse('--flow, --code and the like go with --failed.');
  if (preview && (asNew || wait || rate !== undefined)) refuse('--preview sends nothing; give it alone.');
  if (!preview && (values || json)) refuse('--values and --json go with --preview.');
  if (asNew && failed) refuse('--as-new takes named documents only.');
  if (asNew && !reason?.trim()) refuse('--as-new posts a second time and needs a --reason.');
}

async function failed(session: Session, options: ReplayOptions): Promise<readonly ListedDocument[]> {
  const limit = wholeNumber('--limit', options.limit, 100_000);
  const filter = { ...(await selectionOf(session, options)), states: ['failed'] as const };
  const found = await listDocuments(await session.ledger(), filter, limit);
  // In the order they came: what was said later shall go last.
  return withFiles(session, found.toReversed());
}

async function named(session: Session, given: readonly string[]): Promise<readonly ListedDocument[]> {
  const ledger = await session.ledger();
  const found: ListedDocument[] = [];
  for (const word of given) found.push(await documentNamed(ledger, word));
  return withFiles(session, found);
}

/** A member of an outbound file that has not gone out is delivered by its file. */
async function withFiles(session: Session, found: readonly ListedDocument[]): Promise<readonly ListedDocument[]> {
  const ledger = await session.ledger();
  const chosen = new Map<string, ListedDocument>();
  for (const document of found) {
    const isDelivered = document.memberOf === null || FINAL_STATES.includes(document.state);
    const id = isDelivered ? document.id : (document.memberOf ?? document.id);
    if (!chosen.has(id)) chosen.set(id, isDelivered ? document : await documentNamed(ledger, id));
  }
  return [...chosen.values()];
}

async function asNew(session: Session, chosen: readonly ListedDocument[], reason: string) {
  const copies: ListedDocument[] = [];
  for (const document of chosen) copies.push(...(await copyAsNew(session, document, reason)));
  return copies;
}

function refuseUnfit({ id, state }: ListedDocument): void {
  if (state === 'uncertain') {
    throw new Failure('STATE_UNFIT', {
      message: `Document ${id} is uncertain: it may be in the target system already.`,
      next: `Look there, then run \`ml-connector resolve ${id} --posted-as <number>\` or \`--not-posted --reason …\`.`,
    });
  }
  if (!FINAL_STATES.includes(state)) return;
  throw new Failure('STATE_UNFIT', {
    message: `Document ${id} is ${state}: there is nothing to replay.`,
    next: 'To post it a second time, add `--as-new --reason …`.',
  });
}
