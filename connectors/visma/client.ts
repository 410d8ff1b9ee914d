import type { Dispatcher } from 'undici';
import { VismaApi } from './api.ts';
import type { CallBudget, CallPurpose, ObservedRates } from './budget.ts';
import { accountEntity, type ChartFilter, subaccountEntity } from './entities/chart.ts';
import { type SupplierFilter, supplierEntity } from './entities/supplier.ts';
import {
  type SupplierInvoiceFilter,
  type SupplierInvoiceKey,
  supplierInvoiceEntity,
} from './entities/supplier-invoice.ts';
import { openConnections } from './http.ts';
import { Reader } from './reader.ts';
import type { VismaAccount, VismaSubaccount } from './schema/chart.ts';
import type { VismaSupplier } from './schema/supplier.ts';
import type { VismaSupplierInvoice } from './schema/supplier-invoice.ts';
import type { VismaSecrets, VismaSettings } from './settings.ts';
import { TokenSource } from './token.ts';
import type { PreparedWrite } from './write.ts';

export interface VismaDeps {
  readonly budget: CallBudget;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * One company in Visma.net: reads by entity, writes in two steps. A client keeps its connections and its access token, so
 * keep one per company and `close` it at the end.
 */
export class VismaClient {
  readonly settings: VismaSettings;
  readonly suppliers: Reader<VismaSupplier, SupplierFilter, string>;
  readonly supplierInvoices: Reader<VismaSupplierInvoice, SupplierInvoiceFilter, SupplierInvoiceKey>;
  readonly accounts: Reader<VismaAccount, ChartFilter, string>;
  readonly subaccounts: Reader<VismaSubaccount, ChartFilter, string>;
  readonly #connections: Dispatcher;
  readonly #tokens: TokenSource;
  readonly #api: VismaApi;

  constructor(settings: VismaSettings, secrets: VismaSecrets, deps: VismaDeps) {
    const connections = openConnections();
    const tokens = new TokenSource({ connections, settings, secrets, now: deps.now });
    const api = new VismaApi({ connections, settings, tokens, ...deps });
    this.settings = settings;
    this.suppliers = new Reader(api, supplierEntity, settings.pageSize);
    this.supplierInvoices = new Reader(api, supplierInvoiceEntity, settings.pageSize);
    this.accounts = new Reader(api, accountEntity, settings.pageSize);
    this.subaccounts = new Reader(api, subaccountEntity, settings.pageSize);
    this.#connections = connections;
    this.#tokens = tokens;
    this.#api = api;
  }

  /** What the last answer said about the hourly budget. */
  get rates(): ObservedRates | undefined {
    return this.#api.rates;
  }

  /**
   * Takes access token and budget slot for one write and opens nothing, so that the ledger can note `sent` between this and
   * `send`. Throws Failure `VISMA_QUOTA`, `VISMA_AUTH` or `VISMA_UNREACHABLE`.
   */
  prepareWrite(purpose: CallPurpose): Promise<PreparedWrite> {
    return this.#api.prepareWrite(purpose);
  }

  /** Sees to it that an access token is at hand. Throws Failure `VISMA_AUTH` or `VISMA_UNREACHABLE`. */
  async checkToken(): Promise<void> {
    await this.#tokens.get();
  }

  /** Lets running calls end, then closes the connections. */
  async close(): Promise<void> {
    await this.#connections.close();
  }
}
