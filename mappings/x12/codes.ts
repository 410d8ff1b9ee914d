import type { OtherTax } from '../canonical/invoice.ts';
import type { LineStatus } from '../canonical/purchase-order-acknowledgment.ts';
import type { AdjustmentReason, ItemScheme, PartyRole, PartyScheme, ReferenceType } from '../canonical/trade.ts';
import type { CodeWords } from '../edi/codec.ts';

/** N101. */
export const PARTIES: CodeWords<PartyRole> = {
  buyer: 'BY',
  shipTo: ['ST', 'CN'],
  shipFrom: 'SF',
  billTo: 'BT',
  remitTo: ['RI', 'RE'],
  payer: 'PR',
  payee: 'PE',
  carrier: 'CA',
  manufacturer: 'MF',
  orderedBy: 'OB',
  markFor: ['Z7', 'MA'],
};

/** N103. */
export const PARTY_IDS: CodeWords<PartyScheme> = {
  gln: 'UL',
  duns: '1',
  dunsPlus4: '9',
  supplier: '91',
  buyer: '92',
  scac: '2',
  mutual: 'ZZ',
};

/** REF01. */
export const REFERENCES: CodeWords<ReferenceType> = {
  contract: ['CT', 'BC'],
  sellerOrder: 'VN',
  buyerOrder: ['PO', 'CO'],
  customerReference: 'CR',
  billOfLading: 'BM',
  carrierReference: 'CN',
  deliveryNote: 'PK',
  quote: ['PR', 'Q1'],
  promotion: 'PD',
  department: 'DP',
  invoice: ['IV', 'OI'],
  priceList: 'PL',
  account: ['11', '12'],
};

/** Qualifiers of item numbers, without the GTIN, whose qualifier goes by its length. */
export const ITEMS: CodeWords<Exclude<ItemScheme, 'gtin'>> = {
  seller: ['VP', 'VN', 'VC'],
  buyer: ['IN', 'BP'],
  manufacturer: 'MG',
  sku: 'SK',
  style: 'ST',
  color: ['BO', 'CL'],
  size: ['IZ', 'SZ'],
  lot: 'LT',
};

/** SAC02. An adjustment without a reason is written as ZZZZ, mutually defined. */
export const REASONS: CodeWords<AdjustmentReason> = {
  freight: 'D240',
  discount: ['C310', 'C300', 'I170', 'I530'],
  promotion: 'F800',
  handling: 'D500',
  insurance: 'D980',
  defective: 'C000',
};

/** For how many units a price is, by PO105. */
export const PRICE_BASES: CodeWords<string> = {
  10: 'PN',
  12: 'PD',
  100: 'HP',
  1000: 'TP',
  10000: 'TT',
  100000: 'HT',
};

/** PO105 of prices for one unit; what is neither here nor above is not understood. */
export const UNIT_PRICES = [
  'PE',
  'WE',
  'RE',
  'NE',
  'TE',
  'QE',
  'UM',
  'CP',
  'CT',
  'PR',
  'WH',
  'RS',
  'SR',
  'QT',
  'NT',
  'LM',
];

/** TXI01 of taxes that are not VAT. */
export const TAXES: CodeWords<OtherTax> = {
  sales: 'LS',
  stateSales: 'ST',
  goodsAndServices: 'GS',
  environmental: 'EV',
};

/** ACK01. */
export const LINE_STATUSES: CodeWords<LineStatus> = {
  accepted: ['IA', 'AR'],
  changed: 'IC',
  backordered: 'IB',
  cancelled: 'ID',
  priceChanged: 'IP',
  quantityChanged: 'IQ',
  dateChanged: 'DR',
  substituted: 'IS',
  rejected: 'IR',
};
