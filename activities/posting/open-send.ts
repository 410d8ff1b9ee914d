import { Failure } from '../../failures/failure.ts';
import { intentsOf, msUntilSettled, settleIntent } from '../../ledger/intents.ts';
import type { IntentRow } from '../../ledger/schema.ts';
import { showable } from '../delivery.ts';
import { confirm } from './conclude.ts';
import type { Errand, Posting } from './posting.ts';

/**
 * Finds out what became of a request whose answer nobody recorded. "Not there" counts only when the request can no longer
 * land; until then the activity waits.
 */
export async function settleOpenSend(posting: Posting, intent: IntentRow): Promise<IntentRow> {
  const { deps, attempt, connection, write } = posting;
  const { targetLimitMs, marginMs } = connection.settings;
  const waitMs = await msUntilSettled(deps.ledger, intent, targetLimitMs + marginMs);
  const found = await write.lookUp(intent);
  const detail = { intent: intent.step, finding: found.finding };
  const settle = (to: 'planned' | 'rejected' | 'uncertain') =>
    settleIntent(deps.ledger, intent, to, {}, { step: 'looked up', detail }, attempt.provenance);
  switch (found.finding) {
    case 'ours':
      return confirm(posting, intent, found.externalId, 'look-up');
    case 'foreign':
      await settle('rejected');
      throw found.failure;
    case 'unclear':
      if (waitMs > 0) throw tooEarly(intent, waitMs);
      await settle('uncertain');
      throw uncertain(intent, found.reason);
    case 'absent':
      if (waitMs > 0) throw tooEarly(intent, waitMs);
      if (intent.detail.isTaken === true) {
        await settle('uncertain');
        throw uncertain(intent, 'Visma.net has taken it, and it is not found');
      }
      if (intent.detail.refusedTwice !== true) return settle('planned');
      await settle('rejected');
      throw refusedTwice(intent);
  }
}

/**
 * Looks for what a ledger that was lost may have sent since a moment. Found: taken over. Undefined: it was not made.
 * @throws Failure when it is there and not ours, or when it cannot be told
 */
export async function findEarlier(posting: Posting, intent: IntentRow, since: Date): Promise<IntentRow | undefined> {
  const { deps, attempt, write } = posting;
  const found = await write.lookUp({ ...intent, sentAt: since });
  if (found.finding === 'absent') return undefined;
  if (found.finding === 'ours') return confirm(posting, intent, found.externalId, 'look-up');
  const to = found.finding === 'foreign' ? 'rejected' : 'uncertain';
  const event = {
    step: 'looked up',
    detail: { intent: intent.step, finding: found.finding, since: since.toISOString() },
  };
  await settleIntent(deps.ledger, intent, to, {}, event, attempt.provenance);
  throw found.finding === 'foreign' ? found.failure : uncertain(intent, found.reason);
}

/**
 * Leaves what of a document was sent, has no answer and is not asked for any more, such as an attachment, once it can no longer
 * land: as long as it is open, nothing else may be written to its record.
 */
export async function leaveUnwanted(
  { deps, attempt, document, connection }: Errand,
  wanted: readonly string[],
): Promise<void> {
  const { targetLimitMs, marginMs } = connection.settings;
  for (const intent of await intentsOf(deps.ledger, document.id)) {
    if (intent.state !== 'sent' || wanted.includes(intent.step)) continue;
    const waitMs = await msUntilSettled(deps.ledger, intent, targetLimitMs + marginMs);
    if (waitMs > 0) throw tooEarly(intent, waitMs);
    const event = { step: 'not wanted any more', detail: { intent: intent.step } };
    await settleIntent(deps.ledger, intent, 'abandoned', {}, event, attempt.provenance);
  }
}

/** The intent stays `sent`. Visma.net answers business faults with 500 at times: the same words twice are a refusal. */
export async function noteUnknown(
  { deps, attempt }: Posting,
  intent: IntentRow,
  erpMessage: string | undefined,
): Promise<void> {
  const isRepeated = erpMessage !== undefined && erpMessage === intent.repeatedAnswer;
  await settleIntent(
    deps.ledger,
    intent,
    'sent',
    { repeatedAnswer: erpMessage ?? null, detail: { refusedTwice: isRepeated } },
    { step: 'answer unknown', detail: { intent: intent.step } },
    attempt.provenance,
  );
}

/** The intent stays `sent`, and is not sent again: Visma.net has taken it, and not said the number of what it made. */
export async function noteUnnamed({ deps, attempt }: Posting, intent: IntentRow): Promise<void> {
  const event = { step: 'answer without a number', detail: { intent: intent.step } };
  await settleIntent(deps.ledger, intent, 'sent', { detail: { isTaken: true } }, event, attempt.provenance);
}

function tooEarly(intent: IntentRow, waitMs: number): Failure {
  return new Failure('OUTCOME_OPEN', {
    message: `The answer to intent ${intent.token} was lost and a look does not find it yet; it is conclusive in ${Math.ceil(waitMs / 1000)} s.`,
    retryAfterMs: Math.max(250, waitMs),
  });
}

function refusedTwice(intent: IntentRow): Failure {
  return new Failure('VISMA_REFUSED', {
    message: `Visma.net refused ${showable(intent.targetKey)} twice with the same words: ${intent.repeatedAnswer}`,
  });
}

/** A write that waits for a person. */
export function uncertain(intent: IntentRow, reason: string): Failure {
  return new Failure('OUTCOME_UNCERTAIN', {
    message: `Whether ${showable(intent.targetKey)} was written cannot be told: ${reason}.`,
  });
}
