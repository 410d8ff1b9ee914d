import { drawBar, filledOf, wipeBar } from '../bar.ts';

const SMALLEST_BYTES = 10_000_000;

/** Passes bytes on and draws a bar of how far it is, on a terminal and for files that take a while. */
export async function* withProgress(
  source: AsyncIterable<Uint8Array>,
  size: number,
  terminal: NodeJS.WriteStream,
): AsyncGenerator<Uint8Array> {
  const isShown = terminal.isTTY && size >= SMALLEST_BYTES;
  let [read, drawn] = [0, -1];
  for await (const chunk of source) {
    yield chunk;
    read += chunk.length;
    const done = filledOf(read, size);
    if (!isShown || done === drawn) continue;
    drawn = done;
    drawBar(terminal, done);
  }
  if (isShown) wipeBar(terminal);
}
