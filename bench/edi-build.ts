import { BUILT_IN_TABLES } from '../formats/tables/built-in.ts';
import { TableShelf } from '../formats/tables/shelf.ts';
import { WrittenChecker } from '../formats/tables/written-checker.ts';
import { X12Writer } from '../formats/x12/write-x12.ts';
import type { EdiSample } from './edi-samples.ts';

const PROFILE = {
  sender: { qualifier: 'ZZ', id: 'SENDER' },
  receiver: { qualifier: 'ZZ', id: 'RECEIVER' },
  version: '00401',
  usage: 'P',
  wantsAcknowledgment: false,
  delimiters: { element: 42, component: 62, repetition: 0, release: 0, terminator: 126, tag: 0, newline: '\n' },
  characters: { repertoire: 'x12-extended', missing: 'refuse' },
  delimiterInValue: 'refuse',
  timeZone: 'UTC',
  groupControlDigits: 1,
  setControlDigits: 4,
} as const;

/** Writes as many bytes as the sample has, set by set, from one order held as arrays. */
export function buildX12(sample: EdiSample): number {
  return build(sample, undefined);
}

/** The same, each set checked against its table before it is written. */
export function buildChecked(sample: EdiSample): number {
  const found = new TableShelf(BUILT_IN_TABLES).find({ standard: 'X12', type: '850', release: '004010' });
  if (found === undefined) throw new Error('there is no table for 850');
  return build(sample, new WrittenChecker(found.graph));
}

function build({ bytes }: EdiSample, checker: WrittenChecker | undefined): number {
  const text = bytes.latin1Slice(bytes.indexOf('BEG'), bytes.indexOf('SE*'));
  const segments = text
    .trim()
    .split('~\n')
    .filter((line) => line !== '');
  const order = segments
    .map((line) => line.replace('~', '').split('*'))
    .map(([tag = '', ...elements]) => ({ tag, elements }));
  const writer = new X12Writer(PROFILE, 905, new Date(0));
  writer.openGroup({ functionalId: 'PO', sender: 'S', receiver: 'R', control: 1, version: '004010' });
  let written = 0;
  while (written < bytes.length) {
    writer.openSet('850');
    for (const segment of order) checker?.take(segment);
    if ((checker?.end().length ?? 0) > 0) throw new Error('the sample is not clean');
    for (const { tag, elements } of order) writer.segment(tag, elements);
    writer.closeSet();
    written += writer.take().length;
  }
  return written;
}
