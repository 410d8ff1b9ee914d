import type { LineStatus, PurchaseOrderAcknowledgment } from '../canonical/purchase-order-acknowledgment.ts';
import { freeCode, word } from '../edi/codec.ts';
import type { DocumentSource } from '../edi/document-source.ts';
import { at, fixed, key } from '../edi/parts.ts';
import type { ItemOf } from '../edi/paths.ts';
import { inSet, type Part, type Rule } from '../edi/rule.ts';
import { readRules, segment, writeRules } from '../edi/rules.ts';
import { number } from './codecs.ts';
import { date } from './dates.ts';

type Answer = PurchaseOrderAcknowledgment;
type Line = Answer['lines'][number];
type Outcome = ItemOf<Line, 'outcomes'>;

/** 1225 of BGM, and 4343 where 1225 says nothing. */
const BY_FUNCTION = word({ accepted: '29', changed: '4', rejected: '27' });
const BY_RESPONSE = word({ received: 'AB', accepted: ['AP', 'AD'], changed: 'AC', rejected: 'RE' });
const SAYS_NOTHING = ['', '9'];

/** What the seller says to the order as a whole. */
export const answer: Part<Answer> = {
  carries: [{ path: 'status', form: { kind: 'code', values: ['accepted', 'changed', 'rejected', 'received'] } }],
  matches: () => true,
  fits: () => true,
  read(bgm, into, work) {
    const [said, response] = [bgm.see(3), bgm.see(4)];
    const element = SAYS_NOTHING.includes(said) ? 4 : 3;
    const status = element === 3 ? BY_FUNCTION.read(said, work) : BY_RESPONSE.read(response, work);
    if (status === undefined) {
      const message = 'The message does not say whether the order is accepted, changed or rejected.';
      work.tell({ ...inSet(bgm, element), severity: 'reject', code: 'value-not-understood', message });
      return;
    }
    for (const taken of element === 3 ? [3] : [3, 4]) bgm.take(taken);
    if (BY_RESPONSE.read(response, work) === status) bgm.take(4);
    into.set('status', status);
  },
  write(from, to, work) {
    const status = from.take('status') ?? '';
    const written = BY_FUNCTION.write(status, work);
    to.put(written?.text ?? '9', 3);
    if (written === undefined) to.put(BY_RESPONSE.write(status, work)?.text ?? '', 4);
  },
};

/** 1229 of LIN. */
const LINE_STATUS = word({ accepted: '5', changed: ['3', '6'], rejected: '7', cancelled: '2' });
const WHAT_CHANGED: readonly LineStatus[] = ['priceChanged', 'quantityChanged', 'dateChanged', 'substituted'];
const quantity = number(15);
const unit = freeCode('units', 3);

/** 1229: what becomes of the line. What has changed of it is not said by the code. */
export const lineStatus: Part<Line> = {
  carries: [
    { path: 'outcomes', form: { kind: 'list', most: 1 } },
    { path: 'outcomes.status', form: LINE_STATUS.form },
    { path: 'outcomes.quantity', form: quantity.form },
    { path: 'outcomes.unit', form: unit.form },
    { path: 'outcomes.shipOn', form: { kind: 'day' } },
    { path: 'outcomes.deliverOn', form: { kind: 'day' } },
  ],
  matches: () => true,
  fits: () => true,
  read(lin, into, work) {
    const status = LINE_STATUS.read(lin.see(2), work);
    if (status === undefined) return;
    lin.take(2);
    into.add('outcomes').set('status', status);
  },
  write(from, to, work) {
    const outcome = mainOf(from);
    const status = outcome?.see('status') ?? '';
    const written = LINE_STATUS.write(status, work);
    const isOther = WHAT_CHANGED.some((one) => one === status);
    if (outcome === undefined || (written === undefined && !isOther)) return;
    outcome.take('status', isOther ? 'changed' : undefined);
    to.put(written?.text ?? '3', 2);
  },
};

function quantityUnder(...qualifiers: [string, ...string[]]): Rule<Outcome> {
  return segment('QTY', [fixed([1, 1], ...qualifiers), key([1, 2], 'quantity', quantity), at([1, 3], 'unit', unit)]);
}

const delivered = quantityUnder('113', '12');
const backordered = quantityUnder('83');
const dates: readonly Rule<Outcome>[] = [
  date('shipOn', '11', '10', '79'),
  date('deliverOn', '69', '67', '76', '17', '2'),
];

/** Quantities and dates of what 1229 says, and QTY 83 for what is delivered later. */
export const outcomes: Rule<Line> = {
  carries: [],
  matches: () => true,
  read(from, into, work) {
    const [main] = into.items('outcomes');
    if (main !== undefined) readRules(from, [delivered, ...dates], main, work);
    if (!backordered.matches(from, work)) return;
    const later = into.add('outcomes');
    later.set('status', 'backordered');
    backordered.read(from, later, work);
  },
  write(from, to, work) {
    const main = mainOf(from);
    const later = from.items('outcomes').find((one) => one.see('status') === 'backordered');
    if (main !== undefined) delivered.write(main, to, work);
    if (later !== undefined && later.see('quantity') !== undefined) {
      later.take('status');
      backordered.write(later, to, work);
    }
    if (main !== undefined) writeRules(dates, main, to, work);
  },
};

/** The one that 1229 tells. */
function mainOf(line: DocumentSource<Line>): DocumentSource<Outcome> | undefined {
  return line.items('outcomes').find((one) => one.see('status') !== 'backordered');
}
