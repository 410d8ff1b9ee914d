import { inTransaction, type Ledger } from '../../ledger/database.ts';
import { type DocumentChange, moveDocument, noteOnDocument } from '../../ledger/documents.ts';
import type { NewEvent } from '../../ledger/events.ts';
import { closeIntent } from '../../ledger/intents.ts';
import type { IntentRow } from '../../ledger/schema.ts';
import { showable } from '../delivery.ts';
import type { PostOutcome } from './outcome.ts';
import type { Posting } from './posting.ts';

/** Intent and document move together: there is no moment at which one is done and the other is not. */
export async function confirm(
  posting: Posting,
  intent: IntentRow,
  externalId: string,
  learnedBy: 'answer' | 'look-up',
): Promise<IntentRow> {
  const { deps, document } = posting;
  const confirmed = await inTransaction(deps.ledger, async (tx) => {
    const event = {
      step: learnedBy === 'answer' ? 'confirmed' : 'adopted',
      detail: { intent: intent.step, externalId: showable(externalId) },
    };
    const moved = await closeIntent(tx, intent, 'confirmed', { externalId, learnedBy });
    await noteDone(tx, posting, externalId, event);
    return moved;
  });
  await deps.at('confirmed', document.id);
  return confirmed;
}

/** What Visma.net calls the document is kept from its first write on; the last write makes it posted. */
async function noteDone(tx: Ledger, posting: Posting, externalId: string, because: NewEvent): Promise<void> {
  const state = posting.isLast ? ('posted' as const) : ('transformed' as const);
  await moveBecause(tx, posting, { state, externalId }, [
    because,
    { step: posting.isLast ? 'posted' : 'written in part' },
  ]);
}

/** What was done is noted also on a document that another attempt has closed meanwhile. */
async function moveBecause(
  tx: Ledger,
  { attempt, document }: Posting,
  change: DocumentChange,
  events: readonly [because: NewEvent, moved: NewEvent],
): Promise<void> {
  const isMoved = await moveDocument(tx, document.id, change, events, attempt.provenance);
  if (!isMoved) await noteOnDocument(tx, document.id, events[0], attempt.provenance);
}

const STATE_OF = { unchanged: 'skipped', superseded: 'superseded' } as const;

/**
 * Intent and document close together, so that no attempt finds the one closed and opens the other. A later write of a
 * document that finds nothing to do is done.
 */
export async function giveUp(
  posting: Posting,
  intent: IntentRow,
  outcome: 'unchanged' | 'superseded',
): Promise<PostOutcome> {
  const { deps, document, write, isFirst } = posting;
  const because = { step: 'nothing to send', detail: { intent: intent.step, reason: outcome } };
  await inTransaction(deps.ledger, async (tx) => {
    await closeIntent(tx, intent, 'abandoned');
    if (!isFirst) return noteDone(tx, posting, write.externalId ?? document.externalId ?? '', because);
    const state = STATE_OF[outcome];
    await moveBecause(tx, posting, { state, failure: null }, [because, { step: state }]);
  });
  return isFirst ? outcome : 'posted';
}
