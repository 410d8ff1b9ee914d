import { Failure } from '../../failures/failure.ts';
import { present } from '../canonical/present.ts';
import type { PurchaseOrder, PurchaseOrderLine } from '../canonical/purchase-order.ts';
import { marked, withToken } from './token-mark.ts';

type Maybe<T> = T | null | undefined;

/** As much of a purchase order's line in Visma.net as a change has to know. */
interface OrderLineRecord {
  readonly lineNbr?: Maybe<number>;
  readonly lineDescription?: Maybe<string>;
  readonly orderQty?: Maybe<number>;
  readonly unitCost?: Maybe<number>;
  readonly promised?: Maybe<string>;
  readonly completed?: Maybe<boolean>;
  readonly note?: Maybe<string>;
}

export interface OrderRecord {
  readonly orderNbr: string;
  readonly description?: Maybe<string>;
  readonly promisedOn?: Maybe<string>;
  readonly lines?: Maybe<readonly OrderLineRecord[]>;
}

/** How purchase orders are written. */
export interface OrderWriteSettings {
  readonly hold: boolean;
  /** Which number a new order gets: the next of the series, or the buyer's. */
  readonly numbering: 'automatic' | 'override' | 'manual';
  /** `complete`: nothing more is expected of a cancelled line. `delete`: it is removed. */
  readonly cancel: 'complete' | 'delete';
}

/** What an order takes from elsewhere: our token, and the segments of each subaccount that its lines name. */
interface OrderContext {
  readonly token: string;
  readonly segments: ReadonlyMap<string, readonly { readonly segmentId: number; readonly segmentValue: string }[]>;
}

/** Lengths that every field of these takes: Visma.net publishes none. */
const NOTE = 2000;

/** The body that creates a purchase order, unwrapped: the buyer's number goes to the reference, the token into the note. */
export function purchaseOrderCreate(
  order: PurchaseOrder,
  { hold, numbering }: OrderWriteSettings,
  { token, segments }: OrderContext,
) {
  return {
    hold,
    supplierRef: order.number,
    note: withToken(order.note, token, NOTE),
    ...(numbering === 'automatic' ? {} : { orderNumber: order.number }),
    ...(numbering === 'override' ? { overrideNumberSeries: true } : {}),
    ...present({
      supplier: order.supplier?.number,
      date: order.date,
      promisedOn: order.promised,
      description: order.description,
      currency: order.currency,
      branch: order.branch,
    }),
    lines: order.lines.map((line) => ({
      operation: 'Insert' as const,
      ...lineOf(line, segments),
      ...present({ note: line.note }),
    })),
  };
}

/**
 * The body that makes an order in Visma.net what a change or a cancellation wants, and nothing more; undefined when it is so
 * already. A line that is added carries the token in its note: one that is there is not added again.
 *
 * @throws Failure REFERENCE_UNKNOWN for a line that the order does not have
 */
export function purchaseOrderChange(
  order: PurchaseOrder,
  current: OrderRecord,
  { cancel }: Pick<OrderWriteSettings, 'cancel'>,
  context: OrderContext,
) {
  const header = present({
    description: differing(order.description, current.description),
    promisedOn: differing(order.promised, current.promisedOn?.slice(0, 10)),
  });
  const lines = order.action === 'cancel' ? openLines(current) : order.lines;
  const changed = lines.flatMap((line) => changedLine(line, current, cancel, context) ?? []);
  if (changed.length === 0 && Object.keys(header).length === 0) return undefined;
  return { ...header, ...(changed.length === 0 ? {} : { lines: changed }) };
}

/** Whether lines of this change are in the order: they are added together, or not at all. */
export function hasAddedLines({ lines }: OrderRecord, token: string): boolean {
  return (lines ?? []).some(({ note }) => (note ?? '').includes(marked(token)));
}

/** Lines that say the same as those of the change and carry no token: somebody may have taken it out. */
export function hasLinesAlike(order: PurchaseOrder, { lines }: OrderRecord): boolean {
  const added = order.lines.filter(({ action }) => action === 'add');
  return (lines ?? []).some((line) => added.some((one) => Object.keys(readableDifference(one, line)).length === 0));
}

function openLines({ lines }: OrderRecord): PurchaseOrderLine[] {
  const open = (lines ?? []).filter(({ completed }) => completed !== true);
  return open.map(({ lineNbr }) => ({ action: 'cancel', number: String(lineNbr) }));
}

function changedLine(
  line: PurchaseOrderLine,
  current: OrderRecord,
  cancel: OrderWriteSettings['cancel'],
  { token, segments }: OrderContext,
) {
  if (line.action === 'add') {
    if (hasAddedLines(current, token)) return undefined;
    return { operation: 'Insert' as const, ...lineOf(line, segments), note: withToken(line.note, token, NOTE) };
  }
  const lineNumber = Number(line.number);
  const found = current.lines?.find(({ lineNbr }) => lineNbr === lineNumber);
  if (line.action === 'cancel') {
    if (cancel === 'delete') return found && { operation: 'Delete' as const, lineNumber };
    if (found?.completed === true) return undefined;
  }
  if (found === undefined) throw lineMissing(current.orderNbr, lineNumber);
  if (line.action === 'cancel') return { operation: 'Update' as const, lineNumber, completed: true };
  const difference = { ...unreadableOf(line, segments), ...readableDifference(line, found) };
  return Object.keys(difference).length === 0 ? undefined : { operation: 'Update' as const, lineNumber, ...difference };
}

/** What of a line is not in Visma.net as intended, of all that can be read back in the same words. */
function readableDifference(line: PurchaseOrderLine, found: OrderLineRecord) {
  const { lineDescription, orderQty, unitCost, promised } = readableOf(line);
  return present({
    lineDescription: differing(lineDescription, found.lineDescription),
    orderQty: differing(orderQty, found.orderQty),
    unitCost: differing(unitCost, found.unitCost),
    promised: differing(promised, found.promised?.slice(0, 10)),
  });
}

function differing<T extends string | number>(wanted: T | undefined, found: Maybe<T>): T | undefined {
  return wanted === (found ?? '') ? undefined : wanted;
}

function lineOf(line: PurchaseOrderLine, segments: OrderContext['segments']) {
  return { ...readableOf(line), ...unreadableOf(line, segments) };
}

function readableOf({ description, quantity, unitPrice, promised }: PurchaseOrderLine) {
  return present({
    lineDescription: description,
    orderQty: quantity === undefined ? undefined : Number(quantity),
    unitCost: unitPrice === undefined ? undefined : Number(unitPrice),
    promised,
  });
}

/** What a change writes whenever it says it. */
function unreadableOf(line: PurchaseOrderLine, segments: OrderContext['segments']) {
  const { item, lineType, unit, account, subaccount, vatCode } = line;
  return present({
    inventory: item,
    lineType,
    uom: unit,
    account,
    sub: subaccount === undefined ? undefined : segments.get(subaccount),
    taxCategory: vatCode,
  });
}

function lineMissing(order: string, line: number): Failure {
  return new Failure('REFERENCE_UNKNOWN', {
    message: `Purchase order ${order} has no line ${line} in Visma.net.`,
    next: 'Compare the lines of the order with the change, correct it at its source, then replay the document.',
  });
}
