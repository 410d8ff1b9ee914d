import type { ShipNode, ShipNotice } from '../canonical/ship-notice.ts';
import type { Draft } from '../edi/draft.ts';
import { type Branch, hierarchyOf, type LinkFault } from '../edi/hierarchy.ts';
import { inSet, type Rule, type Work } from '../edi/rule.ts';
import { readRules } from '../edi/rules.ts';
import type { LoopSource, SegmentSource } from '../edi/set-source.ts';
import { itemInLine } from './item-numbers.ts';
import { goods, orderOfAll, orderOfGoods, PACKAGE_TYPES, packaged } from './ship-levels.ts';

interface Holder {
  readonly contents?: ShipNode[] | undefined;
}

interface Found {
  readonly loop: LoopSource;
  readonly cps: SegmentSource;
}

/** 7065 of pallets and other carriers of packs; others are packs. */
const TARES = [PACKAGE_TYPES.tare, '200', '202', '203', '204', '08', '09', 'PX', 'PF', 'SW'];
/** Deeper trees than any shipment has would only exhaust the stack. */
const MOST_LEVELS = 12;

const FAULTS: Readonly<Record<LinkFault, string>> = {
  duplicate: 'Another CPS has the same id.',
  orphan: 'The CPS that should hold this one is not there.',
  cycle: 'The CPS is held by itself.',
};

const ORDER: readonly Rule<ShipNode>[] = orderOfAll;
const PACKAGED: readonly Rule<ShipNode>[] = packaged;
const ITEM: readonly Rule<ShipNode>[] = [...goods, ...orderOfGoods];

/**
 * The CPS loops as the tree of the shipment, whatever their order. One that nothing holds and that has no SSCC is the shipment itself;
 * the others are packages.
 */
export function readShipTree(from: LoopSource, into: Draft<ShipNotice>, work: Work): void {
  const linked = from.loops('CPS').flatMap((loop) => loop.segments('CPS').map((cps) => ({ loop, cps })));
  const { roots, faults } = hierarchyOf(linked, ({ cps }) => ({ id: cps.see(1), parent: cps.see(2) }));
  for (const { item: found, fault } of faults) tell(found.cps, FAULTS[fault], work);
  const holder = orderedBy(from, into, work);
  for (const root of roots) {
    if (isPackage(root.item.loop)) readPackage(root, holder, work, 1);
    else readShipment(root, into, holder, work);
  }
}

/** Where one order is named for all, it holds what was sent. */
function orderedBy(from: LoopSource, into: Draft<ShipNotice>, work: Work): Draft<Holder> {
  const orders = from.segments('RFF').filter((rff) => rff.see(1, 1) === 'ON');
  if (orders.length !== 1) return into;
  const order = into.add('contents');
  order.set('level', 'order');
  readRules(from, ORDER, order, work);
  return order;
}

function isPackage(loop: LoopSource): boolean {
  return loop.everySegment().some((one) => one.tag === 'GIN' && one.see(1) === 'BJ');
}

function readShipment(branch: Branch<Found>, into: Draft<ShipNotice>, holder: Draft<Holder>, work: Work): void {
  const { loop, cps } = branch.item;
  for (const element of [1, 3]) cps.take(element);
  const [pac] = loop.segments('PAC');
  if (pac !== undefined && /^[1-9]\d{0,7}$/.test(pac.see(1)) && into.get('packages') === undefined) {
    into.set('packages', pac.take(1));
  }
  readContents(branch, holder, work, 1);
}

function readPackage(branch: Branch<Found>, into: Draft<Holder>, work: Work, depth: number): void {
  const { loop, cps } = branch.item;
  if (depth > MOST_LEVELS) {
    tell(cps, 'The CPS are nested too deep.', work);
    return;
  }
  for (const element of [1, 2, 3]) cps.take(element);
  const node = into.add('contents');
  const [pac] = loop.loops('PAC');
  const [first] = loop.segments('PAC');
  const type = first?.see(3) ?? '';
  node.set('level', TARES.includes(type) ? 'tare' : 'pack');
  if (first?.see(1) === '1') first.take(1);
  if (TARES.includes(type) || type === PACKAGE_TYPES.pack) first?.take(3);
  if (pac !== undefined) readRules(pac, PACKAGED, node, work);
  readContents(branch, node, work, depth + 1);
}

function readContents(
  { item: { loop }, children }: Branch<Found>,
  into: Draft<Holder>,
  work: Work,
  depth: number,
): void {
  for (const line of loop.loops('LIN')) {
    const node = into.add('contents');
    node.set('level', 'item');
    readItem(line, node, work);
  }
  for (const child of children) readPackage(child, into, work, depth);
}

function readItem(line: LoopSource, node: Draft<ShipNode>, work: Work): void {
  for (const lin of line.segments('LIN')) {
    lin.take(1);
    itemInLine.read(lin, node, work);
  }
  readRules(line, ITEM, node, work);
}

function tell(cps: SegmentSource, message: string, work: Work): void {
  work.tell({ ...inSet(cps, 1), severity: 'reject', code: 'tree-invalid', message });
}
