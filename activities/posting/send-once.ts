import { createHash } from 'node:crypto';
import { keyOfLocation } from '../../connectors/visma/keys.ts';
import type { WriteAnswer, WriteRequest } from '../../connectors/visma/write.ts';
import { Failure } from '../../failures/failure.ts';
import { permitSend, settleIntent } from '../../ledger/intents.ts';
import type { IntentRow } from '../../ledger/schema.ts';
import { showable } from '../delivery.ts';
import { confirm, giveUp } from './conclude.ts';
import { noteUnknown, noteUnnamed } from './open-send.ts';
import type { PostOutcome } from './outcome.ts';
import { placeOf } from './place.ts';
import type { Posting, Request } from './posting.ts';

/** The request certainly did nothing, and another one, from a fresh read and with a fresh token, may pass. */
interface Again {
  readonly intent: IntentRow;
  readonly because: Failure;
}

/** What came of a request. `externalId` names the record in Visma.net. */
export interface Sent {
  readonly outcome: PostOutcome;
  readonly externalId?: string | null;
}

/**
 * Sends one request: slot and token first, then the permit of the ledger, then the bytes, then what came of it.
 * @throws Failure; the intent then says whether anything may have happened
 */
export async function sendOnce(
  posting: Posting,
  intent: IntentRow,
  { request, digest, noted }: Request,
): Promise<Sent | Again> {
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
      place: placeOf(connection),
      newer: posting.isFirst ? 'supersedes' : 'waits',
      detail: { ...noted, refusedTwice: false, isTaken: false, ...(posting.isLast ? {} : { followed: true }) },
      ...(write.stillHolds === undefined ? {} : { stillHolds: write.stillHolds }),
      ...(request.ifMatch === undefined ? {} : { ifMatch: request.ifMatch }),
    },
    attempt.provenance,
  );
  if (permit.outcome === 'superseded') return { outcome: await giveUp(posting, intent, 'superseded') };
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
): Promise<Sent | Again> {
  switch (answer.outcome) {
    case 'accepted': {
      const externalId = posting.write.externalId ?? answer.externalId ?? keyIn(request);
      if (externalId !== undefined) return done(await confirm(posting, intent, externalId, 'answer'));
      await noteUnnamed(posting, intent);
      throw unnamed(intent);
    }
    case 'stale':
      return { intent: await back(posting, intent, 'changed meanwhile'), because: stale(posting) };
    case 'not-written': {
      const because = answer.failure;
      const planned = await back(posting, intent, 'not sent', { code: because.code });
      if (because.type !== 'AuthFailed') throw because;
      return { intent: planned, because };
    }
    case 'refused':
      return refused(posting, intent, answer.failure);
    case 'pending':
      await noteUnknown(posting, intent, 'the action was queued, and has not been carried out');
      throw actionPending(intent);
    case 'unknown':
      await noteUnknown(posting, intent, answer.erpMessage);
      throw answerLost(intent, answer.failure);
  }
}

function done({ externalId }: IntentRow): Sent {
  return { outcome: 'posted', externalId };
}

/** A refusal can mean that it has been done before: then it is adopted. */
async function refused(posting: Posting, intent: IntentRow, because: Failure): Promise<Sent | Again> {
  const { write } = posting;
  if (write.refusal === 'look up') {
    const found = await write.lookUp(intent);
    if (found.finding === 'ours') return done(await confirm(posting, intent, found.externalId, 'look-up'));
  }
  if (write.refusal === 'prepare again' && because.type === 'DuplicateExternal') {
    return { intent: await back(posting, intent, 'refused', { code: because.code }), because };
  }
  const { deps, attempt } = posting;
  const event = { step: 'refused', detail: { intent: intent.step, code: because.code } };
  await settleIntent(deps.ledger, intent, 'rejected', {}, event, attempt.provenance);
  throw because;
}

async function back(
  { deps, attempt }: Posting,
  intent: IntentRow,
  step: string,
  detail: Record<string, unknown> = {},
): Promise<IntentRow> {
  const event = { step, detail: { intent: intent.step, ...detail } };
  return settleIntent(deps.ledger, intent, 'planned', {}, event, attempt.provenance);
}

/** An update names what it writes; the address of a create is that of the list. */
function keyIn({ method, path }: WriteRequest): string | undefined {
  return method === 'PUT' ? keyOfLocation(path) : undefined;
}

/** Others change the record whenever we try. */
export function stale({ write }: Posting): Failure {
  return new Failure('VISMA_STALE', {
    message: `${showable(write.targetKey)} is being changed by others at the same time.`,
  });
}

function answerLost(intent: IntentRow, cause: Failure): Failure {
  return new Failure('OUTCOME_OPEN', {
    message: `No answer to the write of ${showable(intent.targetKey)} that says whether it landed: ${cause.message}`,
    retryAfterMs: 500,
    cause,
  });
}

function unnamed(intent: IntentRow): Failure {
  return new Failure('OUTCOME_OPEN', {
    message: `Visma.net has taken ${showable(intent.targetKey)} and not said its number, which is looked up.`,
    retryAfterMs: 500,
  });
}

function actionPending(intent: IntentRow): Failure {
  return new Failure('OUTCOME_OPEN', {
    message: `Visma.net has queued what was asked of ${showable(intent.targetKey)}; whether it is done is looked up.`,
    retryAfterMs: 500,
  });
}
