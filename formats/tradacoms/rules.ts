import { elementsOf } from '../edi/elements.ts';
import type { SetHeader } from '../edi/header.ts';
import type { EnvelopeRules, Note } from '../edi/rules.ts';
import { packTag } from '../edi/segment.ts';
import { FileTotals } from './file-totals.ts';

/** What may follow a message in a file: header once, then details, then trailers; RSGRSG reconciles at the end. */
const FOLLOWERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['ORDHDR', ['ORDERS']],
  ['ORDERS', ['ORDERS', 'ORDTLR']],
  ['INVFIL', ['INVOIC']],
  ['INVOIC', ['INVOIC', 'VATTLR']],
  ['VATTLR', ['INVTLR']],
]);
const FIRST = new Set(['ORDHDR', 'INVFIL']);
const KNOWN = new Set([...FOLLOWERS.keys(), 'ORDTLR', 'INVTLR']);

/** The envelope of TRADACOMS: STX and END around MHD and MTR, with BAT and EOB between them where batches are used. */
export const TRADACOMS_RULES: EnvelopeRules = {
  standard: 'TRADACOMS',
  interchangeOpen: packTag('STX'),
  interchangeClose: packTag('END'),
  groupOpen: packTag('BAT'),
  groupClose: packTag('EOB'),
  setOpen: packTag('MHD'),
  setClose: packTag('MTR'),
  between: new Set(),
  groupsAreOptional: true,
  interchangeCounts: 'sets',
  trailersHaveControl: false,
  tagPattern: /^[A-Z]{3}$/,
  characters: () => undefined,

  interchange(segment, note) {
    if (!/^ANAA?$/.test(segment.value(1, 1))) note('version-unknown', 1);
    if (segment.value(2, 1) === '') note('sender-missing', 2);
    if (segment.value(3, 1) === '') note('receiver-missing', 3);
    if (!/^\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/.test(segment.value(4, 1))) note('date-invalid', 4);
    if (segment.value(5) === '') note('interchange-control-invalid', 5);
    return {
      version: `${segment.value(1, 1)}:${segment.value(1, 2)}`,
      sender: { id: segment.value(2, 1), qualifier: '' },
      receiver: { id: segment.value(3, 1), qualifier: '' },
      control: segment.value(5),
      isTest: false,
      wantsAcknowledgment: false,
      elements: elementsOf(segment),
    };
  },

  group: (segment) => ({ functionalId: '', control: segment.value(1), version: '', elements: elementsOf(segment) }),

  set(segment, note) {
    const [control, type] = [segment.value(1), segment.value(2, 1)];
    if (type === '') note('set-id-invalid', 2);
    if (!/^\d+$/.test(control)) note('set-control-invalid', 1);
    return { type, control, version: segment.value(2, 2), elements: elementsOf(segment) };
  },

  totals: (report) => new FileTotals(report),

  /** One message with a wrong number, or of an unknown type, does not make the ones after it wrong. */
  follows(set, { previous, numbered }, note) {
    const expected = [previous, numbered].map((before) => (before === undefined ? 1 : Number(before.control) + 1));
    if (!expected.includes(Number(set.control))) note('set-out-of-order', 1);
    if (!isInOrder(set, previous) && !isInOrder(set, numbered)) note('set-order', 2);
  },

  ends(last: SetHeader, note: Note) {
    if (FOLLOWERS.has(last.type)) note('set-order');
  },
};

function isInOrder(set: SetHeader, previous: SetHeader | undefined): boolean {
  if (!KNOWN.has(set.type)) return true;
  if (FIRST.has(set.type)) return previous === undefined || !FOLLOWERS.has(previous.type);
  return previous !== undefined && (FOLLOWERS.get(previous.type) ?? []).includes(set.type);
}
