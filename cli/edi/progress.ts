const WIDTH = 40;
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
    const done = Math.min(WIDTH, Math.floor((read / size) * WIDTH));
    if (!isShown || done === drawn) continue;
    drawn = done;
    terminal.write(`\r[${'#'.repeat(done)}${' '.repeat(WIDTH - done)}]`);
  }
  if (isShown) terminal.write('\r\x1b[K');
}
