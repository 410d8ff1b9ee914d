import { plainDecimal } from '../canonical/decimal.ts';
import { sumOf } from '../canonical/money.ts';
import { present } from '../canonical/present.ts';
import type { Remittance, Settlement } from '../canonical/remittance.ts';
import { withToken } from './token-mark.ts';

const DOCUMENT_TYPES = {
  invoice: 'Invoice',
  creditNote: 'DebitAdj',
  debitNote: 'CreditAdj',
  prepayment: 'Prepayment',
} as const;

/** What Visma.net calls the type of a document that is settled. */
export function settledTypeOf({ type }: Pick<Settlement, 'type'>): string {
  return DOCUMENT_TYPES[type];
}

/** A description that every field of it takes: Visma.net publishes no length. */
const DESCRIPTION = 150;

/**
 * The body that creates a supplier payment, unwrapped. It has no note, so the token travels at the end of the description.
 * `vouchers`: Visma.net's number of each document that is settled, in order.
 */
export function supplierPaymentCreate(
  remittance: Remittance,
  { hold }: { readonly hold: boolean },
  { token, vouchers }: { readonly token: string; readonly vouchers: readonly string[] },
) {
  const { total, settlements } = remittance;
  return {
    type: 'Payment',
    hold,
    applicationDate: remittance.date,
    paymentRef: remittance.number,
    supplier: remittance.supplier.number,
    description: withToken(remittance.description ?? `Payment ${remittance.number}`, token, DESCRIPTION),
    paymentAmount: Number(total ?? plainDecimal(sumOf(settlements.map(({ amount }) => amount)))),
    ...present({
      currency: remittance.currency,
      paymentMethod: remittance.paymentMethod,
      cashAccount: remittance.cashAccount,
      branch: remittance.branch,
    }),
    paymentLines: settlements.map((settlement, index) => ({
      operation: 'Insert' as const,
      documentType: settledTypeOf(settlement),
      refNbr: vouchers[index] ?? '',
      amountPaid: Number(settlement.amount),
      ...(settlement.discount === undefined ? {} : { cashDiscountTaken: Number(settlement.discount) }),
    })),
  };
}
