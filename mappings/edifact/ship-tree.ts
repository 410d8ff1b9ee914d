import type { ShipNotice } from '../canonical/ship-notice.ts';
import type { Carried } from '../edi/codec.ts';
import type { Rule } from '../edi/rule.ts';
import { itemInLine } from './item-numbers.ts';
import { readShipTree } from './read-ship-tree.ts';
import { goods, orderOfAll, orderOfGoods, packaged } from './ship-levels.ts';
import { writeShipTree, writeSoleOrder } from './write-ship-tree.ts';

/** The order of the shipment as a whole. It is read with the tree, which stands in it. */
export const soleOrderWritten: Rule<ShipNotice> = {
  carries: [],
  matches: () => true,
  read: () => undefined,
  write: writeSoleOrder,
};

/** The CPS loops, and what they hold. */
export const shipTree: Rule<ShipNotice> = {
  carries: [
    { path: 'packages', form: { kind: 'pattern', pattern: /^[1-9]\d{0,7}$/ } },
    ...below('order', orderOfAll),
    ...below('item', [itemInLine, ...goods, ...orderOfGoods]),
    ...below('tare', packaged),
    ...below('pack', packaged),
  ],
  matches: () => true,
  read: readShipTree,
  write: writeShipTree,
};

function below(level: string, rules: readonly { readonly carries: readonly Carried[] }[]): Carried[] {
  const carries = rules.flatMap((rule) => rule.carries);
  return carries.map(({ path, form }) => ({ path: `contents.${level}.${path}`, form }));
}
