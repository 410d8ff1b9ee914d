import type { EdiEvent } from './events.ts';
import { EdiReader } from './reader.ts';
import type { EdiSettings } from './settings.ts';

/** Bytes handed over at once, whatever the source gives: larger pieces cost memory and win no time. */
const PIECE_BYTES = 65_536;

/**
 * Reads EDI from any source of bytes in constant memory and hands each event to `take`, in the order of the file. What
 * `take` gets is valid during the call, strings taken from it for ever. Throws only what the source or `take` throws.
 */
export async function readEdi(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  settings: EdiSettings,
  take: (event: EdiEvent) => void,
): Promise<void> {
  const reader = new EdiReader(settings);
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      reader.push(chunk.subarray(at, at + PIECE_BYTES));
      drain(reader, take);
    }
  }
  reader.end();
  drain(reader, take);
}

function drain(reader: EdiReader, take: (event: EdiEvent) => void): void {
  for (let event = reader.next(); event !== undefined; event = reader.next()) take(event);
}
