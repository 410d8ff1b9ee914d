import type { Finding } from '../edi/finding.ts';
import type { TableShelf } from './shelf.ts';

/** The number of the data element that a finding of an X12 set is about (AK402); '' where no table has it. */
export function elementNumber(
  shelf: TableShelf,
  set: { readonly type: string; readonly release: string },
  { tag, element, component }: Pick<Finding, 'tag' | 'element' | 'component'>,
): string {
  const found = shelf.find({ standard: 'X12', type: set.type, release: set.release });
  const model = found?.graph.table.segments.get(tag)?.elements[element - 1];
  const part = model?.components[component - 1] ?? model;
  // C001 and its like are no numbers of data elements: AK402 takes digits only.
  return part !== undefined && /^\d{1,4}$/.test(part.number) ? part.number : '';
}
