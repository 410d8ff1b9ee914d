import { type JsonObject, merged } from '../json.ts';

/** The types a supplier invoice can be read with; only the first six can be written. */
export const DOCUMENT_TYPES = [
  'Invoice',
  'CreditAdj',
  'DebitAdj',
  'Prepayment',
  'Refund',
  'Payment',
  'Check',
  'QuickCheck',
  'VoidCheck',
  'VoidQuickCheck',
] as const;

export const INVOICE_STATUSES = [
  'Hold',
  'Balanced',
  'Voided',
  'Scheduled',
  'Open',
  'Closed',
  'Printed',
  'Prebooked',
  'Reserved',
] as const;

/** Fills the gaps of a seeded line; the cost follows from quantity and unit cost. */
export function completeLine(line: JsonObject, index: number): JsonObject {
  const quantity = Number(line.quantity ?? 1);
  const cost = line.cost ?? Math.round(quantity * Number(line.unitCost ?? 0) * 100) / 100;
  const unitCost = line.unitCost ?? cost;
  const blank = {
    lineNumber: index + 1,
    transactionDescription: '',
    quantity,
    uom: 'STK',
    unitCost,
    unitCostInCurrency: unitCost,
    cost,
    costInCurrency: cost,
    account: { type: 'Expense', number: '4300', description: 'Purchases', active: true },
    subaccount: { subaccountNumber: '000000', subaccountId: 1, description: 'Default', segments: [] },
    vatCode: { id: '21', description: 'Input VAT 25 %' },
    branchNumber: { number: '1', name: 'Main branch' },
  };
  return merged(blank, line);
}
