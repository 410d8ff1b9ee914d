import { canDelimit, type Delimiters, newlineAt } from '../edi/delimiters.ts';

/** Where the element separator stands in an ISA of the standard's fixed widths, counted from its first byte. */
const SEPARATORS = [3, 6, 17, 20, 31, 34, 50, 53, 69, 76, 81, 83, 89, 99, 101, 103];
const REPETITION_ELEMENT = 11;
const FIRST_VERSION_WITH_REPETITION = '00402';
const CR = 0x0d;

export interface FoundIsa {
  readonly delimiters: Delimiters;
  readonly hasFixedLength: boolean;
}

/**
 * Reads the delimiters out of an ISA: by position, or, where blanks were lost or added, by counting its sixteen
 * separators. Undefined when what stands here is no ISA. The bytes must reach as far as the file or 256 bytes.
 */
export function locateIsa(bytes: Buffer, at: number, to: number): FoundIsa | undefined {
  const element = bytes[at + 3] ?? 0;
  const hasFixedLength = at + 105 < to && SEPARATORS.every((position) => bytes[at + position] === element);
  const last = hasFixedLength ? at + 103 : separatorAt(bytes, at, to, 16);
  if (last === undefined || last + 2 >= to || !(hasFixedLength || namesVersion(bytes, at, to))) return undefined;
  const terminator = bytes[last + 2] as number;
  const after = terminator === CR || terminator === 0x0a ? '' : newlineAt(bytes, last + 3, to);
  const paired = terminator === CR && bytes[last + 3] === 0x0a ? '\n' : after;
  const component = bytes[last + 1] as number;
  const repetition = repetitionOf(bytes, at, to, [element, component, terminator]);
  return {
    delimiters: { element, component, repetition, release: 0, terminator, tag: 0, newline: paired },
    hasFixedLength,
  };
}

/** The place of a separator by its number, or undefined when a line break or 256 bytes come first. */
function separatorAt(bytes: Buffer, at: number, to: number, wanted: number): number | undefined {
  const element = bytes[at + 3];
  let count = 0;
  for (let place = at + 3; place < Math.min(to, at + 256); place += 1) {
    if (bytes[place] === element) count += 1;
    if (count === wanted) return place;
  }
  return undefined;
}

/** ISA12 tells an ISA of wrong length from data that begins like one. */
function namesVersion(bytes: Buffer, at: number, to: number): boolean {
  const [before, after] = [
    separatorAt(bytes, at, to, REPETITION_ELEMENT + 1),
    separatorAt(bytes, at, to, REPETITION_ELEMENT + 2),
  ];
  return before !== undefined && after !== undefined && /^\s*\d{5}\s*$/.test(bytes.latin1Slice(before + 1, after));
}

/** ISA11 separates repetitions from version 00402 on; before, it names the standard (`U`), and some write that on. */
function repetitionOf(bytes: Buffer, at: number, to: number, others: readonly number[]): number {
  const before = separatorAt(bytes, at, to, REPETITION_ELEMENT);
  const between = separatorAt(bytes, at, to, REPETITION_ELEMENT + 1);
  const after = separatorAt(bytes, at, to, REPETITION_ELEMENT + 2);
  if (before === undefined || between !== before + 2 || after === undefined) return 0;
  const candidate = bytes[before + 1] as number;
  const version = bytes.latin1Slice(between + 1, after);
  const isOn = version >= FIRST_VERSION_WITH_REPETITION && canDelimit(candidate) && !others.includes(candidate);
  return isOn ? candidate : 0;
}
