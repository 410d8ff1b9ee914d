const LF = 0x0a;
const CR = 0x0d;

export interface Line {
  /** Without its line break; cut when it is too long. */
  readonly bytes: Buffer;
  readonly isTooLong: boolean;
  /** Bytes from the beginning of the file. */
  readonly offset: number;
}

/** Cuts a stream into lines. Each byte is looked at once; of a line that is too long no more than the limit is held. */
export async function* linesOf(source: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Line> {
  let [parts, held, length, offset]: [Buffer[], number, number, number] = [[], 0, 0, 0];
  const line = (): Line => {
    const whole = Buffer.concat(parts);
    const bytes = whole.at(-1) === CR && whole.length === length ? whole.subarray(0, -1) : whole;
    return { bytes, isTooLong: length > maxBytes + 1, offset };
  };
  const keep = (part: Buffer) => {
    if (held < maxBytes + 1) parts.push(Buffer.from(part.subarray(0, maxBytes + 1 - held)));
    held = Math.min(maxBytes + 1, held + part.length);
    length += part.length;
  };
  for await (const chunk of source) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let from = 0;
    for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, from)) {
      keep(bytes.subarray(from, at));
      yield line();
      offset += length + 1;
      [parts, held, length] = [[], 0, 0];
      from = at + 1;
    }
    keep(bytes.subarray(from));
  }
  if (length > 0) yield line();
}
