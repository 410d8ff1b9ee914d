import { EDIFACT_RULES } from '../edifact/rules.ts';
import { locateUnb } from '../edifact/unb.ts';
import { TRADACOMS_DELIMITERS } from '../tradacoms/delimiters.ts';
import { TRADACOMS_RULES } from '../tradacoms/rules.ts';
import { impliedX12Delimiters } from '../x12/implied.ts';
import { locateIsa } from '../x12/isa.ts';
import { X12_RULES } from '../x12/rules.ts';
import { type Delimiters, isAlphanumeric, newlineAt, unusableDelimiters } from './delimiters.ts';
import type { FindingCode } from './finding-codes.ts';
import type { EnvelopeRules } from './rules.ts';

/** Bytes needed from the first of a header to say what it is; at the end of the file there may be fewer. */
export const HEADER_BYTES = 512;

export interface FoundHeader {
  readonly rules: EnvelopeRules;
  readonly delimiters: Delimiters;
  /** Where the first segment begins: the UNA is none. */
  readonly segmentAt: number;
  readonly una: string | undefined;
  readonly headerIsFixed: boolean;
  /** It is a set or group in the open, not the header of an interchange. */
  readonly isImplied: boolean;
  readonly codes: readonly FindingCode[];
}

type Refused = { readonly refused: FindingCode };

/** What tells a header from a segment of the set at hand that happens to have its tag. */
const UNMISTAKABLE = /^(ISA|UNA|UNB.UNO[A-Z]|UIB\+UNO|STX=ANA)/s;

/** What begins at this place inside an interchange: the header of the next one, one that is refused, or neither. */
export function nextHeaderAt(bytes: Buffer, at: number, to: number): FoundHeader | Refused | undefined {
  const start = bytes.latin1Slice(at, Math.min(at + 9, to));
  const header = UNMISTAKABLE.test(start) ? headerAt(bytes, at, to) : undefined;
  return header !== undefined && 'isImplied' in header && header.isImplied ? undefined : header;
}

function headerAt(bytes: Buffer, at: number, to: number): FoundHeader | Refused | undefined {
  const start = bytes.latin1Slice(at, Math.min(at + 9, to));
  if (start.startsWith('ISA')) return isaAt(bytes, at, to);
  if (start.startsWith('UNA') || start.startsWith('UNB')) return unbAt(bytes, at, to);
  if (start.startsWith('UIB')) return bytes[at + 3] === 0x2b ? { refused: 'interactive-refused' } : undefined;
  if (/^STX=[A-Z]{3,4}[:+']/.test(start)) return tradacomsAt(bytes, at, to, false);
  return undefined;
}

/** What begins at this place, sets and groups in the open included. */
function startAt(bytes: Buffer, at: number, to: number): FoundHeader | Refused | undefined {
  const header = headerAt(bytes, at, to);
  if (header !== undefined) return header;
  const start = bytes.latin1Slice(at, Math.min(at + 9, to));
  if (/^MHD=\d/.test(start)) return tradacomsAt(bytes, at, to, true);
  if (start.startsWith('UNH') || start.startsWith('UNG')) return unbAt(bytes, at, to);
  const delimiters = impliedX12Delimiters(bytes, at, to);
  if (delimiters === undefined || unusableDelimiters(delimiters).length > 0) return undefined;
  return { ...found(X12_RULES, delimiters, at), isImplied: true };
}

/**
 * Looks for the next header between two places. `at` is how far one may go: up to the header, or to where it takes more
 * bytes to say.
 */
export function seekHeader(
  bytes: Buffer,
  from: number,
  to: number,
  isFinal: boolean,
): { readonly at: number; readonly header: FoundHeader | Refused | undefined } {
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] as number;
    const isCandidate = byte === 0x49 || byte === 0x55 || byte === 0x53 || byte === 0x4d || byte === 0x47;
    if (!isCandidate || (at > from && isAlphanumeric(bytes[at - 1] as number))) continue;
    if (to - at < HEADER_BYTES && !isFinal) return { at, header: undefined };
    const header = startAt(bytes, at, to);
    if (header !== undefined) return { at, header };
  }
  return { at: to, header: undefined };
}

/** Where the repetition separator stands in an ISA; as an element separator it would split the ISA once more. */
const ISA11 = 82;

function isaAt(bytes: Buffer, at: number, to: number): FoundHeader | Refused | undefined {
  const isa = locateIsa(bytes, at, to);
  if (isa === undefined) return undefined;
  const isSplit = isa.hasFixedLength && bytes[at + ISA11] === isa.delimiters.element;
  if (isSplit || unusableDelimiters(isa.delimiters).length > 0)
    return isa.hasFixedLength ? { refused: 'delimiters-refused' } : undefined;
  const codes: FindingCode[] = isa.hasFixedLength ? [] : ['header-length'];
  return { ...found(X12_RULES, isa.delimiters, at), headerIsFixed: true, codes };
}

function unbAt(bytes: Buffer, at: number, to: number): FoundHeader | Refused | undefined {
  const unb = locateUnb(bytes, at, to);
  if (unb === undefined) return undefined;
  if (unusableDelimiters(unb.delimiters).length > 0) return { refused: 'delimiters-refused' };
  const { una, isImplied } = unb;
  return { ...found(EDIFACT_RULES, unb.delimiters, unb.segmentAt), una, isImplied };
}

function tradacomsAt(bytes: Buffer, at: number, to: number, isImplied: boolean): FoundHeader {
  const end = bytes.indexOf(TRADACOMS_DELIMITERS.terminator, at);
  const newline = end === -1 || end >= to ? '' : newlineAt(bytes, end + 1, to);
  return { ...found(TRADACOMS_RULES, { ...TRADACOMS_DELIMITERS, newline }, at), isImplied };
}

function found(rules: EnvelopeRules, delimiters: Delimiters, segmentAt: number): FoundHeader {
  return { rules, delimiters, segmentAt, una: undefined, headerIsFixed: false, isImplied: false, codes: [] };
}

const FIRST_TAGS = new Set(['ISA', 'UNA', 'UNB', 'UNG', 'UNH', 'STX']);
/** The same tags as EBCDIC spells them. */
const FIRST_TAGS_IN_EBCDIC = new Set(['c9e2c1', 'e4d5c1', 'e4d5c2', 'e4d5c7', 'e4d5c8', 'e2e3e7']);
const BYTE_ORDER_MARKS = new Set(['fffe', 'feff']);
const EBCDIC_BLANK = 0x40;

/** Whether a file begins in UTF-16 or EBCDIC: by its mark, or by its first tag, blanks and line breaks before it let pass. */
export function isOtherEncoding(head: Buffer): boolean {
  const letter = head.findIndex((byte) => byte > 0x20);
  const inUtf16 = [0, 2, 4].map((step) => String.fromCharCode(head[letter + step] ?? 0)).join('');
  const isUtf16 = head[letter + 1] === 0 && head[letter + 3] === 0 && FIRST_TAGS.has(inUtf16);
  const ebcdic = head.findIndex((byte) => byte > EBCDIC_BLANK);
  const isEbcdic = FIRST_TAGS_IN_EBCDIC.has(head.toString('hex', ebcdic, ebcdic + 3));
  return isUtf16 || isEbcdic || BYTE_ORDER_MARKS.has(head.toString('hex', 0, 2));
}
