import { Failure } from '../../failures/failure.ts';
import { FINAL_STATES } from '../../ledger/documents.ts';
import { type ListedDocument, listDocuments } from '../../ledger/queries/documents.ts';
import { copyAsNew } from '../as-new.ts';
import { Deliveries, type StartedDelivery } from '../deliveries.ts';
import { EXIT_CODES } from '../exit.ts';
import { documentNamed } from '../find-documents.ts';
import { print } from '../output.ts';
import { isSelecting, type SelectionOptions, selectionOf } from '../selection.ts';
import type { Session } from '../session.ts';
import { durationMs, wholeNumber } from '../values.ts';
import { printOutcomes } from '../wait-for-deliveries.ts';
import { referencesOf } from './documents.ts';

export interface ReplayOptions extends SelectionOptions {
  readonly failed?: boolean;
  readonly limit: string;
  readonly reason?: string;
  readonly asNew?: boolean;
  readonly wait?: boolean;
  readonly timeout: string;
}

/** Starts the delivery of documents again, under the same workflow ids. */
export async function replay(session: Session, given: readonly string[], options: ReplayOptions): Promise<number> {
  refuseContradictions(given, options);
  const timeoutMs = durationMs('--timeout', options.timeout);
  const chosen = given.length > 0 ? await named(session, given) : await failed(session, options);
  if (chosen.length === 0) print('No document has failed.');
  const documents = options.asNew ? await asNew(session, chosen, options.reason ?? '') : chosen;
  for (const document of documents) refuseUnfit(document);
  const deliveries = await Deliveries.open(session);
  const started: StartedDelivery[] = [];
  for (const document of documents) {
    started.push(await deliveries.restart(document, { reason: options.reason ?? null }));
    print(`${document.id}  ${document.kind} ${referencesOf(document)}: started`);
  }
  if (options.wait) return printOutcomes(session, started, timeoutMs);
  if (started.length > 1) print(`${started.length} deliveries started.`);
  return EXIT_CODES.done;
}

function refuseContradictions(given: readonly string[], options: ReplayOptions): void {
  const { failed, asNew, reason } = options;
  const refuse = (message: string) => {
    throw new Failure('COMMAND_USAGE', { message });
  };
  if (given.length === 0 && !failed) refuse('Name the documents to replay, or give --failed.');
  if (given.length > 0 && failed) refuse('--failed chooses the documents itself; name none beside it.');
  if (!failed && isSelecting(options)) refuse('--flow, --code and the like go with --failed.');
  if (asNew && failed) refuse('--as-new takes named documents only.');
  if (asNew && !reason?.trim()) refuse('--as-new posts a second time and needs a --reason.');
}

async function failed(session: Session, options: ReplayOptions): Promise<readonly ListedDocument[]> {
  const limit = wholeNumber('--limit', options.limit, 100_000);
  const filter = { ...(await selectionOf(session, options)), states: ['failed'] as const };
  const found = await listDocuments(await session.ledger(), filter, limit);
  return distinct(await Promise.all(found.map((document) => fileOr(session, document))));
}

async function named(session: Session, given: readonly string[]): Promise<readonly ListedDocument[]> {
  const ledger = await session.ledger();
  const found: ListedDocument[] = [];
  for (const word of given) found.push(await documentNamed(ledger, word));
  return distinct(await Promise.all(found.map((document) => fileOr(session, document))));
}

/** A member of an outbound file that has not gone out is delivered by its file. */
async function fileOr(session: Session, document: ListedDocument): Promise<ListedDocument> {
  if (document.memberOf === null || FINAL_STATES.includes(document.state)) return document;
  return documentNamed(await session.ledger(), document.memberOf);
}

function distinct(documents: readonly ListedDocument[]): readonly ListedDocument[] {
  return [...new Map(documents.map((document) => [document.id, document])).values()];
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
