const CR = 0x0d;
const LF = 0x0a;
const BREAK = /\r\n|\r|\n/;

/**
 * Joins the lines of a file that was wrapped at a fixed column, a tag or the ISA cut anywhere, and knows where each byte
 * had stood. Only the breaks since the last `forget` are remembered.
 */
export class Unwrapper {
  #joined = 0;
  #removed = 0;
  /** Places in the joined bytes before which something was removed, and how much in all up to there. */
  #places: number[] = [];
  #totals: number[] = [];
  #forgotten = 0;

  /** The bytes without their line breaks, as an array of its own. */
  join(chunk: Uint8Array): Uint8Array {
    const joined = new Uint8Array(chunk.length);
    let length = 0;
    for (const byte of chunk) {
      if (byte === CR || byte === LF) this.#remember(this.#joined + length);
      else {
        joined[length] = byte;
        length += 1;
      }
    }
    this.#joined += length;
    return joined.subarray(0, length);
  }

  /** Where a joined byte stood in the file. */
  originalOffset(joined: number): number {
    let [low, high] = [0, this.#places.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#places[middle] as number) <= joined) low = middle + 1;
      else high = middle;
    }
    return joined + (low === 0 ? this.#forgotten : (this.#totals[low - 1] as number));
  }

  /** Nothing before this joined byte will be asked for again. */
  forget(before: number): void {
    let count = 0;
    while (count < this.#places.length && (this.#places[count] as number) <= before) count += 1;
    if (count === 0) return;
    this.#forgotten = this.#totals[count - 1] as number;
    this.#places.splice(0, count);
    this.#totals.splice(0, count);
  }

  #remember(place: number): void {
    this.#removed += 1;
    if (this.#places.at(-1) === place) this.#totals[this.#totals.length - 1] = this.#removed;
    else {
      this.#places.push(place);
      this.#totals.push(this.#removed);
    }
  }
}

/**
 * Whether the head of a file (4 KB of it) is wrapped: all lines but the last are equally long, and at least one break
 * stands inside a segment. One line break per segment is no wrapping, and neither is a terminator that is a line break.
 */
export function isWrapped(head: Buffer): boolean {
  const text = head
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .replaceAll('\0', '')
    .replaceAll('\u001a', '')
    .trimEnd();
  // Two lines tell of most files that they are not.
  const [first = '', second, third] = text.split(BREAK, 3);
  const width = first.length;
  if (second === undefined || width < 20 || (third !== undefined && second.length !== width)) return false;
  const lines = text.split(BREAK);
  if (lines.slice(0, -1).some((line) => line.length !== width) || (lines.at(-1)?.length ?? 0) > width) return false;
  const terminator = terminatorOf(lines.join(''));
  return terminator !== undefined && lines.slice(0, -1).some((line) => !line.trimEnd().endsWith(terminator));
}

function terminatorOf(text: string): string | undefined {
  const start = text.trimStart();
  if (start.startsWith('UNA')) return start[8];
  if (start.startsWith('UNB') || start.startsWith('STX=')) return "'";
  return start.startsWith('ISA') && start[103] === start[3] ? start[105] : undefined;
}
