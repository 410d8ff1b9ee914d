const DIGIT_0 = 0x30;

/** The number that a text says which has nothing but digits, no more than a number holds exactly; -1 for any other, and 0 for ''. */
export function digitsIn(text: string): number {
  let number = 0;
  for (let at = 0; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - DIGIT_0;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}
