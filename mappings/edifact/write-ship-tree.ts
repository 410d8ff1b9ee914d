import type { WrittenSegment } from '../../formats/edi/set-tree.ts';
import type { ShipNode, ShipNotice } from '../canonical/ship-notice.ts';
import type { DocumentSource } from '../edi/document-source.ts';
import { Elements, inDocument, type Rule, type Work } from '../edi/rule.ts';
import { writeRules } from '../edi/rules.ts';
import { itemInLine } from './item-numbers.ts';
import { goods, orderOfAll, orderOfGoods, PACKAGE_TYPES, packaged } from './ship-levels.ts';

interface Holder {
  readonly contents?: ShipNode[] | undefined;
}

const ORDER: readonly Rule<ShipNode>[] = orderOfAll;
const PACKAGED: readonly Rule<ShipNode>[] = packaged;
const GOODS: readonly Rule<ShipNode>[] = goods;
const ORDER_OF_GOODS: readonly Rule<ShipNode>[] = orderOfGoods;

/** RFF ON and VN of the shipment as a whole, where it is of one order. */
export function writeSoleOrder(from: DocumentSource<ShipNotice>, to: WrittenSegment[], work: Work): void {
  const sole = soleOrder(from);
  if (sole !== undefined) writeRules(ORDER, sole, to, work);
}

/** The tree as CPS loops. The first one is the shipment itself. */
export function writeShipTree(from: DocumentSource<ShipNotice>, to: WrittenSegment[], work: Work): void {
  const counts = { packages: 1, lines: 0 };
  to.push({ tag: 'CPS', elements: ['1'] });
  const packages = from.take('packages');
  if (packages !== undefined) to.push({ tag: 'PAC', elements: [packages] });
  const sole = soleOrder(from);
  sole?.take('level');
  writeContents(sole ?? from, { counts, parent: 1, order: undefined }, to, work);
}

function soleOrder(from: DocumentSource<ShipNotice>): DocumentSource<ShipNode> | undefined {
  const [only, ...others] = from.items('contents');
  const isSole = others.length === 0 && only?.see('level') === 'order' && only.see('number') !== undefined;
  return isSole ? only : undefined;
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
  const nodes = contentsOf(holder, above.order, work);
  for (const { node, order } of nodes) if (node.see('level') === 'item') writeItem(node, { ...above, order }, to, work);
  for (const { node, order } of nodes)
    if (node.see('level') !== 'item') writePackage(node, { ...above, order }, to, work);
}

interface Ordered {
  readonly node: DocumentSource<ShipNode>;
  readonly order: string | undefined;
}

/** What a node holds, with the contents of orders in their place, and of packages where the partner wants none. */
function contentsOf(
  holder: DocumentSource<ShipNode> | DocumentSource<ShipNotice>,
  order: string | undefined,
  work: Work,
): Ordered[] {
  const held: DocumentSource<Holder> = holder;
  return held.items('contents').flatMap((node) => {
    const level = node.see('level');
    if (level === 'item') return [{ node, order }];
    if (level !== 'order')
      return work.terms.shipStructure === 'items' ? contentsOf(node, order, work) : [{ node, order }];
    node.take('level', 'changed');
    return contentsOf(node, node.take('number', 'changed'), work);
  });
}

function writePackage(node: DocumentSource<ShipNode>, above: Above, to: WrittenSegment[], work: Work): void {
  above.counts.packages += 1;
  const id = above.counts.packages;
  const level = node.take('level') === 'tare' ? 'tare' : 'pack';
  to.push({ tag: 'CPS', elements: [String(id), String(above.parent)] });
  to.push({ tag: 'PAC', elements: ['1', '', PACKAGE_TYPES[level]] });
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
