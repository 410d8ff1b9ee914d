/** The service characters of one interchange, as byte values; 0 stands for a character that is not in use. */
export interface Delimiters {
  readonly element: number;
  readonly component: number;
  readonly repetition: number;
  readonly release: number;
  readonly terminator: number;
  /** Ends the tag in place of an element separator (TRADACOMS `=`). */
  readonly tag: number;
  /** What follows each terminator in the file, to write it back as it came: '', '\n', '\r\n' or '\r'. */
  readonly newline: string;
}

const BLANK = 0x20;

/** Whether a byte is a letter or a digit of ASCII. */
export function isAlphanumeric(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}

/** Whether one byte can separate: never a letter, a digit or a blank, and none of the high bytes that spell letters. */
export function canDelimit(byte: number): boolean {
  return byte !== BLANK && byte > 0 && byte < 0x80 && !isAlphanumeric(byte);
}

/** Which delimiters are alphanumeric, blank or equal to another, so that the interchange cannot be taken apart. */
export function unusableDelimiters(delimiters: Delimiters): ('element' | 'component' | 'terminator')[] {
  const { element, component, terminator } = delimiters;
  const wrong: ('element' | 'component' | 'terminator')[] = [];
  if (!canDelimit(element)) wrong.push('element');
  if (!canDelimit(component) || component === element) wrong.push('component');
  if (!canDelimit(terminator) || terminator === element || terminator === component) wrong.push('terminator');
  return wrong;
}

/** The line break at one place of the bytes: '' when there is none. */
export function newlineAt(bytes: Uint8Array, at: number, end: number): Delimiters['newline'] {
  if (at < end && bytes[at] === 0x0a) return '\n';
  if (at >= end || bytes[at] !== 0x0d) return '';
  return at + 1 < end && bytes[at + 1] === 0x0a ? '\r\n' : '\r';
}
