import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { CanonicalDocument } from '../../../mappings/canonical/document.ts';
import type { ReadOutcome } from '../../../mappings/edi/map.ts';
import { X12_MAPS, X12_READING_MAPS } from '../../../mappings/x12/maps.ts';
import { carriedPart } from '../edi/carried.ts';
import { contextOf } from '../edi/context.ts';
import { setsIn } from '../edi/sets-in.ts';
import { written } from './written.ts';

const FOLDER = new URL('golden/', import.meta.url);

/** What a file means, written by hand: places of what is unmapped as `17 SAC05`, findings by code and place. */
interface Golden {
  readonly terms?: Readonly<Record<string, unknown>>;
  readonly outcome: ReadOutcome<never>['outcome'];
  readonly document?: unknown;
  readonly unmapped: readonly string[];
  readonly findings?: readonly string[];
  /** A tree that partners send and we do not. */
  readonly isOnlyRead?: true;
}

for (const name of readdirSync(FOLDER).filter((one) => one.endsWith('.edi'))) {
  const golden: Golden = JSON.parse(readFileSync(new URL(name.replace('.edi', '.json'), FOLDER), 'utf8'));
  const [set] = setsIn(readFileSync(new URL(name, FOLDER)));
  const context = contextOf(set!, golden.terms);

  test(`${name} means what was written down by hand`, () => {
    const read = X12_READING_MAPS.find((one) => one.set === set!.header.type)!.read(set!.tree, context);
    const shown = {
      outcome: read.outcome,
      ...(read.outcome === 'read' ? { document: read.document } : {}),
      unmapped: read.unmapped.map(({ position, tag, element }) => `${position} ${tag}${two(element)}`),
      findings: read.findings.map(
        ({ code, position, tag, element, path }) => `${code} ${path || `${position} ${tag}${two(element)}`}`,
      ),
    };
    const { terms: _, isOnlyRead: __, ...expected } = { findings: [], ...golden };
    assert.deepEqual(shown, expected);
  });

  const map = X12_MAPS.find((one) => one.set === set!.header.type);
  if (golden.outcome !== 'read' || golden.isOnlyRead === true || map === undefined) continue;

  test(`what ${name} means is written as its table wants it, and means the same again`, () => {
    const document = CanonicalDocument.parse(golden.document);
    const sent = map.write(document, context);
    assert.ok(sent.outcome === 'written', JSON.stringify(sent));
    const [again] = setsIn(written(map.set, sent.segments));
    assert.deepEqual(
      again!.findings.filter(({ severity }) => severity !== 'note'),
      [],
    );
    const read = map.read(again!.tree, context);
    assert.ok(read.outcome === 'read', JSON.stringify(read));
    assert.deepEqual(carriedPart(read.document, map.carries), carriedPart(document, map.carries));
  });
}

function two(element: number): string {
  return String(element).padStart(2, '0');
}
