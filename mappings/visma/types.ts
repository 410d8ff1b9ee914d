/**
 * The parts of Visma.net's answers that the maps read, and the bodies they make. Answers are plain; bodies are plain here
 * too, the connector wraps each scalar as `{ value }`. Visma leaves a field out, sends null or sends '' for "nothing".
 */
type Maybe<T> = T | null | undefined;

interface Described {
  readonly id?: Maybe<string>;
  readonly description?: Maybe<string>;
}

interface Numbered {
  readonly number?: Maybe<string>;
  readonly name?: Maybe<string>;
}

export interface VismaSupplierRecord {
  readonly number?: Maybe<string>;
  readonly name?: Maybe<string>;
  readonly status?: Maybe<string>;
  readonly mainAddress?: Maybe<{
    readonly addressLine1?: Maybe<string>;
    readonly addressLine2?: Maybe<string>;
    readonly addressLine3?: Maybe<string>;
    readonly postalCode?: Maybe<string>;
    readonly city?: Maybe<string>;
    readonly county?: Maybe<string>;
    readonly country?: Maybe<{ readonly id?: Maybe<string> }>;
  }>;
  readonly mainContact?: Maybe<{
    readonly name?: Maybe<string>;
    readonly attention?: Maybe<string>;
    readonly email?: Maybe<string>;
    readonly web?: Maybe<string>;
    readonly phone1?: Maybe<string>;
  }>;
  readonly accountReference?: Maybe<string>;
  readonly supplierClass?: Maybe<Described>;
  readonly creditTerms?: Maybe<Described>;
  readonly paymentMethod?: Maybe<Described>;
  readonly vatZone?: Maybe<Described>;
  readonly documentLanguage?: Maybe<string>;
  readonly currencyId?: Maybe<string>;
  readonly vatRegistrationId?: Maybe<string>;
  readonly corporateId?: Maybe<string>;
  readonly note?: Maybe<string>;
}

/** The body of a supplier create or update, unwrapped. Absent leaves a field as it is; '' clears it. */
export interface SupplierWrite {
  readonly number?: string;
  readonly overrideNumberSeries?: true;
  readonly name?: string;
  readonly status?: string;
  readonly accountReference?: string;
  readonly supplierClassId?: string;
  readonly creditTermsId?: string;
  readonly paymentMethodId?: string;
  readonly vatZoneId?: string;
  readonly documentLanguage?: string;
  readonly currencyId?: string;
  readonly vatRegistrationId?: string;
  readonly corporateId?: string;
  readonly note?: string;
  readonly mainAddress?: {
    readonly addressLine1?: string;
    readonly addressLine2?: string;
    readonly addressLine3?: string;
    readonly postalCode?: string;
    readonly city?: string;
    readonly county?: string;
    readonly countryId?: string;
  };
  readonly mainContact?: {
    readonly name?: string;
    readonly attention?: string;
    readonly email?: string;
    readonly web?: string;
    readonly phone1?: string;
  };
}

export interface VismaInvoiceLineRecord {
  readonly lineNumber?: Maybe<number>;
  readonly inventoryNumber?: Maybe<string>;
  readonly transactionDescription?: Maybe<string>;
  readonly quantity?: Maybe<number>;
  readonly uom?: Maybe<string>;
  readonly unitCost?: Maybe<number>;
  readonly unitCostInCurrency?: Maybe<number>;
  readonly cost?: Maybe<number>;
  readonly costInCurrency?: Maybe<number>;
  readonly account?: Maybe<Numbered>;
  readonly subaccount?: Maybe<{ readonly subaccountNumber?: Maybe<string> }>;
  readonly vatCode?: Maybe<Described>;
  readonly poNumber?: Maybe<string>;
  readonly poLineNr?: Maybe<number>;
  readonly branchNumber?: Maybe<Numbered>;
  readonly project?: Maybe<Described>;
  readonly projectTask?: Maybe<Described>;
  readonly note?: Maybe<string>;
}

export interface VismaTaxRecord {
  readonly taxId?: Maybe<string>;
  readonly vatId?: Maybe<{ readonly number?: Maybe<string> }>;
  readonly vatRate?: Maybe<number>;
  readonly taxableAmount?: Maybe<number>;
  readonly vatAmount?: Maybe<number>;
}

export interface VismaSupplierInvoiceRecord {
  readonly supplier?: Maybe<Numbered>;
  readonly documentType?: Maybe<string>;
  readonly referenceNumber?: Maybe<string>;
  readonly supplierReference?: Maybe<string>;
  readonly description?: Maybe<string>;
  readonly date?: Maybe<string>;
  readonly dueDate?: Maybe<string>;
  readonly financialPeriod?: Maybe<string>;
  readonly status?: Maybe<string>;
  readonly currencyId?: Maybe<string>;
  readonly amount?: Maybe<number>;
  readonly detailTotal?: Maybe<number>;
  readonly detailTotalInCurrency?: Maybe<number>;
  readonly vatTotal?: Maybe<number>;
  readonly vatTotalInCurrency?: Maybe<number>;
  readonly balance?: Maybe<number>;
  readonly balanceInCurrency?: Maybe<number>;
  readonly taxCalculationMode?: Maybe<string>;
  readonly creditTerms?: Maybe<Described>;
  readonly paymentRefNo?: Maybe<string>;
  readonly branchNumber?: Maybe<Numbered>;
  readonly buyerReference?: Maybe<string>;
  readonly note?: Maybe<string>;
  readonly invoiceLines?: Maybe<readonly VismaInvoiceLineRecord[]>;
  readonly taxDetailLines?: Maybe<readonly VismaTaxRecord[]>;
}
