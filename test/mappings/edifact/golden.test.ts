import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { CanonicalDocument } from '../../../mappings/canonical/document.ts';
import type { ReadOutcome } from '../../../mappings/edi/map.ts';
import { EDIFACT_MAPS } from '../../../mappings/edifact/maps.ts';
import { contextOf } from '../edi/context.ts';
import { setsIn } from '../edi/sets-in.ts';
import { written } from './written.ts';

const FOLDER = new URL('golden/', import.meta.url);

/** What a file means, written by hand: places of what is unmapped as `17 ALC 5.1`, findings by code and place. */
interface Golden {
  readonly terms?: Readonly<Record<string, unknown>>;
  /** What we would not send. */
  readonly isOnlyRead?: true;
  /** Byte for byte what we send. */
  readonly isWhatIsSent?: true;
  readonly outcome: ReadOutcome<never>['outcome'];
  readonly document?: unknown;
  readonly unmapped: readonly string[];
  readonly findings?: readonly string[];
}

for (const name of readdirSync(FOLDER).filter((one) => one.endsWith('.edi'))) {
  const golden: Golden = JSON.parse(readFileSync(new URL(name.replace('.edi', '.json'), FOLDER), 'utf8'));
  const [set] = setsIn(readFileSync(new URL(name, FOLDER)));
  const map = EDIFACT_MAPS.find((one) => one.set === set!.header.type)!;
  const context = contextOf(set!, golden.terms);

  test(`${name} means what was written down by hand`, () => {
    const read = map.read(set!.tree, context);
    const shown = {
      outcome: read.outcome,
      ...(read.outcome === 'read' ? { document: read.document } : {}),
      unmapped: read.unmapped.map(
        ({ position, tag, element, component }) => `${position} ${tag} ${element}.${component}`,
      ),
      findings: read.findings.map(({ code, position, tag, path }) => `${code} ${path || `${position} ${tag}`}`),
    };
    const { terms: _, isOnlyRead: __, isWhatIsSent: ___, ...expected } = { findings: [], ...golden };
    assert.deepEqual(shown, expected);
  });

  if (golden.outcome !== 'read' || golden.isOnlyRead === true) continue;

  test(`what ${name} means is written as its table wants it, and means the same again`, () => {
    const sent = map.write(CanonicalDocument.parse(golden.document), context);
    assert.ok(sent.outcome === 'written', JSON.stringify(sent));
    const bytes = written(map.set, sent.segments, context.release);
    if (golden.isWhatIsSent === true)
      assert.equal(bytes.toString('latin1'), readFileSync(new URL(name, FOLDER), 'latin1'));
    const [again] = setsIn(bytes);
    assert.deepEqual(
      again!.findings.filter(({ severity }) => severity !== 'note'),
      [],
    );
    const read = map.read(again!.tree, context);
    assert.ok(read.outcome === 'read', JSON.stringify(read));
    assert.deepEqual([read.document, read.findings], [golden.document, []]);
  });
}
