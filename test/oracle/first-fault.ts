import type { Finding } from '../../formats/edi/finding.ts';
import type { FindingCode } from '../../formats/edi/finding-codes.ts';
import { readEdi } from '../../formats/edi/read-edi.ts';
import type { TableShelf } from '../../formats/tables/shelf.ts';
import { checkerOf } from '../../formats/tables/table-checker.ts';

/** Levels name their parents and have to make a tree; the schemas that StAEDI is given say nothing of that. What it is silent on is left out. */
const OF_TREES: readonly FindingCode[] = ['loop-repeated', 'loop-parent-missing', 'loop-in-itself'];

/** What we first find wrong in the set of a file. What a table does not list counts, though it is only noted: StAEDI has no open tables. */
export async function firstFault(bytes: Buffer, shelf: TableShelf): Promise<Finding | undefined> {
  let first: Finding | undefined;
  await readEdi([bytes], { checker: checkerOf(shelf) }, (event) => {
    if (event.kind === 'set-closed') first ??= event.set.findings.find(isFault);
  });
  return first;
}

function isFault({ severity, code }: Finding): boolean {
  if (severity === 'note') return code === 'segment-unlisted' || code === 'element-unlisted';
  return !OF_TREES.includes(code);
}
