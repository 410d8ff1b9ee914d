const texts = Array<string>(0x80 * 0x80).fill('');

/**
 * The text of at most two bytes. Of ASCII it is made once: most of these are qualifiers and units that come again and again, and
 * finding one costs less than making it.
 */
export function tinyText(bytes: Buffer, from: number, length: number): string {
  // 0 for a byte that does not count, found without a branch: how long the next value is cannot be foretold.
  const first = (bytes[from] as number) & (-length >> 1);
  const second = (bytes[from + 1] as number) & ((1 - length) >> 1);
  if ((first | second) >= 0x80) return bytes.latin1Slice(from, from + length);
  const place = (first << 7) | second;
  const known = texts[place] as string;
  if (known.length === length) return known;
  const made = bytes.latin1Slice(from, from + length);
  texts[place] = made;
  return made;
}
