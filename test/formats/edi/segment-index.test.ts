import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import fc from 'fast-check';
import wabt from 'wabt';
import * as kinds from '../../../formats/edi/byte-kinds.ts';
import { charactersOf } from '../../../formats/edi/characters.ts';
import type { EdiEvent } from '../../../formats/edi/events.ts';
import { EdiReader } from '../../../formats/edi/reader.ts';
import { packTag } from '../../../formats/edi/segment.ts';
import * as index from '../../../formats/edi/segment-index.ts';
import { ORDERS, set850, x12 } from './samples.ts';

test('segment-scan.wasm is what its text compiles to', async () => {
  const [text, compiled] = await Promise.all(
    ['wat', 'wasm'].map((ending) => readFile(new URL(`../../../formats/edi/segment-scan.${ending}`, import.meta.url))),
  );
  const { buffer } = (await wabt()).parseWat('segment-scan.wat', text!.toString()).toBinary({});
  assert.ok(compiled!.equals(buffer), 'npx wat2wasm formats/edi/segment-scan.wat -o formats/edi/segment-scan.wasm');
});

interface Found {
  readonly start: number;
  readonly tag: number;
  readonly flags: number;
  readonly marks: readonly number[];
  /** The marks that end its tag and its elements. */
  readonly ends: readonly number[];
}

/** The rule, said plainly: the whole segments of the first 8 KiB. */
function plainly(bytes: Buffer, from: number, to: number, table: Uint8Array): Found[] {
  const found: Found[] = [];
  const last = Math.min(to, from + 8192);
  let [at, start, flags, marks, ends]: [number, number, number, number[], number[]] = [from, from, 0, [], []];
  for (; at < last; at += 1) {
    const kind = table[bytes[at]!]!;
    if (kind === kinds.LETTER) flags |= index.HAS_LETTERS;
    if (kind === kinds.CONTROL) flags |= index.HAS_CONTROLS;
    if (kind === kinds.RELEASE) {
      at += 1;
      flags |= bytes[at]! < 0x80 ? index.HAS_RELEASE : index.HAS_RELEASE | index.HAS_LETTERS;
    }
    if (kind === kinds.REPETITION) flags |= index.HAS_REPETITIONS;
    const endsElement =
      kind === kinds.ELEMENT || kind === kinds.TERMINATOR || (kind === kinds.TAG && marks.length === 0);
    if (endsElement) ends.push(at);
    if (endsElement || kind === kinds.REPETITION || kind === kinds.COMPONENT) marks.push(at);
    if (kind !== kinds.TERMINATOR) continue;
    found.push({ start, tag: packTag(bytes.latin1Slice(start, marks[0]!)), flags, marks, ends });
    while (at + 1 < last && index.IS_NOISE[bytes[at + 1]!] === 1) at += 1;
    [start, flags, marks, ends] = [at + 1, 0, [], []];
  }
  return found;
}

/** What the index holds, in the same form. */
function indexed({ segments, marks, elementMarks, length }: index.SegmentIndex): Found[] {
  let [nextMark, nextElement] = [0, 0];
  return Array.from({ length }, (_, number) => {
    const [start, tag, packed, lastElement] = [...segments.subarray(number * 4, number * 4 + 4)];
    const lastMark = packed! & index.MARK_NUMBER;
    const own = marks.slice(nextMark, lastMark + 1);
    const ends = Array.from(elementMarks.slice(nextElement, lastElement! + 1), (mark) => marks[mark]!);
    [nextMark, nextElement] = [lastMark + 1, lastElement! + 1];
    return { start: start!, tag: tag!, flags: packed! & ~index.MARK_NUMBER, marks: [...own], ends };
  });
}

const X12 = { element: 0x2a, component: 0x3e, repetition: 0x5e, release: 0, terminator: 0x7e, tag: 0, newline: '' };
const EDIFACT = {
  element: 0x2b,
  component: 0x3a,
  repetition: 0x2a,
  release: 0x3f,
  terminator: 0x27,
  tag: 0,
  newline: '',
};
const TABLES = [
  kinds.byteKinds(X12, charactersOf('windows-1252')),
  kinds.byteKinds({ ...X12, terminator: 0x0a }, charactersOf('iso-8859-1')),
  kinds.byteKinds(EDIFACT, charactersOf('auto')),
  kinds.byteKinds(EDIFACT, charactersOf('iso-646-no')),
  kinds.byteKinds({ ...EDIFACT, tag: 0x3d }, charactersOf('iso-8859-5')),
];
const anyTable = fc.oneof(
  fc.constantFrom(...TABLES),
  fc.uint8Array({ minLength: 256, maxLength: 256, max: kinds.TAG }),
);
/** Ordinary letters, noise, anything, and every byte that is of some kind in one of the tables. */
const anyByte = fc.oneof(
  { arbitrary: fc.constantFrom(...Buffer.from('ABC123')), weight: 6 },
  { arbitrary: fc.constantFrom(...Buffer.from("*>^~+:?'=\n")), weight: 4 },
  { arbitrary: fc.constantFrom(...Buffer.from(' \r\n\t\0')), weight: 1 },
  { arbitrary: fc.integer({ min: 0, max: 255 }), weight: 1 },
);

test('the index finds in any bytes, by any table, what the plain rule finds', () => {
  const once = fc.array(anyByte, { minLength: 64, maxLength: 400 });
  const often = fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 300 }));
  const found = new index.SegmentIndex(() => {});
  fc.assert(
    fc.property(once, often, fc.nat(70), fc.nat(70), anyTable, (piece, times, before, behind, table) => {
      const text = Buffer.alloc(piece.length * times, Buffer.from(piece));
      const bytes = Buffer.concat([text.subarray(0, before), text, text.subarray(0, behind)]);
      const from = Math.min(before, text.length);
      found.fill(bytes, from, from + text.length, index.scanTable(table));
      assert.deepEqual(indexed(found), plainly(bytes, from, from + text.length, table));
    }),
    { numRuns: 2000 },
  );
});

/** The elements of a segment and their first components. */
function elementsOf(event: EdiEvent | undefined): unknown[] {
  if (event?.kind !== 'segment') return [event?.kind];
  const { segment } = event;
  const elements = Array.from({ length: segment.elementCount }, (_, element) => element + 1);
  return [segment.tag, ...elements.map((element) => [segment.element(element), segment.value(element)])];
}

test('a segment stays readable while other readers go on', () => {
  const files = [x12([set850('0001', Array(300).fill('PO1*1*5*EA*A>B'))]), ORDERS.repeat(20)].map((file) =>
    Buffer.from(file),
  );
  const alone = files.map((file) => {
    const reader = readerOf(file);
    return Array.from({ length: 400 }, () => elementsOf(reader.next()));
  });
  const readers = files.map(readerOf);
  for (let turn = 0; turn < 400; turn += 1) {
    const events = readers.map((reader) => reader.next());
    assert.deepEqual(
      events.map(elementsOf),
      alone.map((turns) => turns[turn]),
    );
  }
});

function readerOf(file: Buffer): EdiReader {
  const reader = new EdiReader();
  reader.push(file);
  reader.end();
  return reader;
}
