import { type Delimiters, newlineAt } from '../edi/delimiters.ts';

const DEFAULT = { component: 0x3a, element: 0x2b, release: 0x3f, repetition: 0x2a, terminator: 0x27 } as const;
/** The non-printing service characters of level B; it has no release character. */
const LEVEL_B = { component: 0x1f, element: 0x1d, release: 0, repetition: 0, terminator: 0x1c } as const;
/** S001 begins a UNB; what has none is data that happens to look like it. */
const SYNTAX_IDENTIFIER = /^[A-Za-z]{4}/;
const BLANK = 0x20;
const UNA_BYTES = 9;

export interface FoundUnb {
  readonly delimiters: Delimiters;
  readonly una: string | undefined;
  /** Where the first segment after the UNA begins. */
  readonly segmentAt: number;
  /** It is a message or group in the open: there is no UNB. */
  readonly isImplied: boolean;
}

/**
 * Reads the service characters from the UNA, or finds the defaults by the byte after the tag. Undefined when what stands
 * here is neither UNB nor UNH nor UNG.
 */
export function locateUnb(bytes: Buffer, at: number, to: number): FoundUnb | undefined {
  const una = bytes.latin1Slice(at, at + 3) === 'UNA' ? bytes.latin1Slice(at, Math.min(at + UNA_BYTES, to)) : undefined;
  const segmentAt = una === undefined ? at : afterNoise(bytes, at + UNA_BYTES, to);
  const tag = bytes.latin1Slice(segmentAt, Math.min(segmentAt + 3, to));
  if (tag !== 'UNB' && tag !== 'UNH' && tag !== 'UNG') return undefined;
  if (tag === 'UNB' && !SYNTAX_IDENTIFIER.test(bytes.latin1Slice(segmentAt + 4, Math.min(segmentAt + 8, to))))
    return undefined;
  const characters = una === undefined ? defaultsBy(bytes[segmentAt + 3]) : announced(bytes, at);
  if (characters === undefined || bytes[segmentAt + 3] !== characters.element) return undefined;
  // UNB+UNOC:3: the syntax version is the ninth byte after the tag's first. Before 4 nothing repeats, whatever the UNA says.
  const repeats = tag === 'UNB' && bytes[segmentAt + 9] === 0x34;
  const repetition = repeats ? characters.repetition : 0;
  const newline = newlineAfter(bytes, segmentAt, to, characters);
  return { delimiters: { ...characters, repetition, tag: 0, newline }, una, segmentAt, isImplied: tag !== 'UNB' };
}

function announced(bytes: Buffer, at: number): Omit<Delimiters, 'newline' | 'tag'> {
  const [component = 0, element = 0, , release = 0, repetition = 0, terminator = 0] = bytes.subarray(
    at + 3,
    at + UNA_BYTES,
  );
  const isOther = (byte: number) => byte !== component && byte !== element && byte !== terminator && byte !== release;
  return {
    component,
    element,
    terminator,
    release: release === BLANK ? 0 : release,
    repetition: repetition === BLANK || !isOther(repetition) ? 0 : repetition,
  };
}

function defaultsBy(separator: number | undefined): Omit<Delimiters, 'newline' | 'tag'> | undefined {
  if (separator === DEFAULT.element) return DEFAULT;
  return separator === LEVEL_B.element ? LEVEL_B : undefined;
}

function afterNoise(bytes: Buffer, from: number, to: number): number {
  let at = from;
  while (at < to && [0x20, 0x0d, 0x0a].includes(bytes[at] as number)) at += 1;
  return at;
}

function newlineAfter(
  bytes: Buffer,
  at: number,
  to: number,
  characters: { release: number; terminator: number },
): string {
  for (let place = at; place < to; place += 1) {
    if (bytes[place] === characters.release && characters.release !== 0) place += 1;
    else if (bytes[place] === characters.terminator) {
      return characters.terminator < BLANK && characters.terminator !== LEVEL_B.terminator
        ? ''
        : newlineAt(bytes, place + 1, to);
    }
  }
  return '';
}
