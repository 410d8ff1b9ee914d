import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { CanonicalDocument } from '../../../mappings/canonical/document.ts';
import type { MapFinding, ReadOutcome } from '../../../mappings/edi/map.ts';
import { TradacomsFile } from '../../../mappings/tradacoms/file.ts';
import { contextOf } from '../edi/context.ts';
import { setsIn } from '../edi/sets-in.ts';

const FOLDER = new URL('golden/', import.meta.url);

/** What a file means, written by hand, document by document: places of what is unmapped as `3 DIN 3.1`, findings by code and place. */
interface Golden {
  readonly terms?: Readonly<Record<string, unknown>>;
  readonly documents: readonly {
    readonly outcome: 'read' | 'refused';
    readonly document?: unknown;
    readonly unmapped: readonly string[];
    readonly findings: readonly string[];
  }[];
  readonly trailer: readonly string[];
}

for (const name of readdirSync(FOLDER).filter((one) => one.endsWith('.edi'))) {
  test(`${name} means what was written down by hand`, () => {
    const golden: Golden = JSON.parse(readFileSync(new URL(name.replace('.edi', '.json'), FOLDER), 'utf8'));
    const { terms = {}, ...expected } = golden;
    const file = new TradacomsFile();
    const sets = setsIn(readFileSync(new URL(name, FOLDER)));
    const parts = sets.map((set) => file.take(set.header.type, set.tree, contextOf(set, terms)));
    const documents = parts.flatMap((part) => (part.kind === 'document' ? [shown(part.read)] : []));
    const trailer = parts.flatMap((part) => (part.kind === 'trailer' ? part.findings.map(place) : []));
    assert.deepEqual({ documents, trailer }, expected);
  });
}

function shown(read: ReadOutcome<CanonicalDocument>) {
  return {
    outcome: read.outcome,
    ...(read.outcome === 'read' ? { document: read.document } : {}),
    unmapped: read.unmapped.map(
      ({ position, tag, element, component }) => `${position} ${tag} ${element}.${component}`,
    ),
    findings: read.findings.map(place),
  };
}

function place({ code, position, tag, path }: MapFinding): string {
  return `${code} ${path || `${position} ${tag}`}`;
}
