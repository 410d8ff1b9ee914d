import { Failure } from '../../failures/failure.ts';
import { inTransaction, type Ledger } from '../../ledger/database.ts';
import { moveDocument } from '../../ledger/documents.ts';
import type { Provenance } from '../../ledger/events.ts';
import { intentsOf, settleIntent } from '../../ledger/intents.ts';
import { moveMembers } from '../../ledger/members.ts';
import type { ListedDocument } from '../../ledger/queries/documents.ts';
import type { IntentRow } from '../../ledger/schema.ts';
import { Deliveries } from '../deliveries.ts';
import { EXIT_CODES } from '../exit.ts';
import { documentNamed } from '../find-documents.ts';
import { print } from '../output.ts';
import type { Session } from '../session.ts';

export interface ResolveOptions {
  readonly postedAs?: string;
  readonly notPosted?: boolean;
  readonly reason?: string;
}

/** A person's word on what became of a write. */
interface Verdict {
  readonly document: ListedDocument;
  readonly intent: IntentRow;
  readonly reason: string;
}

/** Settles a document whose outcome only a person can tell. */
export async function resolve(session: Session, given: string, options: ResolveOptions): Promise<number> {
  refuseContradictions(options);
  const ledger = await session.ledger();
  const named = await documentNamed(ledger, given);
  const document = named.memberOf === null ? named : await documentNamed(ledger, named.memberOf);
  const intent = await openIntent(ledger, document);
  const verdict = { document, intent, reason: options.reason ?? '' };
  if (options.postedAs === undefined) return notPosted(ledger, verdict, session.provenance);
  // First Temporal: a document that is settled and whose delivery cannot be started would wait for the sweep.
  const deliveries = await Deliveries.open(session);
  await posted(ledger, verdict, options.postedAs, session.provenance);
  await deliveries.restart(document, { reason: verdict.reason, after: 'resolved' });
  print(`${document.id} is posted as ${options.postedAs}; its delivery is being closed.`);
  return EXIT_CODES.done;
}

function refuseContradictions({ postedAs, notPosted, reason }: ResolveOptions): void {
  const refuse = (message: string) => {
    throw new Failure('COMMAND_USAGE', { message });
  };
  if ((postedAs === undefined) === (notPosted !== true)) refuse('Give either --posted-as or --not-posted.');
  if (postedAs !== undefined && postedAs.trim() === '') refuse('--posted-as needs the number in the target system.');
  if (notPosted && !reason?.trim()) refuse('--not-posted sends the document again and needs a --reason.');
}

/** The write in question: an uncertain one, one that was begun elsewhere, or one that met a record that exists already. */
async function openIntent(ledger: Ledger, document: ListedDocument): Promise<IntentRow> {
  const intents = await intentsOf(ledger, document.id);
  const uncertain = intents.find(({ state }) => state === 'uncertain');
  if (uncertain) return uncertain;
  const begun = intents.find(({ state }) => state === 'sent' || state === 'staged');
  if (document.failure?.code === 'TARGET_MOVED' && begun) return begun;
  const isDuplicate = document.state === 'failed' && document.failure?.type === 'DuplicateExternal';
  const refused = intents.find(({ state }) => state === 'rejected' || state === 'planned');
  if (isDuplicate && refused) return refused;
  throw new Failure('STATE_UNFIT', {
    message: `Document ${document.id} is ${document.state}: there is no uncertain outcome to resolve.`,
    next:
      document.state === 'failed'
        ? `Mend what its failure names, then \`ml-connector replay ${document.id}\`.`
        : `See what happened to it with \`ml-connector timeline ${document.id}\`.`,
  });
}

async function posted(
  ledger: Ledger,
  { document, intent, reason }: Verdict,
  externalId: string,
  provenance: Provenance,
): Promise<void> {
  await inTransaction(ledger, async (tx) => {
    const event = { step: 'resolved', detail: { intent: intent.step, as: 'posted', externalId, reason } };
    await settleIntent(tx, intent, 'confirmed', { externalId, learnedBy: 'operator' }, event, provenance);
    // What follows on this write is still to be done.
    const state = intent.detail.followed === true ? ('transformed' as const) : ('posted' as const);
    await moveDocument(tx, document.id, { state, failure: null, externalId }, { step: state }, provenance);
  });
}

/** The intent may be sent again. The members of a file wait for it again. */
async function notPosted(
  ledger: Ledger,
  { document, intent, reason }: Verdict,
  provenance: Provenance,
): Promise<number> {
  if (intent.state === 'rejected' || intent.state === 'planned') {
    throw new Failure('STATE_UNFIT', {
      message: `Document ${document.id} was refused, so it certainly was not posted.`,
      next: `Mend the record it met, then \`ml-connector replay ${document.id}\`.`,
    });
  }
  await inTransaction(ledger, async (tx) => {
    const event = { step: 'resolved', detail: { intent: intent.step, as: 'not posted', reason } };
    const detail = { judgedAt: tx.now().toISOString() };
    await settleIntent(tx, intent, 'planned', { repeatedAnswer: null, detail }, event, provenance);
    await moveDocument(tx, document.id, { state: 'received', failure: null }, { step: 'reopened' }, provenance);
    await moveMembers(tx, document.id, 'transformed', { step: 'reopened', detail: { with: document.id } }, provenance);
  });
  print(`${document.id} was not posted. It will be sent again within minutes;`);
  print(`\`ml-connector replay ${document.id} --wait\` does it now.`);
  return EXIT_CODES.done;
}
