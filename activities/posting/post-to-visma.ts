import { createHash } from 'node:crypto';
import type { VismaClient } from '../../connectors/visma/client.ts';
import type { WriteAnswer, WriteRequest } from '../../connectors/visma/write.ts';
import { Failure } from '../../failures/failure.ts';
import { inTransaction, type Ledger } from '../../ledger/database.ts';
import { moveDocument } from '../../ledger/documents.ts';
import { assertSettled, msUntilSettled, permitSend, planIntent, settleIntent } from '../../ledger/intents.ts';
import type { DocumentRow, IntentRow } from '../../ledger/schema.ts';
import type { ConnectionConfig } from '../configuration.ts';
import { showable } from '../delivery.ts';
import type { Attempt, Dependencies } from '../dependencies.ts';
import type { LookUp } from './look-up.ts';
import type { PostOutcome } from './outcome.ts';

/** What to send now. `digest` identifies the intended result, for the record. */
export interface Request {
  readonly request: WriteRequest;
  readonly digest: string;
}

/** One kind of write to Visma.net: how its request is built, and how its outcome is found again. */
export interface VismaWrite {
  readonly step: string;
  /** The record it writes, `supplier/50001`. At most one write to it is open at any time. */
  readonly targetKey: string;
  /**
   * The request, or undefined when Visma.net already is as intended. `fresh` forbids relying on what was seen before: the
   * record is read again.
   */
  readonly prepare: (intent: IntentRow, fresh: boolean) => Promise<Request | undefined>;
  readonly lookUp: (intent: IntentRow) => Promise<LookUp>;
  /** Whether what `prepare` took from the ledger still holds; asked in the transaction that permits the send. */
  readonly stillHolds?: (tx: Ledger) => Promise<boolean>;
}

/** Requests in one activity, where each certainly did nothing, before the activity backs off. */
const ROUNDS = 3;

interface Posting {
  readonly deps: Dependencies;
  readonly attempt: Attempt;
  readonly document: DocumentRow;
  readonly connection: ConnectionConfig<'visma'>;
  readonly client: VismaClient;
  readonly write: VismaWrite;
}

/**
 * Writes to Visma.net effectively once. The intent is durable before the first byte leaves; an attempt that finds it open
 * looks up what became of it instead of sending again (`docs/decisions/effectively-once.md`).
 * @throws Failure; afterwards the intent says whether anything may have happened
 */
export async function postToVisma(posting: Posting): Promise<PostOutcome> {
  const { deps, attempt, document, connection, write } = posting;
  const plan = { document, step: write.step, target: connection.name, targetKey: write.targetKey };
  let intent = await planIntent(deps.ledger, plan, attempt.provenance);
  await deps.at('planned', document.id);
  if (intent.state === 'sent') intent = await settleOpenSend(posting, intent);
  if (intent.state === 'confirmed') return 'posted';
  if (intent.state === 'uncertain') throw uncertain(intent, 'its outcome waits for a person');
  if (intent.state === 'rejected' || intent.state === 'abandoned') intent = await reopen(posting, intent);
  return send(posting, intent);
}

async function reopen({ deps, attempt }: Posting, intent: IntentRow): Promise<IntentRow> {
  const event = { step: 'reopened', detail: { intent: intent.step } };
  return settleIntent(deps.ledger, intent, 'planned', { repeatedAnswer: null }, event, attempt.provenance);
}

async function send(posting: Posting, planned: IntentRow): Promise<PostOutcome> {
  let intent = planned;
  let because: Failure | undefined;
  for (let round = 1; round <= ROUNDS; round += 1) {
    // Nothing has left yet: If-Match and the number decide, and a document that waited for its turn costs no second call.
    const isFirstTouch = intent.attempt === 0;
    await assertSettled(posting.deps.ledger, intent);
    const prepared = await posting.write.prepare(intent, !isFirstTouch);
    if (!prepared) return giveUp(posting, intent, 'unchanged');
    const outcome = await sendOnce(posting, intent, prepared);
    if (typeof outcome === 'string') return outcome;
    if (outcome.because.type === 'AuthFailed' && because?.type === 'AuthFailed') throw outcome.because;
    ({ intent, because } = outcome);
  }
  throw because ?? stale(posting);
}

function stale({ write }: Posting): Failure {
  return new Failure('VISMA_STALE', {
    message: `${showable(write.targetKey)} is being changed by others at the same time.`,
  });
}

/** The request certainly did nothing, and another one, from a fresh read and with a fresh token, may pass. */
interface Again {
  readonly intent: IntentRow;
  readonly because: Failure;
}

async function sendOnce(
  posting: Posting,
  intent: IntentRow,
  { request, digest }: Request,
): Promise<PostOutcome | Again> {
  const { deps, attempt, document, connection, client, write } = posting;
  const { sendWindowMs, timeoutMs } = connection.settings;
  const slot = await client.prepareWrite({ class: 'post', holder: `${document.id}/${write.step}` });
  await deps.at('slot taken', document.id);
  attempt.signal.throwIfAborted();
  const mayWriteUntil = within(sendWindowMs);
  const permit = await permitSend(
    deps.ledger,
    {
      to: 'sent',
      intent,
      document,
      requestHash: hashOf(request),
      resultDigest: digest,
      sendWindowMs,
      detail: { refusedTwice: false },
      ...(write.stillHolds === undefined ? {} : { stillHolds: write.stillHolds }),
      ...(request.ifMatch === undefined ? {} : { ifMatch: request.ifMatch }),
    },
    attempt.provenance,
  );
  if (permit.outcome === 'superseded') return giveUp(posting, intent, 'superseded');
  await deps.at('sent, no byte written', document.id);
  const answer = await slot.send(request, { mayWriteUntil, timeoutMs });
  await deps.at('answer read', document.id);
  return record(posting, permit.intent, request, answer);
}

/** True for so long, by both clocks: the steady one stands still in a suspended machine, the other can be set. */
function within(windowMs: number): () => boolean {
  const steady = performance.now();
  const wall = Date.now();
  return () => performance.now() - steady < windowMs && Math.abs(Date.now() - wall) < windowMs;
}

function hashOf({ method, path, body, file }: WriteRequest): Buffer {
  const content = file === undefined ? body : [file.name, createHash('sha256').update(file.bytes).digest('hex')];
  return createHash('sha256')
    .update(JSON.stringify([method, path, content]))
    .digest();
}

async function record(
  posting: Posting,
  intent: IntentRow,
  request: WriteRequest,
  answer: WriteAnswer,
): Promise<PostOutcome | Again> {
  const { deps, attempt } = posting;
  const back = (step: string, to: 'planned' | 'rejected', detail: Record<string, unknown> = {}) =>
    settleIntent(deps.ledger, intent, to, {}, { step, detail: { intent: intent.step, ...detail } }, attempt.provenance);
  switch (answer.outcome) {
    case 'accepted':
      await confirm(posting, intent, answer.externalId ?? keyIn(request), 'answer');
      return 'posted';
    case 'stale':
      return { intent: await back('changed meanwhile', 'planned'), because: stale(posting) };
    case 'not-written': {
      const because = answer.failure;
      const planned = await back('not sent', 'planned', { code: because.code });
      if (because.type !== 'AuthFailed') throw because;
      return { intent: planned, because };
    }
    case 'refused': {
      const because = answer.failure;
      const isTaken = because.type === 'DuplicateExternal';
      const settled = await back('refused', isTaken ? 'planned' : 'rejected', { code: because.code });
      if (!isTaken) throw because;
      return { intent: settled, because };
    }
    case 'pending':
      await noteUnknown(posting, intent, 'the action was queued, and has not been carried out');
      throw actionPending(intent);
    case 'unknown':
      await noteUnknown(posting, intent, answer.erpMessage);
      throw answerLost(intent, answer.failure);
  }
}

function keyIn(request: WriteRequest): string {
  return decodeURIComponent(request.path.slice(request.path.lastIndexOf('/') + 1));
}

/** The intent stays `sent`. Visma.net answers business faults with 500 at times: the same words twice are a refusal. */
async function noteUnknown(
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

/** Intent and document move together: there is no moment at which one is done and the other is not. */
async function confirm(
  { deps, attempt, document }: Posting,
  intent: IntentRow,
  externalId: string,
  learnedBy: 'answer' | 'look-up',
): Promise<IntentRow> {
  const confirmed = await inTransaction(deps.ledger, async (tx) => {
    const event = {
      step: learnedBy === 'answer' ? 'confirmed' : 'adopted',
      detail: { intent: intent.step, externalId: showable(externalId) },
    };
    const moved = await settleIntent(tx, intent, 'confirmed', { externalId, learnedBy }, event, attempt.provenance);
    await moveDocument(tx, document.id, { state: 'posted', externalId }, { step: 'posted' }, attempt.provenance);
    return moved;
  });
  await deps.at('confirmed', document.id);
  return confirmed;
}

const STATE_OF = { unchanged: 'skipped', superseded: 'superseded' } as const;

/** Intent and document close together, so that no attempt finds the one closed and opens the other. */
async function giveUp(
  { deps, attempt, document }: Posting,
  intent: IntentRow,
  outcome: 'unchanged' | 'superseded',
): Promise<PostOutcome> {
  const event = { step: 'nothing to send', detail: { intent: intent.step, reason: outcome } };
  const state = STATE_OF[outcome];
  await inTransaction(deps.ledger, async (tx) => {
    await settleIntent(tx, intent, 'abandoned', {}, event, attempt.provenance);
    await moveDocument(tx, document.id, { state, failure: null }, { step: state }, attempt.provenance);
  });
  return outcome;
}

/**
 * Finds out what became of a request whose answer nobody recorded. "Not there" counts only when the request can no longer
 * land; until then the activity waits.
 */
async function settleOpenSend(posting: Posting, intent: IntentRow): Promise<IntentRow> {
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
      if (intent.detail.refusedTwice !== true) return settle('planned');
      await settle('rejected');
      throw refusedTwice(intent);
  }
}

function answerLost(intent: IntentRow, cause: Failure): Failure {
  return new Failure('OUTCOME_OPEN', {
    message: `No answer to the write of ${showable(intent.targetKey)} that says whether it landed: ${cause.message}`,
    retryAfterMs: 500,
    cause,
  });
}

function actionPending(intent: IntentRow): Failure {
  return new Failure('OUTCOME_OPEN', {
    message: `Visma.net has queued what was asked of ${showable(intent.targetKey)}; whether it is done is looked up.`,
    retryAfterMs: 500,
  });
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

function uncertain(intent: IntentRow, reason: string): Failure {
  return new Failure('OUTCOME_UNCERTAIN', {
    message: `Whether ${showable(intent.targetKey)} was written cannot be told: ${reason}.`,
  });
}
