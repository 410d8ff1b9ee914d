const texts = Array<string | undefined>(0x80 * 0x80).fill(undefined);

/**
 * The text of at most two bytes. Of ASCII it is made once: most of these are qualifiers and units that come again and again, and
 * finding one costs less than making it.
 */
export function tinyText(bytes: Buffer, from: number, length: number): string {
  // One more than the byte, and 0 where there is none, found without a branch: how long the next value is cannot be foretold.
  const first = ((bytes[from] as number) + 1) & (-length >> 1);
  const second = ((bytes[from + 1] as number) + 1) & ((1 - length) >> 1);
  if ((first | second) >= 0x80) return bytes.latin1Slice(from, from + length);
  const place = (first << 7) | second;
  const known = texts[place];
  if (known !== undefined) return known;
  const made = bytes.latin1Slice(from, from + length);
  texts[place] = made;
  return made;
}
