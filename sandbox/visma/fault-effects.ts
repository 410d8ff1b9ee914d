import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, gatewayPage } from './answers.ts';
import type { FaultKind } from './fault-rules.ts';
import type { ArmedFault } from './faults.ts';
import { resetHeader } from './rate-limit.ts';
import type { LoggedRequest } from './request-log.ts';
import type { World } from './world.ts';

/** What becomes of a call: an answer, or a line that is cut. */
export type Outcome = Answer | 'dropped';

/** Kinds that work on the token, thus before it is checked. */
export const TOKEN_FAULTS: readonly FaultKind[] = ['expire-tokens', 'revoke-client'];

export const CALL_FAULTS: readonly FaultKind[] = [
  'status',
  'erp-error',
  '429',
  'slow',
  'drop-before-commit',
  'drop-after-commit',
  'hold-before-commit',
  'hold-after-commit',
];

/** Works the part of a fault that comes before the change; undefined lets the call go on. */
export async function beforeCommit(
  fault: ArmedFault,
  entry: LoggedRequest,
  world: World,
): Promise<Outcome | undefined> {
  switch (fault.kind) {
    case 'drop-before-commit':
      return 'dropped';
    case '429':
      return spentWindow(fault.retryAfterSeconds, world);
    case 'hold-before-commit':
      return holding(fault, entry, world);
    case 'slow':
      return fault.afterCommit ? undefined : waiting(fault.ms, world);
    case 'status':
    case 'erp-error':
      return fault.afterCommit ? undefined : replacement(fault, world);
    default:
      return undefined;
  }
}

/** Works the part of a fault that comes after the change; undefined leaves the answer as it is. */
export async function afterCommit(fault: ArmedFault, entry: LoggedRequest, world: World): Promise<Outcome | undefined> {
  switch (fault.kind) {
    case 'drop-after-commit':
      return 'dropped';
    case 'hold-after-commit':
      return holding(fault, entry, world);
    case 'slow':
      return fault.afterCommit ? waiting(fault.ms, world) : undefined;
    case 'status':
    case 'erp-error':
      return fault.afterCommit ? replacement(fault, world) : undefined;
    default:
      return undefined;
  }
}

/** The body of a present-day 429 is not known; clients must go by status and headers. */
export function tooManyRequests(retryAfterSeconds: number): Answer {
  return { status: 429, headers: { 'Retry-After': String(retryAfterSeconds) }, body: { message: 'Too many requests' } };
}

function spentWindow(retryAfterSeconds: number, world: World): Answer {
  const reset = resetHeader(retryAfterSeconds * 1000, world.settings, world.clock.now());
  const answer = tooManyRequests(retryAfterSeconds);
  return { ...answer, headers: { ...answer.headers, 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': reset } };
}

async function holding(fault: ArmedFault, entry: LoggedRequest, world: World): Promise<Outcome | undefined> {
  entry.outcome = 'held';
  const how = await world.faults.hold(entry.id, fault.id, world.settings.syncLimitMs);
  entry.outcome = 'pending';
  return how === 'cut' ? gatewayPage(504) : undefined;
}

/** A synchronous call is cut at the server's own limit, whatever it was doing. */
async function waiting(ms: number, world: World): Promise<Outcome | undefined> {
  const limit = world.settings.syncLimitMs;
  await sleep(Math.min(ms, limit));
  return ms > limit ? gatewayPage(504) : undefined;
}

function replacement(fault: Extract<ArmedFault, { kind: 'status' | 'erp-error' }>, world: World): Answer {
  if (fault.kind === 'erp-error') {
    return { status: fault.status, body: { message: `VismaId: ${world.uuid()}. ${fault.message}` } };
  }
  const { status, headers } = fault;
  if (fault.body !== undefined) return { status, headers, body: fault.body as NonNullable<Answer['body']> };
  return { ...gatewayPage(status), ...(fault.html === undefined ? {} : { html: fault.html }), headers };
}
