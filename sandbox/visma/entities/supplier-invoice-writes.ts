import { BusinessRefusal } from '../answers.ts';
import { isObject, type JsonObject, valueAt } from '../json.ts';
import { described } from '../references.ts';
import { formatWall } from '../server-clock.ts';
import { vatRateOf } from '../vat-codes.ts';
import type { World } from '../world.ts';
import {
  accountNamed,
  dayOf,
  documentNumber,
  periodOf,
  postPeriodOf,
  refuseClosed,
  supplierNamed,
} from './references-of-documents.ts';
import { cents, linesIn, sumOf, withLines } from './written-lines.ts';

/** A new supplier invoice: `Hold` or `Balanced`, never `Open` before its release. Throws BusinessRefusal. */
export function createInvoice(values: JsonObject, world: World): JsonObject {
  const documentType = String(values.documentType ?? 'Invoice');
  const supplier = supplierNamed(values.supplierNumber, world);
  const referenceNumber = documentNumber('supplierInvoice', values.referenceNumber, values, world);
  if (world.table('supplierInvoice').get(`${documentType}/${referenceNumber}`) !== undefined) {
    throw new BusinessRefusal(`Error: The document '${referenceNumber}' already exists in the system.`);
  }
  refuseTwice(String(values.supplierReference ?? ''), supplier, world);
  const record = {
    documentType,
    referenceNumber,
    supplier,
    createdDateTime: formatWall(world.clock.wall()),
    attachments: [],
    invoiceLines: [],
  };
  return settled({ ...record, ...headerOf(record, values, world) }, values, world);
}

/** Changes a document that is not released yet. Throws BusinessRefusal. */
export function updateInvoice(record: JsonObject, values: JsonObject, world: World): JsonObject {
  if (record.status !== 'Hold' && record.status !== 'Balanced') {
    throw new BusinessRefusal('Error: The document cannot be updated since it is released.');
  }
  return settled({ ...record, ...headerOf(record, values, world) }, values, world);
}

/** `Balanced` becomes `Open`; a document on hold is none that can be released. Throws BusinessRefusal when it is released. */
export function releaseInvoice(record: JsonObject): { readonly next: JsonObject } | { readonly failed: string } {
  if (record.status === 'Hold') return { failed: 'The document is on hold and cannot be released.' };
  if (record.status !== 'Balanced') throw new BusinessRefusal('Document Status is invalid for processing.');
  return { next: { ...record, status: 'Open' } };
}

function refuseTwice(reference: string, supplier: JsonObject, world: World): void {
  if (world.settings.duplicateSupplierReference === 'accept' || reference.trim() === '') return;
  const same = world
    .table('supplierInvoice')
    .rows('key')
    .find(
      ({ record }) =>
        valueAt(record, 'supplier.number') === supplier.number &&
        String(record.supplierReference ?? '')
          .trim()
          .toUpperCase() === reference.trim().toUpperCase(),
    );
  if (same === undefined) return;
  throw new BusinessRefusal(
    `Error: A document with this vendor reference already exists for the vendor: ${same.record.referenceNumber} of ${String(same.record.date).slice(0, 10)}.`,
  );
}

const TEXTS = ['supplierReference', 'description', 'note', 'paymentRefNo', 'paymentMessage', 'taxCalculationMode'];

function headerOf(before: JsonObject, values: JsonObject, world: World): JsonObject {
  const date = dayOf(values.date ?? before.date, formatWall(world.clock.wall()));
  const period = String(values.financialPeriod ?? before.financialPeriod ?? periodOf(date));
  refuseClosed(period, world);
  const texts = TEXTS.filter((name) => values[name] !== undefined).map((name) => [name, values[name] ?? '']);
  const { currencyId, creditTermsId, paymentMethod, cashAccount } = values;
  const { references } = world;
  return {
    ...Object.fromEntries(texts),
    date,
    origInvoiceDate: dayOf(values.origInvoiceDate ?? before.origInvoiceDate, date),
    dueDate: dayOf(values.dueDate ?? before.dueDate, date),
    financialPeriod: period,
    postPeriod: postPeriodOf(period),
    hold: values.hold ?? before.hold ?? false,
    currencyId: references.need('currencies', String(currencyId ?? before.currencyId ?? 'NOK')).id,
    exchangeRate: values.exchangeRate ?? before.exchangeRate ?? 1,
    branchNumber: branchOf(values.branchNumber) ?? before.branchNumber ?? { number: '1', name: 'Main branch' },
    ...(creditTermsId === undefined
      ? {}
      : { creditTerms: described(references.need('creditTerms', String(creditTermsId))) }),
    ...(paymentMethod === undefined
      ? {}
      : { paymentMethod: described(references.need('paymentMethods', String(paymentMethod))) }),
    ...(cashAccount === undefined ? {} : { cashAccount: references.need('cashAccounts', String(cashAccount)).id }),
  };
}

function branchOf(number: unknown): JsonObject | undefined {
  return number === undefined ? undefined : { number: String(number), name: '' };
}

/** Lines, VAT, sums and status. With `amount` given, a document that is not on hold must add up to it. */
function settled(record: JsonObject, values: JsonObject, world: World): JsonObject {
  const invoiceLines = withLines(linesIn(record.invoiceLines), soundLines(values, world), {
    numberField: 'lineNumber',
    laidOver: (line, written) => lineOf(line, written, world),
  });
  const net = sumOf(invoiceLines, 'costInCurrency');
  const taxDetailLines = values.taxDetailLines === undefined ? taxesOf(invoiceLines) : taxesGiven(values);
  const vat = values.taxCalculationMode === 'Gross' ? 0 : sumOf(taxDetailLines, 'vatAmount');
  const rounding = Number(values.roundingDiffInCurrency ?? record.roundingDiffInCurrency ?? 0);
  const total = cents(net + vat + rounding);
  if (values.amount !== undefined && record.hold !== true && cents(Number(values.amount)) !== total) {
    throw new BusinessRefusal('Error: The document is out of the balance.');
  }
  return {
    ...record,
    invoiceLines,
    taxDetailLines,
    ...Object.fromEntries(['amount', 'balance', 'balanceInCurrency'].map((name) => [name, total])),
    ...Object.fromEntries(['detailTotal', 'detailTotalInCurrency'].map((name) => [name, net])),
    ...Object.fromEntries(['vatAmount', 'vatTotal', 'vatTotalInCurrency'].map((name) => [name, vat])),
    roundingDiffInCurrency: rounding,
    status: record.hold === true ? 'Hold' : 'Balanced',
  };
}

/** Without `validateLineDetails` a line that cannot be taken is left out, and nobody is told. */
function soundLines(values: JsonObject, world: World): JsonObject[] {
  const written = linesIn(values.invoiceLines);
  if (values.validateLineDetails === true) return written;
  return written.filter((line) => {
    try {
      lineOf({}, line, world);
      return true;
    } catch (error) {
      if (error instanceof BusinessRefusal) return false;
      throw error;
    }
  });
}

function lineOf(before: JsonObject, written: JsonObject, world: World): JsonObject {
  const { references } = world;
  const quantity = Number(written.quantity ?? before.quantity ?? 1);
  const unitCost = Number(written.unitCostInCurrency ?? before.unitCostInCurrency ?? written.costInCurrency ?? 0);
  const cost = cents(Number(written.costInCurrency ?? quantity * unitCost));
  const account = written.accountNumber === undefined ? before.account : accountNamed(written.accountNumber, world);
  if (account === undefined) throw new BusinessRefusal("Error: 'Account' cannot be empty.");
  const vatCode =
    written.vatCodeId === undefined
      ? before.vatCode
      : described(references.need('vatCodes', String(written.vatCodeId)));
  return {
    ...before,
    transactionDescription: written.transactionDescription ?? before.transactionDescription ?? '',
    inventoryNumber: written.inventoryNumber ?? before.inventoryNumber ?? '',
    quantity,
    uom: written.uom ?? before.uom ?? 'STK',
    unitCost,
    unitCostInCurrency: unitCost,
    cost,
    costInCurrency: cost,
    account,
    subaccount: subaccountOf(written) ?? before.subaccount ?? { subaccountNumber: '000000', segments: [] },
    ...(vatCode === undefined ? {} : { vatCode }),
    ...(written.note === undefined ? {} : { note: written.note }),
    ...purchaseOf(written.linkLine),
  };
}

function subaccountOf(written: JsonObject): JsonObject | undefined {
  if (written.subaccount === undefined) return undefined;
  const segments = linesIn(written.subaccount);
  return { subaccountNumber: segments.map(({ segmentValue }) => String(segmentValue)).join(''), segments };
}

function purchaseOf(link: unknown): JsonObject {
  if (!isObject(link)) return {};
  const { purchaseType, purchaseNumber = '', purchaseLineNbr = 0 } = link;
  if (purchaseType === 'PurchaseReceipt') return { poReceiptNbr: purchaseNumber, poReceiptLineNbr: purchaseLineNbr };
  return { poNumber: purchaseNumber, poLineNr: purchaseLineNbr };
}

function taxesGiven(values: JsonObject): JsonObject[] {
  return linesIn(values.taxDetailLines).map(({ taxId = '', taxableAmount = 0, vatAmount = 0 }) => ({
    taxId,
    vatId: { number: taxId },
    taxableAmount,
    vatAmount,
  }));
}

function taxesOf(lines: readonly JsonObject[]): JsonObject[] {
  const byCode = Map.groupBy(lines, (line) => String(valueAt(line, 'vatCode.id') ?? ''));
  return [...byCode]
    .filter(([code]) => vatRateOf(code) > 0)
    .map(([code, taxed], index) => {
      const taxableAmount = sumOf(taxed, 'costInCurrency');
      const vatRate = vatRateOf(code);
      const vatAmount = cents((taxableAmount * vatRate) / 100);
      return { taxId: code, recordId: index + 1, vatId: { number: code }, vatRate, taxableAmount, vatAmount };
    });
}
