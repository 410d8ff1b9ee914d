import type { WrittenSegment } from '../../../formats/edi/set-tree.ts';
import { EDIFACT_DELIMITERS, type EdifactProfile, EdifactWriter } from '../../../formats/edifact/write-edifact.ts';

const PROFILE: EdifactProfile = {
  sender: { id: '5790000000001', qualifier: '14' },
  receiver: { id: '5790000000002', qualifier: '14' },
  syntaxVersion: '3',
  characters: { repertoire: 'UNOC', missing: 'refuse' },
  delimiters: { ...EDIFACT_DELIMITERS, newline: '\n' },
  writesUna: true,
  timeZone: 'UTC',
  isTest: false,
  wantsAcknowledgment: false,
};

/** One message as the bytes of an interchange. `release` is `D.96A`. */
export function written(message: string, segments: readonly WrittenSegment[], release: string): Buffer {
  const writer = new EdifactWriter(PROFILE, 'REF1', new Date('2026-11-27T00:00:00Z'));
  writer.openMessage([message, ...release.split('.'), 'UN']);
  for (const { tag, elements } of segments) writer.segment(tag, elements);
  writer.closeMessage();
  writer.closeInterchange();
  return writer.take();
}
