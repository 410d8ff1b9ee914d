import { createHmac } from 'node:crypto';
import { Failure } from '../../failures/failure.ts';

/** Where alerts are posted to, and the key that signs them. */
export interface AlertSink {
  readonly url: string;
  readonly key: string;
}

const TIMEOUT_MS = 10_000;

/**
 * Posts an alert as JSON. `Alert-Id` is the same whenever it is sent again; `Alert-Signature` is `sha256=` and the hex
 * HMAC-SHA256 over `Alert-Timestamp` (Unix seconds), a full stop and the body.
 * @throws Failure ALERT_NOT_TAKEN
 */
export async function postAlert(sink: AlertSink, id: string, alert: object, at: Date): Promise<void> {
  const body = JSON.stringify({ id, ...alert });
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signature = createHmac('sha256', sink.key).update(`${timestamp}.${body}`).digest('hex');
  const headers = {
    'content-type': 'application/json',
    'alert-id': id,
    'alert-timestamp': timestamp,
    'alert-signature': `sha256=${signature}`,
  };
  const status = await statusOf(sink.url, { method: 'POST', headers, body });
  if (status < 200 || status > 299) throw notTaken(`answered ${status}`);
}

async function statusOf(url: string, request: RequestInit): Promise<number> {
  try {
    const answer = await fetch(url, { ...request, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    await answer.body?.cancel();
    return answer.status;
  } catch (cause) {
    throw notTaken('does not answer', cause);
  }
}

function notTaken(what: string, cause?: unknown): Failure {
  return new Failure('ALERT_NOT_TAKEN', { message: `The receiver of alerts ${what}.`, cause });
}
