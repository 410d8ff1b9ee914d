import type { WrittenSegment } from '../../formats/edi/set-tree.ts';
import type { ShipNode, ShipNotice } from '../canonical/ship-notice.ts';
import type { Carried } from '../edi/codec.ts';
import type { DocumentSource } from '../edi/document-source.ts';
import type { Draft } from '../edi/draft.ts';
import { type Branch, hierarchyOf, type LinkFault } from '../edi/hierarchy.ts';
import { Elements, inDocument, inSet, type Rule, type Work } from '../edi/rule.ts';
import { readRules, writeRules } from '../edi/rules.ts';
import type { LoopSource, SegmentSource } from '../edi/set-source.ts';
import { itemInLine } from './item-numbers.ts';
import { goods, orderOfAll, orderOfGoods, packaged } from './ship-levels.ts';

interface Holder {
  readonly contents?: ShipNode[] | undefined;
}

interface Found {
  readonly loop: LoopSource;
  readonly cps: SegmentSource;
}

/** 7065 of pallets and other carriers of packs; others are packs. */
const TARES = ['201', '200', '202', '203', '204', '08', '09', 'PX', 'PF', 'SW'];
const WRITTEN_TYPES = { tare: '201', pack: 'CT' } as const;
/** Deeper trees than any shipment has would only exhaust the stack. */
const MOST_LEVELS = 12;

const FAULTS: Readonly<Record<LinkFault, string>> = {
  duplicate: 'Another CPS has the same id.',
  orphan: 'The CPS that should hold this one is not there.',
  cycle: 'The CPS is held by itself.',
};

const ORDER: readonly Rule<ShipNode>[] = orderOfAll;
const PACKAGED: readonly Rule<ShipNode>[] = packaged;
const GOODS: readonly Rule<ShipNode>[] = goods;
const ORDER_OF_GOODS: readonly Rule<ShipNode>[] = orderOfGoods;

const itemCarries = [...itemInLine.carries, ...[...goods, ...orderOfGoods].flatMap(({ carries }) => carries)];
const packageCarries = packaged.flatMap(({ carries }) => carries);
const orderCarries = orderOfAll.flatMap(({ carries }) => carries);

/**
 * The CPS loops as the tree of the shipment, whatever their order. One that nothing holds and that has no SSCC is the shipment itself;
 * the others are packages.
 */
export const shipTree: Rule<ShipNotice> = {
  carries: [
    { path: 'packages', form: { kind: 'pattern', pattern: /^[1-9]\d{0,7}$/ } },
    ...below('order', orderCarries),
    ...below('item', itemCarries),
    ...(['tare', 'pack'] as const).flatMap((level) => below(level, packageCarries)),
  ],
  matches: () => true,
  read(from, into, work) {
    const linked = from.loops('CPS').flatMap((loop) => loop.segments('CPS').map((cps) => ({ loop, cps })));
    const { roots, faults } = hierarchyOf(linked, ({ cps }) => ({ id: cps.see(1), parent: cps.see(2) }));
    for (const { item: found, fault } of faults) tell(found.cps, FAULTS[fault], work);
    const holder = orderedBy(from, into, work);
    for (const root of roots) {
      if (isPackage(root.item.loop)) readPackage(root, holder, work, 1);
      else readShipment(root, into, holder, work);
    }
  },
  write(from, to, work) {
    const counts = { packages: 1, lines: 0 };
    to.push({ tag: 'CPS', elements: ['1'] });
    const packages = from.take('packages');
    if (packages !== undefined) to.push({ tag: 'PAC', elements: [packages] });
    const sole = soleOrder(from);
    sole?.take('level');
    writeContents(sole ?? from, { counts, parent: 1, order: undefined }, to, work);
  },
};

/** RFF ON and VN of the shipment as a whole, where it is of one order. */
export const soleOrderWritten: Rule<ShipNotice> = {
  carries: [],
  matches: () => true,
  read: () => undefined,
  write(from, to, work) {
    const sole = soleOrder(from);
    if (sole !== undefined) writeRules(ORDER, sole, to, work);
  },
};

function soleOrder(from: DocumentSource<ShipNotice>): DocumentSource<ShipNode> | undefined {
  const [only, ...others] = from.items('contents');
  const isSole = others.length === 0 && only?.see('level') === 'order' && only.see('number') !== undefined;
  return isSole ? only : undefined;
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
  if (TARES.includes(type) || type === WRITTEN_TYPES.pack) first?.take(3);
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
  readRules(line, [...GOODS, ...ORDER_OF_GOODS], node, work);
}

interface Above {
  /** Numbers given out so far, to CPS and to LIN. */
  readonly counts: { packages: number; lines: number };
  readonly parent: number;
  /** The order above, which has no place of its own: its goods name it. */
  readonly order: string | undefined;
}

/** Items stand in the CPS of what holds them, so they come before the packages beside them. */
function writeContents(
  holder: DocumentSource<ShipNode> | DocumentSource<ShipNotice>,
  above: Above,
  to: WrittenSegment[],
  work: Work,
): void {
  const nodes = contentsOf(holder, above);
  for (const { node, order } of nodes) if (node.see('level') === 'item') writeItem(node, { ...above, order }, to, work);
  for (const { node, order } of nodes)
    if (node.see('level') !== 'item') writePackage(node, { ...above, order }, to, work);
}

interface Ordered {
  readonly node: DocumentSource<ShipNode>;
  readonly order: string | undefined;
}

/** What a node holds, with the contents of orders in their place. */
function contentsOf(
  holder: DocumentSource<ShipNode> | DocumentSource<ShipNotice>,
  { order }: Pick<Above, 'order'>,
): Ordered[] {
  const held: DocumentSource<Holder> = holder;
  return held.items('contents').flatMap((node) => {
    if (node.see('level') !== 'order') return [{ node, order }];
    node.take('level', 'changed');
    return contentsOf(node, { order: node.take('number', 'changed') });
  });
}

function writePackage(node: DocumentSource<ShipNode>, above: Above, to: WrittenSegment[], work: Work): void {
  above.counts.packages += 1;
  const id = above.counts.packages;
  const level = node.take('level') === 'tare' ? 'tare' : 'pack';
  to.push({ tag: 'CPS', elements: [String(id), String(above.parent)] });
  to.push({ tag: 'PAC', elements: ['1', '', WRITTEN_TYPES[level]] });
  writeRules(PACKAGED, node, to, work);
  writeContents(node, { ...above, parent: id }, to, work);
}

function writeItem(node: DocumentSource<ShipNode>, { counts, order }: Above, to: WrittenSegment[], work: Work): void {
  if (node.items('contents').length > 0) {
    const message = 'An item that holds other things has no place in DESADV.';
    work.tell({ ...inDocument(node.where('contents')), severity: 'reject', code: 'tree-invalid', message });
  }
  node.take('level');
  const lin = new Elements();
  counts.lines += 1;
  lin.fill(String(counts.lines), 1);
  itemInLine.write(node, lin, work);
  to.push({ tag: 'LIN', elements: lin.written() });
  writeRules(GOODS, node, to, work);
  if (order !== undefined && node.see('orderNumber') === undefined) {
    to.push({ tag: 'RFF', elements: [['ON', order, node.take('number') ?? '']] });
  } else writeRules(ORDER_OF_GOODS, node, to, work);
}

function below(level: string, carries: readonly Carried[]): Carried[] {
  return carries.map(({ path, form }) => ({ path: `contents.${level}.${path}`, form }));
}

function tell(cps: SegmentSource, message: string, work: Work): void {
  work.tell({ ...inSet(cps, 1), severity: 'reject', code: 'tree-invalid', message });
}
