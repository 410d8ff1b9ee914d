import type { Credentials } from './access.ts';
import type { Commit } from './commits.ts';
import type { FaultRule, FaultRuleInput } from './fault-rules.ts';
import type { JsonObject } from './json.ts';
import type { Limits } from './rate-limit.ts';
import type { LoggedRequest } from './request-log.ts';
import type { SeedInput, TouchInput } from './seed.ts';
import type { Settings, SettingsInput } from './settings.ts';
import type { Notification, WebhookInput } from './webhooks.ts';

export interface VismaState {
  readonly entities: Readonly<Record<string, { readonly count: number; readonly records?: readonly JsonObject[] }>>;
  readonly commits: readonly Commit[];
  readonly requestCount: number;
}

export interface VismaFaults {
  readonly rules: readonly (FaultRule & {
    readonly id: string;
    readonly left: number | 'always';
    readonly hits: number;
  })[];
  readonly held: readonly { readonly requestId: number; readonly fault: string }[];
}

export interface VismaLimits extends Limits {
  readonly windows: readonly {
    readonly company: string;
    readonly client: string;
    readonly used: number;
    readonly remaining: number;
    readonly resetMs: number;
  }[];
}

export type VismaAdmin = ReturnType<typeof createVismaAdmin>;

/** A client of the simulator's admin interface. Every call throws an Error with the simulator's message when refused. */
export function createVismaAdmin(url: string) {
  const at = (path: string, query: object = {}) => {
    const target = new URL(`/_sandbox/${path}`, url);
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) target.searchParams.set(name, String(value));
    return target;
  };
  return {
    seed: (body: SeedInput) => ask<{ seeded: Record<string, number> }>('POST', at('seed'), body),
    /** Changes records as a user of the ERP does. */
    touch: (body: TouchInput) => ask<{ touched: number }>('POST', at('touch'), body),
    remove: (entity: string, key: string) => ask<undefined>('POST', at('remove'), { entity, key }),
    state: (query: { entity?: string; key?: string; records?: boolean } = {}) =>
      ask<VismaState>('GET', at('state', query)),
    requests: async (query: { method?: string; path?: string; after?: number } = {}) =>
      (await ask<{ requests: LoggedRequest[] }>('GET', at('requests', query))).requests,
    clearRequests: () => ask<undefined>('DELETE', at('requests')),
    faults: () => ask<VismaFaults>('GET', at('faults')),
    addFaults: (...rules: FaultRuleInput[]) => ask<VismaFaults>('POST', at('faults'), rules),
    clearFaults: (id?: string) =>
      ask<undefined>('DELETE', at(id === undefined ? 'faults' : `faults/${encodeURIComponent(id)}`)),
    /** Lets held requests go on. */
    release: (fault?: string) => ask<{ released: number }>('POST', at('release'), { fault }),
    limits: () => ask<VismaLimits>('GET', at('limits')),
    setLimits: (body: Partial<Limits> & { remaining?: number }) => ask<VismaLimits>('POST', at('limits'), body),
    settings: () => ask<Settings>('GET', at('settings')),
    setSettings: (body: SettingsInput) => ask<Settings>('POST', at('settings'), body),
    setCredentials: (body: Partial<Credentials> & { revokeTokens?: boolean }) =>
      ask<Credentials>('POST', at('credentials'), body),
    /** Subscribes to changes, as in the vendor's portal. */
    subscribe: (body: WebhookInput) => ask<undefined>('POST', at('webhooks'), body),
    unsubscribe: () => ask<undefined>('DELETE', at('webhooks')),
    notifications: async () => (await ask<{ notifications: Notification[] }>('GET', at('webhooks'))).notifications,
    reset: () => ask<undefined>('POST', at('reset')),
  };
}

async function ask<T>(method: string, url: URL, body?: unknown): Promise<T> {
  const content =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const response = await fetch(url, { method, ...content });
  const text = await response.text();
  if (!response.ok) throw new Error(`The simulator refused ${method} ${url.pathname}: ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}
