import { BusinessRefusal } from './answers.ts';
import type { JsonObject } from './json.ts';
import { VAT_CODES } from './vat-codes.ts';

export const REFERENCE_KINDS = [
  'countries',
  'currencies',
  'supplierClasses',
  'creditTerms',
  'vatZones',
  'paymentMethods',
  'cashAccounts',
  'vatCodes',
] as const;

export type ReferenceKind = (typeof REFERENCE_KINDS)[number];

/** One row of reference data. */
export interface Reference {
  readonly id: string;
  readonly description: string;
}

/** The name the ERP gives a field in its own message, as in `TaxCategoryID '0' cannot be found in the system.` */
const ERP_NAMES: Record<ReferenceKind, string> = {
  countries: 'CountryID',
  currencies: 'CuryID',
  supplierClasses: 'VendorClassID',
  creditTerms: 'TermsID',
  vatZones: 'TaxZoneID',
  paymentMethods: 'PaymentMethodID',
  cashAccounts: 'CashAccountID',
  vatCodes: 'TaxCategoryID',
};

const COUNTRIES =
  'AT AU BE BG BR CA CH CN CY CZ DE DK EE ES FI FR GB GR HR HU IE IN IS IT JP LT LU LV MT MX NL NO NZ PL PT RO SE SG SI SK TR UA US ZA';

const countryNames = new Intl.DisplayNames(['en'], { type: 'region' });

/** The reference data that writes are checked against. */
export class References {
  readonly #rows = new Map<ReferenceKind, Map<string, Reference>>(REFERENCE_KINDS.map((kind) => [kind, new Map()]));

  constructor() {
    this.add('countries', COUNTRIES.split(' ').map(country));
    this.add('currencies', ['NOK', 'SEK', 'DKK', 'EUR', 'USD', 'GBP', 'ISK', 'CHF', 'PLN'].map(plain));
    this.add('supplierClasses', [
      { id: '1', description: 'Domestic suppliers' },
      { id: '2', description: 'Suppliers in the EU' },
      { id: '3', description: 'Suppliers outside the EU' },
    ]);
    this.add('creditTerms', ['0', '7', '10', '14', '20', '30', '45', '60', '90'].map(days));
    this.add('vatZones', [
      { id: '01', description: 'Domestic' },
      { id: '02', description: 'Domestic, exempt' },
      { id: '03', description: 'Import' },
    ]);
    this.add('paymentMethods', [
      { id: '1', description: 'Bank payment' },
      { id: '2', description: 'Direct debit' },
      { id: '3', description: 'Foreign payment' },
    ]);
    this.add('cashAccounts', [
      { id: '1920', description: 'Bank' },
      { id: '1930', description: 'Bank, currency' },
    ]);
    this.add(
      'vatCodes',
      VAT_CODES.map(({ id, description }) => ({ id, description })),
    );
  }

  /** Adds or replaces rows. */
  add(kind: ReferenceKind, rows: readonly Reference[]): void {
    for (const row of rows) this.#of(kind).set(row.id.toUpperCase(), row);
  }

  find(kind: ReferenceKind, id: string): Reference | undefined {
    return this.#of(kind).get(id.trim().toUpperCase());
  }

  list(kind: ReferenceKind): Reference[] {
    return [...this.#of(kind).values()];
  }

  /** Throws the ERP's own refusal when the id is unknown. */
  need(kind: ReferenceKind, id: string): Reference {
    const row = this.find(kind, id);
    if (row === undefined)
      throw new BusinessRefusal(`Error: ${ERP_NAMES[kind]} '${id}' cannot be found in the system.`);
    return row;
  }

  #of(kind: ReferenceKind): Map<string, Reference> {
    const rows = this.#rows.get(kind);
    if (rows === undefined) throw new TypeError(`no reference data of kind ${kind}`);
    return rows;
  }
}

/** A row from its id alone: a country gets its English name, everything else its id as description. */
export function referenceOf(kind: ReferenceKind, id: string): Reference {
  return kind === 'countries' ? country(id) : plain(id);
}

/** The small object that read bodies carry: `{id, description}`. */
export function described(row: Reference): JsonObject {
  return { id: row.id, description: row.description };
}

function country(id: string): Reference {
  return { id, description: countryNames.of(id) ?? id };
}

function plain(id: string): Reference {
  return { id, description: id };
}

function days(id: string): Reference {
  return { id, description: `${id} days` };
}
