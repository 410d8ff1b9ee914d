import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import type { CsvEncoding } from './dialect.ts';

/** Bytes that are no text in the declared encoding: of the whole file when nothing behind them can be trusted. */
export interface TextProblem {
  readonly scope: 'file' | 'row';
  readonly text: string;
}

const LF = 10;
const CR = 13;
const C1 = /[\u0080-\u009f]/;

/** The text of a block of bytes. What can be checked for the whole block at once is checked once, here. */
export class BlockText {
  readonly #bytes: Buffer;
  readonly #encoding: CsvEncoding;
  readonly #clean: boolean;
  readonly #ascii: boolean;

  constructor(bytes: Buffer, last: boolean, encoding: CsvEncoding) {
    this.#bytes = bytes;
    this.#encoding = encoding;
    // Behind the last line end a character may be cut; a record is only read when its line end is here, or nothing follows.
    const wholeTo = last ? bytes.length : Math.max(bytes.lastIndexOf(LF), bytes.lastIndexOf(CR)) + 1;
    const whole = bytes.subarray(0, wholeTo);
    this.#ascii = isAscii(whole);
    this.#clean = !whole.includes(0) && (encoding !== 'utf-8' || this.#ascii || isUtf8(whole));
  }

  /** The text of a complete record, or what is wrong with it. */
  read(start: number, end: number): string | TextProblem {
    const problem = this.#clean ? undefined : fileProblem(this.#bytes.subarray(start, end), this.#encoding);
    if (problem !== undefined) return problem;
    if (this.#ascii) return this.#bytes.toString('latin1', start, end);
    if (this.#encoding === 'utf-8') return this.#bytes.toString('utf8', start, end);
    return singleByteText(this.#bytes, start, end, this.#encoding);
  }
}

function fileProblem(bytes: Buffer, encoding: CsvEncoding): TextProblem | undefined {
  if (bytes.includes(0)) return { scope: 'file', text: 'holds a NUL byte: this is no text file, or one in UTF-16' };
  if (encoding !== 'utf-8' || isUtf8(bytes)) return undefined;
  return { scope: 'file', text: 'is no valid UTF-8: is the file windows-1252?' };
}

/**
 * The two encodings differ only in 0x80 to 0x9F: letters and signs in Windows-1252 (five bytes undefined), control
 * characters that no file means in ISO-8859-1. Node's own `latin1` is ISO-8859-1.
 */
function singleByteText(bytes: Buffer, start: number, end: number, encoding: CsvEncoding): string | TextProblem {
  const text = bytes.toString('latin1', start, end);
  if (!C1.test(text)) return text;
  if (encoding === 'iso-8859-1') {
    return { scope: 'row', text: 'holds a byte between 0x80 and 0x9F: is the file windows-1252?' };
  }
  const decoded = iconv.decode(bytes.subarray(start, end), 'windows-1252');
  if (!decoded.includes('\ufffd')) return decoded;
  return { scope: 'row', text: 'holds a byte that windows-1252 does not define' };
}
