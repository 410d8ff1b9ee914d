import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import type { SetLoop } from '../../../formats/edi/set-tree.ts';
import { readingMapOf } from '../../../mappings/edi/registry.ts';
import { contextOf } from './context.ts';
import { junk } from './junk.ts';
import { setsIn } from './sets-in.ts';

const GOLDEN = new URL('../x12/golden/', import.meta.url);
const files = readdirSync(GOLDEN).filter((name) => name.endsWith('.edi'));

/** How many values a set has. */
function valuesIn(loop: SetLoop): number {
  const own = loop.segments.reduce(
    (sum, { elements }) => sum + elements.flat(2).filter((value) => value.trim() !== '').length,
    0,
  );
  return loop.loops.reduce((sum, inner) => sum + valuesIn(inner), own);
}

test('whatever stands in a set, a map gives an outcome, and money that it does not take refuses', () => {
  const mutant = fc.tuple(fc.constantFrom(...files), fc.nat(), fc.nat(), junk);
  fc.assert(
    fc.property(mutant, ([name, atSegment, atElement, value]) => {
      const segments = readFileSync(new URL(name, GOLDEN), 'latin1').split('~');
      const index = 3 + (atSegment % Math.max(1, segments.length - 7));
      const separator = segments[0]![3]!;
      const elements = (segments[index] ?? '').split(separator);
      elements[1 + (atElement % Math.max(1, elements.length - 1))] = value;
      segments[index] = elements.join(separator);
      for (const set of setsIn(Buffer.from(segments.join('~'), 'latin1'))) {
        const read = readingMapOf('X12', set.header.type)!.read(set.tree, contextOf(set));
        assert.ok(read.unmapped.length <= valuesIn(set.tree));
        const isRefused = read.findings.some(({ severity }) => severity === 'reject');
        assert.equal(read.outcome, isRefused ? 'refused' : 'read');
        const amounts = read.unmapped.filter(({ tag, element }) =>
          ['SAC05', 'TXI02', 'AMT02', 'TDS01', 'RMR04', 'ADX01'].includes(`${tag}0${element}`),
        );
        assert.ok(amounts.length === 0 || isRefused);
      }
    }),
    { numRuns: 300 },
  );
});
