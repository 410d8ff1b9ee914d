import { inTransaction, type Ledger } from '../../ledger/database.ts';
import { moveDocument } from '../../ledger/documents.ts';
import { settleIntent } from '../../ledger/intents.ts';
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
  const { deps, attempt, document } = posting;
  const confirmed = await inTransaction(deps.ledger, async (tx) => {
    const event = {
      step: learnedBy === 'answer' ? 'confirmed' : 'adopted',
      detail: { intent: intent.step, externalId: showable(externalId) },
    };
    const moved = await settleIntent(tx, intent, 'confirmed', { externalId, learnedBy }, event, attempt.provenance);
    await noteDone(tx, posting, externalId);
    return moved;
  });
  await deps.at('confirmed', document.id);
  return confirmed;
}

/** What Visma.net calls the document is kept from its first write on; the last write makes it posted. */
async function noteDone(tx: Ledger, { attempt, document, isLast }: Posting, externalId: string): Promise<void> {
  const change = { state: isLast ? ('posted' as const) : ('transformed' as const), externalId };
  const step = isLast ? 'posted' : 'written in part';
  await moveDocument(tx, document.id, change, { step }, attempt.provenance);
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
  const { deps, attempt, document, write, isFirst } = posting;
  const event = { step: 'nothing to send', detail: { intent: intent.step, reason: outcome } };
  await inTransaction(deps.ledger, async (tx) => {
    await settleIntent(tx, intent, 'abandoned', {}, event, attempt.provenance);
    if (!isFirst) return noteDone(tx, posting, write.externalId ?? document.externalId ?? '');
    const state = STATE_OF[outcome];
    await moveDocument(tx, document.id, { state, failure: null }, { step: state }, attempt.provenance);
  });
  return isFirst ? outcome : 'posted';
}
