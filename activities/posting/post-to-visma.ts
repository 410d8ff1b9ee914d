import type { Failure } from '../../failures/failure.ts';
import { busy, type Outlook, outlookOf, planIntent, settleIntent } from '../../ledger/intents.ts';
import { mayBeSentSince } from '../../ledger/recovery.ts';
import type { IntentRow } from '../../ledger/schema.ts';
import { giveUp } from './conclude.ts';
import { findEarlier, leaveUnwanted, settleOpenSend, uncertain } from './open-send.ts';
import type { PostOutcome } from './outcome.ts';
import { elsewhere, placeOf } from './place.ts';
import type { Errand, Posting, VismaWrite } from './posting.ts';
import { type Sent, sendOnce, stale } from './send-once.ts';

/** Requests in one activity, where each certainly did nothing, before the activity backs off. */
const ROUNDS = 3;

/** A write that needs the id which the document's first write has given it in Visma.net. */
export type FollowingWrite = (externalId: string) => VismaWrite;

/**
 * Writes a document to Visma.net effectively once: its first write, then those that follow on what the first has made, each
 * with an intent of its own. A later one that fails leaves what was made and says so; called again, only what is missing is
 * done (`docs/decisions/effectively-once.md`).
 * @throws Failure; afterwards the intents say whether anything may have happened
 */
export async function postToVisma(
  errand: Errand,
  first: VismaWrite,
  following: readonly FollowingWrite[] = [],
): Promise<PostOutcome> {
  const opening = { ...errand, write: first, isFirst: true, isLast: following.length === 0 };
  const begun = await postOne(opening);
  if (begun.outcome !== 'posted') return begun.outcome;
  const externalId = begun.externalId ?? errand.document.externalId ?? '';
  const writes = following.map((writeOf) => writeOf(externalId));
  const wanted = [first, ...writes].map(({ step }) => step);
  if (errand.document.externalId !== null) await leaveUnwanted(errand, wanted);
  for (const [index, write] of writes.entries()) {
    const isLast = index === writes.length - 1;
    await postOne({ ...errand, write, isFirst: false, isLast });
  }
  return 'posted';
}

/**
 * One write. Its intent is durable before the first byte leaves; an attempt that finds it open looks up what became of it
 * instead of sending again.
 */
async function postOne(posting: Posting): Promise<Sent> {
  const { deps, attempt, document, connection, write } = posting;
  const place = placeOf(connection);
  const plan = { document, step: write.step, target: connection.name, targetKey: write.targetKey, place };
  const planned = await planIntent(deps.ledger, plan, attempt.provenance);
  let { intent } = planned;
  await deps.at('planned', document.id);
  if (planned.outlook.isElsewhere) throw elsewhere(intent);
  if (intent.state === 'sent') intent = await settleOpenSend(posting, intent);
  if (intent.state === 'confirmed') return { outcome: 'posted', externalId: intent.externalId };
  if (intent.state === 'uncertain') throw uncertain(intent, 'its outcome waits for a person');
  if (intent.state === 'rejected' || intent.state === 'abandoned') intent = await reopen(posting, intent);
  const isAsPlanned = intent === planned.intent;
  return send(posting, intent, isAsPlanned ? planned.outlook : await outlookOf(deps.ledger, intent, place));
}

async function reopen({ deps, attempt }: Posting, intent: IntentRow): Promise<IntentRow> {
  const event = { step: 'reopened', detail: { intent: intent.step } };
  return settleIntent(deps.ledger, intent, 'planned', { repeatedAnswer: null }, event, attempt.provenance);
}

async function send(posting: Posting, planned: IntentRow, seen: Outlook): Promise<Sent> {
  const { ledger } = posting.deps;
  let intent = planned;
  let outlook = seen;
  let because: Failure | undefined;
  for (let round = 1; round <= ROUNDS; round += 1) {
    // Nothing has left yet: If-Match and the number decide, and a document that waited for its turn costs no second call.
    const isFirstTouch = intent.attempt === 0;
    if (outlook.isBusy) throw busy(intent);
    const lostSince = mayBeSentSince(intent, outlook.recovering);
    const prepared = await posting.write.prepare(intent, !isFirstTouch || lostSince !== undefined);
    if (!prepared) return { outcome: await giveUp(posting, intent, 'unchanged') };
    // An update says by its If-Match, and by what was just read, whether it is made already.
    const isCreate = prepared.request.ifMatch === undefined;
    const made = lostSince && isCreate ? await findEarlier(posting, intent, lostSince) : undefined;
    if (made) return { outcome: 'posted', externalId: made.externalId };
    const sent = await sendOnce(posting, intent, prepared);
    if (!('because' in sent)) return sent;
    if (sent.because.type === 'AuthFailed' && because?.type === 'AuthFailed') throw sent.because;
    ({ intent, because } = sent);
    outlook = await outlookOf(ledger, intent, placeOf(posting.connection));
  }
  throw because ?? stale(posting);
}
