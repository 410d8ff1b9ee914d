import { ApiRefusal } from './answers.ts';
import type { JsonObject } from './json.ts';
import type { ServerClock } from './server-clock.ts';
import type { Settings } from './settings.ts';

export const SCOPES = ['read', 'create', 'update', 'delete'].map((verb) => `vismanet_erp_service_api:${verb}`);

/** The one service application that is registered, and the company that approved it. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly tenantId: string;
  readonly scopes: readonly string[];
}

/** Who calls: rate windows count per company and client. */
export interface Caller {
  readonly client: string;
  readonly company: string;
}

export interface TokenAnswer {
  readonly status: number;
  readonly body: JsonObject;
}

interface Token extends Caller {
  readonly scopes: readonly string[];
  readonly expiresAt: number;
}

const SCOPE_OF: Readonly<Record<string, string>> = { GET: 'read', POST: 'create', PUT: 'update', DELETE: 'delete' };

/** Issues and checks tokens. A token belongs to one company; there is no refresh token. */
export class Access {
  #credentials: Credentials;
  #revoked = false;
  readonly #tokens = new Map<string, Token>();
  readonly #clock: ServerClock;
  readonly #uuid: () => string;

  constructor(credentials: Credentials, clock: ServerClock, uuid: () => string) {
    this.#credentials = credentials;
    this.#clock = clock;
    this.#uuid = uuid;
  }

  get credentials(): Credentials {
    return this.#credentials;
  }

  /** Registers other credentials, and undoes a revocation. Tokens already issued live on. */
  replace(change: Partial<Credentials>): void {
    this.#credentials = { ...this.#credentials, ...change };
    this.#revoked = false;
  }

  /** All issued tokens stop working at once. */
  expireTokens(): void {
    this.#tokens.clear();
  }

  /** The customer withdraws the application's approval: no token works and none is issued. */
  revokeClient(): void {
    this.#revoked = true;
    this.expireTokens();
  }

  /** Answers a token request (an OAuth form body). The tenant is not checked here: a wrong one shows in the API as 401. */
  issue(form: Readonly<Record<string, string>>, settings: Settings): TokenAnswer {
    const { grant_type, client_id, client_secret, tenant_id, scope } = form;
    const { clientId, clientSecret, scopes } = this.#credentials;
    if (grant_type !== 'client_credentials') return oauthError('unsupported_grant_type');
    if (this.#revoked || client_id !== clientId || client_secret !== clientSecret) return oauthError('invalid_client');
    if (tenant_id === undefined || tenant_id === '') return oauthError('invalid_request');
    const asked = scope === undefined ? scopes : scope.split(' ').filter((name) => name !== '');
    if (!asked.every((name) => scopes.includes(name))) return oauthError('invalid_scope');
    const token = this.#uuid();
    const expiresAt = this.#clock.now() + settings.tokenTtlSeconds * 1000;
    this.#tokens.set(token, { client: clientId, company: tenant_id, scopes: asked, expiresAt });
    return {
      status: 200,
      body: { access_token: token, expires_in: settings.tokenTtlSeconds, token_type: 'Bearer', scope: asked.join(' ') },
    };
  }

  /** Names the caller; undefined (401) for a token that is absent, unknown, expired or of a wrong tenant. */
  authenticate(authorization: string | undefined): (Caller & { readonly scopes: readonly string[] }) | undefined {
    const presented = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
    const token = presented === undefined ? undefined : this.#tokens.get(presented);
    if (token === undefined || token.expiresAt <= this.#clock.now()) return undefined;
    // A wrong tenant got its token all the same: a tenant id of the customer instead of the company shows only here.
    return token.company === this.#credentials.tenantId ? token : undefined;
  }
}

/** Each verb needs its own scope. Throws ApiRefusal with the configured status. */
export function checkScope(scopes: readonly string[], method: string, settings: Settings): void {
  const needed = `vismanet_erp_service_api:${SCOPE_OF[method]}`;
  if (!scopes.includes(needed)) throw new ApiRefusal(settings.missingScopeStatus, `The scope ${needed} is missing.`);
}

function oauthError(error: string): TokenAnswer {
  return { status: 400, body: { error } };
}
