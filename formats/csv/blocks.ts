/**
 * Cuts and joins a byte stream into blocks of `size` bytes (the last one shorter), whatever the sizes of its chunks: tiny
 * chunks would make the parser look at a record again and again, huge ones would hold up the event loop.
 */
export async function* blocksOf(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  for await (const chunk of source) {
    waiting.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    waitingBytes += chunk.byteLength;
    if (waitingBytes < size) continue;
    const joined = waiting.length === 1 && waiting[0] !== undefined ? waiting[0] : Buffer.concat(waiting);
    let at = 0;
    for (; at + size <= joined.length; at += size) yield joined.subarray(at, at + size);
    waiting = [joined.subarray(at)];
    waitingBytes = joined.length - at;
  }
  if (waitingBytes > 0) yield Buffer.concat(waiting);
}
