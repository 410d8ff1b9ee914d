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

/** The reference that a value makes; none when it is missing or empty. */
export function given(kind: Reference['kind'], value: string | undefined, field: string): Reference[] {
  return value === undefined || value === '' ? [] : [{ kind, value, field }];
}
