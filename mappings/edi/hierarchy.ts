/** How an item of a flat list names itself and the item that holds it; '' for one that nothing holds. */
export interface Linked {
  readonly id: string;
  readonly parent: string;
}

export interface Branch<Item> {
  readonly item: Item;
  readonly children: Branch<Item>[];
}

/** Why an item is not in the tree: its id was there before, what should hold it is not there, or it holds itself. */
export type LinkFault = 'duplicate' | 'orphan' | 'cycle';

export interface Hierarchy<Item> {
  readonly roots: readonly Branch<Item>[];
  readonly faults: readonly { readonly item: Item; readonly fault: LinkFault }[];
}

/** A tree from a list whose items name their parent, as HL and CPS do, in whatever order they stand. */
export function hierarchyOf<Item>(items: readonly Item[], linkOf: (item: Item) => Linked): Hierarchy<Item> {
  const branches = new Map<string, Branch<Item>>();
  const faults: { item: Item; fault: LinkFault }[] = [];
  for (const item of items) {
    const { id } = linkOf(item);
    if (branches.has(id)) faults.push({ item, fault: 'duplicate' });
    else branches.set(id, { item, children: [] });
  }
  const roots: Branch<Item>[] = [];
  for (const branch of branches.values()) {
    const { parent } = linkOf(branch.item);
    const holder = parent === '' ? roots : branches.get(parent)?.children;
    if (holder === undefined) faults.push({ item: branch.item, fault: 'orphan' });
    else holder.push(branch);
  }
  const reached = new Set<Branch<Item>>();
  const ahead = [...roots, ...faults.flatMap(({ item }) => branches.get(linkOf(item).id) ?? [])];
  for (let branch = ahead.pop(); branch !== undefined; branch = ahead.pop()) {
    if (!reached.has(branch)) ahead.push(...branch.children);
    reached.add(branch);
  }
  for (const branch of branches.values()) if (!reached.has(branch)) faults.push({ item: branch.item, fault: 'cycle' });
  return { roots, faults };
}
