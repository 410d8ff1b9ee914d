import type { InvoiceType, OtherTax } from '../canonical/invoice.ts';
import type { AdjustmentReason, ItemScheme, PartyRole, PartyScheme, ReferenceType } from '../canonical/trade.ts';
import type { CodeWords } from '../edi/codec.ts';

/** Data element 3035. */
export const PARTIES: CodeWords<PartyRole> = {
  buyer: 'BY',
  shipTo: ['DP', 'ST', 'CN'],
  shipFrom: ['SF', 'CZ'],
  billTo: ['IV', 'BT'],
  remitTo: 'RE',
  payer: 'PR',
  payee: 'PE',
  carrier: 'CA',
  manufacturer: 'MF',
  orderedBy: 'OB',
  markFor: ['UC', 'UD'],
};

/** Data element 3055: who gave out the number of a party. None: as was agreed. */
export const PARTY_IDS: CodeWords<PartyScheme> = {
  gln: '9',
  duns: '16',
  supplier: '91',
  buyer: '92',
  scac: '182',
  mutual: ['ZZZ', 'ZZ', ''],
};

/** Data element 1153. */
export const REFERENCES: CodeWords<ReferenceType> = {
  contract: ['CT', 'BC'],
  sellerOrder: 'VN',
  buyerOrder: 'CO',
  customerReference: 'CR',
  billOfLading: 'BM',
  carrierReference: 'CN',
  deliveryNote: ['DQ', 'AAK'],
  quote: ['AAG', 'PR'],
  promotion: 'PD',
  department: 'DP',
  invoice: ['IV', 'OI'],
  project: 'AEP',
  priceList: 'PL',
  account: 'ADE',
};

/** Data element 7143. A GTIN is EN in D.96A, SRV in D.01B as GS1 uses it, and UP where it has thirteen digits or fewer. */
export const ITEMS: CodeWords<ItemScheme> = {
  gtin: ['EN', 'SRV', 'UP'],
  seller: ['SA', 'VN', 'VP'],
  buyer: ['BP', 'IN'],
  manufacturer: 'MF',
  style: 'ST',
  lot: 'NB',
};

/** The same in D.01B. */
export const ITEMS_OF_01B: CodeWords<ItemScheme> = { ...ITEMS, gtin: ['SRV', 'EN', 'UP'] };

/** Data element 7161. */
export const REASONS: CodeWords<AdjustmentReason> = {
  freight: ['FC', 'FAC', 'ABP'],
  discount: ['DI', 'TD', 'QD', 'VAB', 'CAC', 'TAE'],
  promotion: 'PAD',
  handling: ['HD', 'SH'],
  packing: ['PC', 'ABL'],
  insurance: 'IN',
  smallOrder: 'AEL',
  rebate: ['RAA', 'SF'],
};

/** Data element 1001 of invoices. Copies, corrections and invoices that the buyer writes are not among them. */
export const INVOICES = {
  invoice: ['380', '388', '82'],
  creditNote: ['381', '81', '83'],
  debitNote: ['383', '80', '84'],
  prepayment: '386',
} as const satisfies CodeWords<InvoiceType>;

/** Data element 5153 of taxes that are not VAT. */
export const TAXES: CodeWords<OtherTax> = {
  stateSales: 'STT',
  goodsAndServices: 'GST',
  environmental: 'ENV',
};
