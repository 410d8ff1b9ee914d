import type { WrittenSegment } from '../../../formats/edi/set-tree.ts';
import { chooseX12Delimiters } from '../../../formats/x12/choose-delimiters.ts';
import { X12Writer } from '../../../formats/x12/write-x12.ts';

const PARTY = { qualifier: 'ZZ', id: 'US' };

/** One set as the bytes of an interchange. */
export function written(set: string, segments: readonly WrittenSegment[]): Buffer {
  const values = segments.flatMap(({ elements }) => elements.flat().map(String));
  const writer = new X12Writer(
    {
      sender: PARTY,
      receiver: PARTY,
      version: '00401',
      usage: 'P',
      wantsAcknowledgment: false,
      delimiters: chooseX12Delimiters(values, '00401'),
      characters: { repertoire: 'x12-utf-8', missing: 'refuse' },
      delimiterInValue: 'refuse',
      timeZone: 'UTC',
      groupControlDigits: 1,
      setControlDigits: 4,
    },
    1,
    new Date('2026-11-27T00:00:00Z'),
  );
  writer.openGroup({ functionalId: 'PO', sender: 'US', receiver: 'US', control: 1, version: '004010' });
  writer.openSet(set);
  for (const { tag, elements } of segments) writer.segment(tag, elements);
  writer.closeSet();
  writer.closeGroup();
  writer.closeInterchange();
  return writer.take();
}
