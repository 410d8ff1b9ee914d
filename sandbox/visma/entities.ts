import { account } from './entities/account.ts';
import { branch } from './entities/branch.ts';
import { budget } from './entities/budget.ts';
import { cashTransaction } from './entities/cash-transaction.ts';
import { customer } from './entities/customer.ts';
import { customerCreditNote, customerDebitNote, customerInvoice } from './entities/customer-documents.ts';
import { dimension } from './entities/dimension.ts';
import { financialPeriod } from './entities/financial-period.ts';
import { journal } from './entities/journal.ts';
import { ledger } from './entities/ledger.ts';
import { purchaseOrder } from './entities/purchase-order.ts';
import { purchaseReceipt } from './entities/purchase-receipt.ts';
import { subaccount } from './entities/subaccount.ts';
import { supplier } from './entities/supplier.ts';
import { supplierInvoice } from './entities/supplier-invoice.ts';
import { supplierPayment } from './entities/supplier-payment.ts';
import type { Entity } from './entity.ts';

export const ENTITIES: readonly Entity[] = [
  supplier,
  supplierInvoice,
  supplierPayment,
  purchaseOrder,
  purchaseReceipt,
  customer,
  customerInvoice,
  customerCreditNote,
  customerDebitNote,
  account,
  subaccount,
  dimension,
  journal,
  cashTransaction,
  budget,
  financialPeriod,
  branch,
  ledger,
];

/** Finds an entity by its name or the plural of its name. Throws RangeError when there is none. */
export function entityNamed(name: string): Entity {
  const entity = ENTITIES.find((candidate) => candidate.name === name || candidate.plural === name);
  if (entity === undefined)
    throw new RangeError(`There is no entity '${name}'; known: ${ENTITIES.map((e) => e.name).join(', ')}.`);
  return entity;
}
