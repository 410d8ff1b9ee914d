import { createHmac } from 'node:crypto';
import { z } from 'zod';

/** A subscription as the vendor's portal makes one, and how its delivery goes wrong. */
export const webhookSchema = z.strictObject({
  url: z.url(),
  /** The signature key. */
  key: z.string(),
  /** Not documented by the vendor. */
  header: z.string().default('X-Visma-Signature'),
  /** Only changes of this entity; all without it. */
  entity: z.string().optional(),
  /** How often each notification is sent. */
  copies: z.number().int().min(1).default(1),
  order: z.enum(['as changed', 'reversed']).default('as changed'),
  /** Every notification is lost on its way, or every second one. */
  lost: z.enum(['none', 'every second', 'all']).default('none'),
});

export type WebhookInput = z.input<typeof webhookSchema>;
type Webhook = z.output<typeof webhookSchema>;

/** One notification and what became of it; no status when it was lost or nobody answered. */
export interface Notification {
  readonly url: string;
  readonly body: string;
  readonly status?: number;
  readonly lost: boolean;
}

/** Changes that come so close together are sent in one go, in milliseconds. */
const GATHER_MS = 20;

/**
 * Tells subscribers of changed records, signed as the vendor documents it: base64 of the HMAC-SHA256 over the body. The
 * shape of the body is not documented; this one is made up, and nobody should read it.
 */
export class Webhooks {
  readonly #subscriptions: Webhook[] = [];
  readonly #notifications: Notification[] = [];
  readonly #waiting: { readonly webhook: Webhook; readonly body: string }[] = [];
  #timer: NodeJS.Timeout | undefined;
  #count = 0;

  subscribe(webhook: Webhook): void {
    this.#subscriptions.push(webhook);
  }

  /** Ends all subscriptions. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#subscriptions.length = 0;
    this.#waiting.length = 0;
  }

  list(): readonly Notification[] {
    return this.#notifications;
  }

  /** A record was created, changed or removed. */
  changed(entity: string, key: string): void {
    const body = JSON.stringify({ event: `${entity}.changed`, key });
    const meant = this.#subscriptions.filter((webhook) => (webhook.entity ?? entity) === entity);
    if (meant.length === 0) return;
    this.#waiting.push(...meant.map((webhook) => ({ webhook, body })));
    this.#timer ??= setTimeout(() => void this.#send(), GATHER_MS);
  }

  async #send(): Promise<void> {
    this.#timer = undefined;
    const due = this.#waiting.splice(0);
    const reversed = due.some(({ webhook }) => webhook.order === 'reversed');
    for (const { webhook, body } of reversed ? due.reverse() : due) {
      this.#count += 1;
      const lost = webhook.lost === 'all' || (webhook.lost === 'every second' && this.#count % 2 === 0);
      for (let copy = 0; copy < webhook.copies; copy += 1) {
        const status = lost ? undefined : await deliver(webhook, body);
        this.#notifications.push({ url: webhook.url, body, lost, ...(status === undefined ? {} : { status }) });
      }
    }
  }
}

async function deliver({ url, key, header }: Webhook, body: string): Promise<number | undefined> {
  const signature = createHmac('sha256', key).update(body).digest('base64');
  const headers = { 'content-type': 'application/json', [header]: signature };
  try {
    const answer = await fetch(url, { method: 'POST', body, headers, signal: AbortSignal.timeout(5_000) });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return undefined;
  }
}
