import type { Ledger } from '../../ledger/database.ts';
import { moveDocument } from '../../ledger/documents.ts';
import { BEGUN_STATES, intentsOf } from '../../ledger/intents.ts';
import type { DocumentRow } from '../../ledger/schema.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Delivery } from '../flow-steps.ts';

/** Whether something of a document is in Visma.net, or may be. */
export async function isBegun(ledger: Ledger, { id, eventCount }: DocumentRow): Promise<boolean> {
  // What has only come in has no intent yet.
  if (eventCount === 1) return false;
  const intents = await intentsOf(ledger, id);
  return intents.some(({ state }) => BEGUN_STATES.includes(state));
}

/**
 * A document that was begun is not mapped anew, whatever its map says by now: it is looked for by what was sent, and what
 * follows on its first write belongs to that.
 */
export async function goOnAsMapped(
  { ledger }: Dependencies,
  { config, document, attempt }: Delivery,
): Promise<'ready'> {
  const change = { state: 'transformed' as const, configHash: config.hash };
  await moveDocument(ledger, document.id, change, { step: 'mapped before' }, attempt.provenance);
  return 'ready';
}
