const PAIRS = 0x80 * 0x80;
const pairs = Array<string>(PAIRS).fill('');

/**
 * The text of two ASCII bytes, made once: most pairs are qualifiers and units that come again and again, and finding one
 * costs less than making it. Other bytes give ''.
 */
export function pairText(first: number, second: number): string {
  if ((first | second) >= 0x80) return '';
  const known = pairs[(first << 7) | second] as string;
  if (known !== '') return known;
  const made = String.fromCharCode(first, second);
  pairs[(first << 7) | second] = made;
  return made;
}
