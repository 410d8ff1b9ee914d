import { Big } from 'big.js';
import { Failure } from '../../failures/failure.ts';
import { decimalOf, plainDecimal } from '../canonical/decimal.ts';
import type { InvoiceLine, InvoiceType, SupplierInvoice } from '../canonical/invoice.ts';
import { present } from '../canonical/present.ts';
import type { VismaInvoiceLineRecord, VismaSupplierInvoiceRecord, VismaTaxRecord } from './types.ts';
import { requiredText, text } from './values.ts';

/**
 * Visma.net names adjustments after the side of accounts payable that they book: a supplier's credit note debits it, so it
 * is a DebitAdj.
 */
const TYPES: Readonly<Record<string, InvoiceType>> = {
  Invoice: 'invoice',
  DebitAdj: 'creditNote',
  CreditAdj: 'debitNote',
  Prepayment: 'prepayment',
  Refund: 'refund',
};

/** False for the payments and checks that Visma.net lists among supplier invoices; no map takes them. */
export function isInvoiceRecord(record: Pick<VismaSupplierInvoiceRecord, 'documentType'>): boolean {
  return Object.hasOwn(TYPES, record.documentType ?? '');
}

/**
 * The supplier invoice as Visma.net knows it. Amounts are in the currency of the invoice, digit by digit as received.
 *
 * @throws Failure MAPPED_VALUE_INVALID when supplier, number or date is missing, or the type is no invoice
 */
export function supplierInvoiceFromVisma(record: VismaSupplierInvoiceRecord): SupplierInvoice {
  const voucherNumber = requiredText(record.referenceNumber, 'supplier invoice', 'referenceNumber');
  const subject = `supplier invoice ${voucherNumber}`;
  return {
    kind: 'Invoice',
    direction: 'supplier',
    type: invoiceType(record.documentType, subject),
    voucherNumber,
    date: day(requiredText(record.date, subject, 'date')),
    supplier: {
      number: requiredText(record.supplier?.number, subject, 'supplier number'),
      ...present({ name: text(record.supplier?.name) }),
    },
    ...present({
      number: text(record.supplierReference),
      dueDate: optionalDay(record.dueDate),
      period: text(record.financialPeriod),
      currency: text(record.currencyId)?.toUpperCase(),
      status: text(record.status),
      description: text(record.description),
      buyerReference: text(record.buyerReference),
      paymentReference: text(record.paymentRefNo),
      creditTerms: text(record.creditTerms?.id),
      branch: text(record.branchNumber?.number),
      note: text(record.note),
      ...totals(record),
    }),
    lines: (record.invoiceLines ?? []).map(invoiceLine),
    taxes: (record.taxDetailLines ?? []).map(tax),
  };
}

function invoiceType(documentType: string | null | undefined, subject: string): InvoiceType {
  const type = TYPES[documentType ?? ''];
  if (type !== undefined) return type;
  throw new Failure('MAPPED_VALUE_INVALID', { message: `${subject}: document type ${documentType} is no invoice.` });
}

/** Visma.net sends days as instants at midnight without a zone; the day is what is meant. */
function day(instant: string): string {
  return instant.slice(0, 10);
}

function optionalDay(instant: string | null | undefined): string | undefined {
  const found = text(instant);
  return found === undefined ? undefined : day(found);
}

function decimal(...candidates: (number | null | undefined)[]): string | undefined {
  const found = candidates.find((candidate) => typeof candidate === 'number');
  return typeof found === 'number' ? decimalOf(found) : undefined;
}

/** `amount` is the gross amount; where it is missing, lines and VAT make it, unless the lines hold the VAT already. */
function totals(record: VismaSupplierInvoiceRecord) {
  const vatTotal = decimal(record.vatTotalInCurrency, record.vatTotal);
  const details = decimal(record.detailTotalInCurrency, record.detailTotal);
  const vatOnTop = record.taxCalculationMode === 'Gross' ? '0' : (vatTotal ?? '0');
  const total = decimal(record.amount) ?? (details && plainDecimal(new Big(details).plus(vatOnTop)));
  return {
    total,
    vatTotal,
    netTotal: total && plainDecimal(new Big(total).minus(vatTotal ?? '0')),
    balance: decimal(record.balanceInCurrency, record.balance),
  };
}

function invoiceLine(line: VismaInvoiceLineRecord): InvoiceLine {
  return present({
    number: decimal(line.lineNumber),
    item: text(line.inventoryNumber),
    description: text(line.transactionDescription),
    quantity: decimal(line.quantity),
    unit: text(line.uom),
    unitPrice: decimal(line.unitCostInCurrency, line.unitCost),
    amount: decimal(line.costInCurrency, line.cost),
    account: text(line.account?.number),
    subaccount: text(line.subaccount?.subaccountNumber),
    vatCode: text(line.vatCode?.id),
    branch: text(line.branchNumber?.number),
    project: text(line.project?.id),
    projectTask: text(line.projectTask?.id),
    orderNumber: text(line.poNumber),
    // Visma.net says 0 for a line without an order.
    orderLine: text(line.poNumber) && decimal(line.poLineNr),
    note: text(line.note),
  });
}

function tax(record: VismaTaxRecord): SupplierInvoice['taxes'][number] {
  return {
    ...present({ code: text(record.vatId?.number) ?? text(record.taxId), rate: decimal(record.vatRate) }),
    taxable: decimal(record.taxableAmount) ?? '0',
    amount: decimal(record.vatAmount) ?? '0',
  };
}
