import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { z } from 'zod';
import type { WrittenSegment } from '../../../formats/edi/set-tree.ts';
import type { CanonicalDocument } from '../../../mappings/canonical/document.ts';
import type { EdiMap } from '../../../mappings/edi/map.ts';
import { carriedPart } from './carried.ts';
import { contextIn } from './context.ts';
import { setsIn } from './sets-in.ts';

type Written = (set: string, segments: readonly WrittenSegment[], release: string) => Parameters<typeof setsIn>[0];

/**
 * What is sent as bytes is read as what it was, in all that the map carries, and nothing is left on either side. `written` makes
 * an interchange of a set.
 */
export function roundTrip(written: Written, release: string, numRuns: number) {
  return <D extends CanonicalDocument>(
    map: EdiMap<D>,
    documents: fc.Arbitrary<D>,
    terms: object = {},
    part = (document: D) => carriedPart(document, map.carries),
  ): void => {
    const context = contextIn(release, terms);
    const property = fc.property(documents, (document) => {
      const sent = map.write(document, context);
      assert.ok(sent.outcome === 'written', JSON.stringify(sent));
      assert.deepEqual(sent.lost, []);
      const [set] = setsIn(written(map.set, sent.segments, release));
      const read = map.read(set!.tree, context);
      assert.ok(read.outcome === 'read', JSON.stringify([read, sent.segments]));
      assert.deepEqual([read.unmapped, read.findings], [[], []], JSON.stringify(sent.segments));
      assert.deepEqual(part(read.document), part(document));
    });
    fc.assert(property, { numRuns });
  };
}

/** Keeps what a schema takes. */
export function valid<D>(schema: z.ZodType<D>): (document: D) => boolean {
  return (document) => schema.safeParse(document).success;
}
