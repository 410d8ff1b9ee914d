import type { CallPurpose } from '../../connectors/visma/budget.ts';
import type { VismaClient } from '../../connectors/visma/client.ts';
import { Failure } from '../../failures/failure.ts';
import type { Remittance, Settlement } from '../../mappings/canonical/remittance.ts';
import { settledTypeOf } from '../../mappings/visma/supplier-payment-write.ts';
import { showable } from '../delivery.ts';

/**
 * Visma.net's numbers of the documents that a payment settles, in order. Those that are named by the supplier's own number are
 * looked for among the supplier's open documents, with one walk for all of them.
 *
 * @throws Failure REFERENCE_UNKNOWN naming each that is not open, or stands for several
 */
export async function vouchersOf(client: VismaClient, remittance: Remittance, purpose: CallPurpose): Promise<string[]> {
  const { settlements, supplier } = remittance;
  if (settlements.every(({ voucher }) => voucher !== undefined)) return settlements.map(({ voucher = '' }) => voucher);
  const open = new Map<string, string[]>();
  const filter = { supplier: supplier.number, status: 'Open' };
  for await (const page of client.supplierInvoices.list(filter, purpose)) {
    for (const { documentType, referenceNumber, supplierReference } of page) {
      const key = keyOf(documentType, supplierReference ?? '');
      open.set(key, [...(open.get(key) ?? []), referenceNumber]);
    }
  }
  const problems: string[] = [];
  const vouchers = settlements.map((settlement, index) => {
    if (settlement.voucher !== undefined) return settlement.voucher;
    const found = open.get(keyOf(settledTypeOf(settlement), settlement.invoice ?? '')) ?? [];
    if (found.length !== 1) problems.push(problem(settlement, index, found.length));
    return found[0] ?? '';
  });
  if (problems.length > 0) throw unknown(problems);
  return vouchers;
}

/** Compared as the ERP does it: without regard to letter case and outer white space. */
function keyOf(documentType: string, reference: string): string {
  return `${documentType}/${reference.trim().toUpperCase()}`;
}

function problem({ invoice = '' }: Settlement, index: number, found: number): string {
  const state = found === 0 ? 'is not open' : `stands for ${found} open documents`;
  return `${showable(invoice)} (lines[${index + 1}].invoice) ${state}`;
}

function unknown(problems: readonly string[]): Failure {
  return new Failure('REFERENCE_UNKNOWN', {
    message: `What the payment settles cannot be settled in Visma.net: ${problems.join('; ')}.`,
    next: 'Release the invoice in Visma.net, or correct the line at its source, then replay the document.',
  });
}
