import { X12Writer } from '../formats/x12/write-x12.ts';
import type { EdiSample } from './edi-samples.ts';

const PIECE = 65_536;

/** What everything is held against: pieces are decoded, cut by segment, element and component, and nothing is kept. */
export function splitSegments({ bytes, terminator, element, component }: EdiSample): number {
  let [carry, letters] = ['', 0];
  for (let at = 0; at < bytes.length; at += PIECE) {
    const segments = (carry + bytes.latin1Slice(at, Math.min(at + PIECE, bytes.length))).split(terminator);
    carry = segments.pop() ?? '';
    for (const segment of segments) {
      for (const text of segment.split(element)) {
        if (component === undefined) letters += text.length;
        else for (const part of text.split(component)) letters += part.length;
      }
    }
  }
  return letters;
}

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
export function buildX12({ bytes }: EdiSample): number {
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
    for (const { tag, elements } of order) writer.segment(tag, elements);
    writer.closeSet();
    written += writer.take().length;
  }
  return written;
}
