/** A value in a document that names a record in Visma.net. */
export interface Reference {
  readonly kind: 'account' | 'subaccount' | 'supplier' | 'period' | 'vatCode' | 'branch' | 'currency';
  /** As Visma.net writes it; a period is YYYYMM. */
  readonly value: string;
  /** Its place in the document: `lines[3].account`. */
  readonly field: string;
  /** Of a period: the subledger that has to be open too, beside the general ledger. */
  readonly ledger?: 'general' | 'supplier' | 'customer' | 'cash';
}
