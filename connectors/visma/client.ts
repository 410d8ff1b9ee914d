import type { Dispatcher } from 'undici';
import { VismaApi } from './api.ts';
import type { CallBudget, CallPurpose, ObservedRates } from './budget.ts';
import { DimensionReader } from './dimensions.ts';
import { budgetEntity } from './entities/budget.ts';
import { cashTransactionEntity } from './entities/cash-transaction.ts';
import { accountEntity, subaccountEntity } from './entities/chart.ts';
import {
  customerCreditNoteEntity,
  customerDebitNoteEntity,
  customerEntity,
  customerInvoiceEntity,
} from './entities/customer.ts';
import { journalEntity } from './entities/journal.ts';
import { purchaseOrderEntity } from './entities/purchase-order.ts';
import { purchaseReceiptEntity } from './entities/purchase-receipt.ts';
import {
  branchEntity,
  cashAccountEntity,
  currencyEntity,
  financialPeriodEntity,
  ledgerEntity,
  paymentMethodEntity,
  vatEntity,
} from './entities/reference-lists.ts';
import { supplierEntity } from './entities/supplier.ts';
import { supplierInvoiceEntity } from './entities/supplier-invoice.ts';
import { supplierPaymentEntity } from './entities/supplier-payment.ts';
import { openConnections } from './http.ts';
import type { Versioned } from './pages.ts';
import { type Entity, Reader, type ReaderOf } from './reader.ts';
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
  readonly suppliers: ReaderOf<typeof supplierEntity>;
  readonly supplierInvoices: ReaderOf<typeof supplierInvoiceEntity>;
  readonly supplierPayments: ReaderOf<typeof supplierPaymentEntity>;
  readonly purchaseOrders: ReaderOf<typeof purchaseOrderEntity>;
  readonly purchaseReceipts: ReaderOf<typeof purchaseReceiptEntity>;
  readonly accounts: ReaderOf<typeof accountEntity>;
  readonly subaccounts: ReaderOf<typeof subaccountEntity>;
  readonly dimensions: DimensionReader;
  readonly journals: ReaderOf<typeof journalEntity>;
  readonly customers: ReaderOf<typeof customerEntity>;
  readonly customerInvoices: ReaderOf<typeof customerInvoiceEntity>;
  readonly customerCreditNotes: ReaderOf<typeof customerCreditNoteEntity>;
  readonly customerDebitNotes: ReaderOf<typeof customerDebitNoteEntity>;
  readonly cashTransactions: ReaderOf<typeof cashTransactionEntity>;
  readonly budgets: ReaderOf<typeof budgetEntity>;
  readonly financialPeriods: ReaderOf<typeof financialPeriodEntity>;
  readonly vatCodes: ReaderOf<typeof vatEntity>;
  readonly branches: ReaderOf<typeof branchEntity>;
  readonly currencies: ReaderOf<typeof currencyEntity>;
  readonly cashAccounts: ReaderOf<typeof cashAccountEntity>;
  readonly paymentMethods: ReaderOf<typeof paymentMethodEntity>;
  readonly ledgers: ReaderOf<typeof ledgerEntity>;
  readonly #connections: Dispatcher;
  readonly #tokens: TokenSource;
  readonly #api: VismaApi;

  constructor(settings: VismaSettings, secrets: VismaSecrets, deps: VismaDeps) {
    const connections = openConnections();
    const tokens = new TokenSource({ connections, settings, secrets, now: deps.now });
    const api = new VismaApi({ connections, settings, tokens, ...deps });
    const reader = <T extends Versioned, F, K>(entity: Entity<T, F, K>) => new Reader(api, entity, settings.pageSize);
    this.settings = settings;
    this.suppliers = reader(supplierEntity);
    this.supplierInvoices = reader(supplierInvoiceEntity);
    this.supplierPayments = reader(supplierPaymentEntity);
    this.purchaseOrders = reader(purchaseOrderEntity);
    this.purchaseReceipts = reader(purchaseReceiptEntity);
    this.accounts = reader(accountEntity);
    this.subaccounts = reader(subaccountEntity);
    this.dimensions = new DimensionReader(api);
    this.journals = reader(journalEntity);
    this.customers = reader(customerEntity);
    this.customerInvoices = reader(customerInvoiceEntity);
    this.customerCreditNotes = reader(customerCreditNoteEntity);
    this.customerDebitNotes = reader(customerDebitNoteEntity);
    this.cashTransactions = reader(cashTransactionEntity);
    this.budgets = reader(budgetEntity);
    this.financialPeriods = reader(financialPeriodEntity);
    this.vatCodes = reader(vatEntity);
    this.branches = reader(branchEntity);
    this.currencies = reader(currencyEntity);
    this.cashAccounts = reader(cashAccountEntity);
    this.paymentMethods = reader(paymentMethodEntity);
    this.ledgers = reader(ledgerEntity);
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
