import type { SegmentCursor } from './cursor.ts';
import { isOtherEncoding } from './find-header.ts';
import { isWrapped, Unwrapper } from './unwrap.ts';

const HEAD_BYTES = 4096;
const NOTHING = Buffer.alloc(0);
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** What the first 4 KB of a file say about the whole of it. */
export interface FileStart {
  readonly isOtherEncoding: boolean;
  readonly hasByteOrderMark: boolean;
  readonly isWrapped: boolean;
}

/** Hands bytes to the cursor: holds back the head of the file until it can be judged, and joins wrapped lines. */
export class Intake {
  readonly #cursor: SegmentCursor;
  readonly #wrapped: 'auto' | 'on' | 'off';
  #head: Buffer | undefined = NOTHING;
  #unwrapper: Unwrapper | undefined;
  #skipped = 0;

  constructor(cursor: SegmentCursor, wrapped: 'auto' | 'on' | 'off') {
    this.#cursor = cursor;
    this.#wrapped = wrapped;
  }

  /** Takes bytes. The answer, given once, says how the file begins. */
  push(chunk: Uint8Array): FileStart | undefined {
    if (this.#head === undefined) {
      this.#cursor.push(this.#joined(chunk));
      return undefined;
    }
    if (this.#head === NOTHING && chunk.length >= HEAD_BYTES) {
      return this.#start(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length));
    }
    this.#head = Buffer.concat([this.#head, chunk]);
    return this.#head.length < HEAD_BYTES ? undefined : this.#start(this.#head);
  }

  /** No more bytes come. */
  finish(): FileStart | undefined {
    const start = this.#head === undefined ? undefined : this.#start(this.#head);
    this.#cursor.finish();
    return start;
  }

  /** Where a byte of the cursor stood in the file. */
  fileOffset(offset: number): number {
    return this.#skipped + (this.#unwrapper === undefined ? offset : this.#unwrapper.originalOffset(offset));
  }

  #start(head: Buffer): FileStart {
    this.#head = undefined;
    const hasByteOrderMark = head.subarray(0, 3).equals(BYTE_ORDER_MARK);
    this.#skipped = hasByteOrderMark ? BYTE_ORDER_MARK.length : 0;
    const body = head.subarray(this.#skipped);
    const wrapped = this.#wrapped === 'on' || (this.#wrapped === 'auto' && isWrapped(body.subarray(0, HEAD_BYTES)));
    if (wrapped) this.#unwrapper = new Unwrapper();
    this.#cursor.push(this.#joined(body));
    return { isOtherEncoding: isOtherEncoding(head), hasByteOrderMark, isWrapped: wrapped };
  }

  #joined(chunk: Uint8Array): Uint8Array {
    if (this.#unwrapper === undefined) return chunk;
    this.#unwrapper.forget(this.#cursor.segment.offset);
    return this.#unwrapper.join(chunk);
  }
}
