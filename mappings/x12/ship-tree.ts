import type { WrittenSegment } from '../../formats/edi/set-tree.ts';
import type { ShipNode, ShipNotice } from '../canonical/ship-notice.ts';
import type { Carried } from '../edi/codec.ts';
import type { DocumentSource } from '../edi/document-source.ts';
import type { Draft } from '../edi/draft.ts';
import { type Branch, hierarchyOf, type LinkFault } from '../edi/hierarchy.ts';
import { inDocument, inSet, type Rule, type Work } from '../edi/rule.ts';
import { readRules, writeRules } from '../edi/rules.ts';
import type { LoopSource, SegmentSource } from '../edi/set-source.ts';
import { item, order, packaged, shipment } from './ship-levels.ts';

interface Holder {
  readonly contents?: ShipNode[] | undefined;
}

/** HL03 below the shipment. */
const LEVELS = { O: 'order', T: 'tare', P: 'pack', I: 'item' } as const;
type Level = (typeof LEVELS)[keyof typeof LEVELS];

const RULES: Readonly<Record<Level, readonly Rule<ShipNode>[]>> = { order, tare: packaged, pack: packaged, item };

/** Deeper trees than any shipment has would only exhaust the stack. */
const MOST_LEVELS = 12;

const FAULTS: Readonly<Record<LinkFault, string>> = {
  duplicate: 'Another HL has the same id.',
  orphan: 'The HL that should hold this one is not there.',
  cycle: 'The HL is held by itself.',
};

/** The HL loops as the tree of the shipment. Their order says nothing: HL01 and HL02 do, and HL04 is not needed. */
export const shipTree: Rule<ShipNotice> = {
  carries: [...shipment.flatMap(({ carries }) => carries), ...Object.entries(RULES).flatMap(levelCarries)],
  matches: () => true,
  read(from, into, work) {
    const linked = from.loops('HL').flatMap((loop) => loop.segments('HL').map((hl) => ({ loop, hl })));
    const { roots, faults } = hierarchyOf(linked, ({ hl }) => ({ id: hl.see(1), parent: hl.see(2) }));
    for (const { item: found, fault } of faults) tell(found.hl, FAULTS[fault], work);
    const [root, another] = roots;
    if (another !== undefined)
      tell(another.item.hl, 'A second HL stands at the top: a set tells of one shipment.', work);
    if (root === undefined || root.item.hl.see(3) !== 'S') return;
    takeHl(root.item.hl);
    readRules(root.item.loop, shipment, into, work);
    for (const child of root.children) readNode(child, into, work, 2);
  },
  write(from, to, work) {
    const ids = { last: 1 };
    const children = from.items('contents');
    to.push({ tag: 'HL', elements: ['1', '', 'S', children.length > 0 ? '1' : '0'] });
    writeRules(shipment, from, to, work);
    for (const child of children) writeNode(child, { ids, parent: 1, isPacked: false }, to, work);
  },
};

interface Found {
  readonly loop: LoopSource;
  readonly hl: SegmentSource;
}

function readNode(
  { item: { loop, hl }, children }: Branch<Found>,
  into: Draft<Holder>,
  work: Work,
  depth: number,
): void {
  const level = levelOf(hl.see(3));
  if (level === undefined || depth > MOST_LEVELS) {
    tell(hl, level === undefined ? 'The level of this HL is not known.' : 'The HLs are nested too deep.', work);
    return;
  }
  takeHl(hl);
  const node = into.add('contents');
  node.set('level', level);
  readRules(loop, RULES[level], node, work);
  for (const child of children) readNode(child, node, work, depth + 1);
}

interface Above {
  readonly ids: { last: number };
  readonly parent: number;
  readonly isPacked: boolean;
}

function writeNode(node: DocumentSource<ShipNode>, above: Above, to: WrittenSegment[], work: Work): void {
  const level = node.see('level') as Level;
  const children = node.items('contents');
  const isPackage = level === 'tare' || level === 'pack';
  if (isPackage && work.terms.shipStructure === 'items') {
    for (const child of children) writeNode(child, above, to, work);
    return;
  }
  checkPlace(node, level, above, work);
  above.ids.last += 1;
  const id = above.ids.last;
  node.take('level');
  to.push({ tag: 'HL', elements: [String(id), String(above.parent), hl03(level), children.length > 0 ? '1' : '0'] });
  writeRules(RULES[level], node, to, work);
  const below = { ids: above.ids, parent: id, isPacked: above.isPacked || isPackage };
  for (const child of children) writeNode(child, below, to, work);
}

/** BSN05 0001 is shipment, order, tare, pack, item: a partner that wants it gets nothing else. */
function checkPlace(node: DocumentSource<ShipNode>, level: Level, { isPacked }: Above, work: Work): void {
  if (work.terms.shipStructure === 'items') return;
  const isWrong =
    (level === 'item' && (!isPacked || node.items('contents').length > 0)) || (level === 'order' && isPacked);
  if (!isWrong) return;
  const message = 'The partner wants shipment, order, packages and items, each within the one before.';
  work.tell({ ...inDocument(node.where('level')), severity: 'reject', code: 'tree-invalid', message });
}

function levelCarries([level, rules]: [string, readonly Rule<ShipNode>[]]): Carried[] {
  const below = rules.flatMap(({ carries }) => carries);
  return below.map(({ path, form }) => ({ path: `contents.${level}.${path}`, form }));
}

function takeHl(hl: SegmentSource): void {
  for (const element of [1, 2, 3, 4]) hl.take(element);
}

function levelOf(written: string): Level | undefined {
  return Object.entries(LEVELS).find(([one]) => one === written)?.[1];
}

function hl03(level: Level): string {
  return Object.entries(LEVELS).find(([, one]) => one === level)?.[0] ?? '';
}

function tell(hl: SegmentSource, message: string, work: Work): void {
  work.tell({ ...inSet(hl, 1), severity: 'reject', code: 'tree-invalid', message });
}
