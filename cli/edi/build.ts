import { text } from 'node:stream/consumers';
import type { Finding } from '../../formats/edi/finding.ts';
import { WrittenChecker } from '../../formats/tables/written-checker.ts';
import type { CanonicalDocument } from '../../mappings/canonical/document.ts';
import type { Lost, MapFinding } from '../../mappings/edi/map.ts';
import { writingMapOf } from '../../mappings/edi/registry.ts';
import { documentsIn } from './documents.ts';
import { type Outgoing, type OutgoingSet, outgoingBy } from './outgoing.ts';
import { ENDS, openFile, sayUnreadable, sayUnusable } from './read-file.ts';
import type { Reading } from './reading.ts';

export interface BuildOptions {
  /** Control number of the interchange, and of its first group. */
  readonly control: number;
}

/** Where the interchange goes, and what is to be said of it. */
export interface BuildOutput {
  write(bytes: Buffer): void;
  say(line: string): void;
}

/**
 * Prints canonical documents as one interchange to the partner of a profile, all of them or none. What is lost on the way and what
 * the partner's guide finds fault with is said beside it. The answer is the exit code.
 */
export async function build(
  file: string,
  { control }: BuildOptions,
  reading: Reading,
  at: Date,
  output: BuildOutput,
): Promise<number> {
  const source = await openFile(file)
    .then(text)
    .catch((error: unknown) => sayUnreadable(file, error));
  if (typeof source === 'number') return source;
  try {
    const outgoing = outgoingBy(reading.profile);
    const built = documentsIn(source).map((document, index) => {
      const one = setOf(document, outgoing, reading, {
        at,
        control: { interchange: String(control), set: String(index + 1) },
      });
      for (const line of one.remarks) output.say(`document ${index + 1}: ${line}`);
      return one;
    });
    const sets = built.flatMap(({ set }) => set ?? []);
    if (sets.length < built.length || sets.length === 0) return ENDS.findings;
    output.write(outgoing.bytesOf(sets, control, at));
    return built.every(({ isClean }) => isClean) ? ENDS.clean : ENDS.findings;
  } catch (error) {
    return sayUnusable(error);
  }
}

interface BuiltSet {
  /** Undefined when the document was refused. */
  readonly set?: OutgoingSet;
  readonly isClean: boolean;
  readonly remarks: readonly string[];
}

interface Numbers {
  readonly at: Date;
  readonly control: { readonly interchange: string; readonly set: string };
}

function setOf(
  document: CanonicalDocument,
  outgoing: Outgoing,
  { profile, shelf }: Reading,
  numbers: Numbers,
): BuiltSet {
  const map = writingMapOf(outgoing.standard, document.kind);
  if (map === undefined) return refused([`no set of ${outgoing.standard} holds a ${document.kind}`]);
  const release = outgoing.releaseOf(map.set);
  const written = map.write(document, { ...numbers, terms: profile.map, release });
  const remarks = [...written.findings.map(findingRemark), ...written.lost.map(lostRemark)];
  if (written.outcome === 'refused') return refused(remarks);
  const found = shelf.find({ standard: outgoing.standard, type: map.set, release });
  if (found === undefined) return refused([...remarks, `no table is known for ${map.set}`]);
  const checker = new WrittenChecker(found.graph, profile.severities);
  for (const segment of written.segments) checker.take(segment);
  const faults = checker.end().filter(({ severity }) => severity !== 'note');
  const all = [...remarks, ...faults.map(faultRemark)];
  if (faults.some(({ severity }) => severity === 'reject')) return refused(all);
  const set = { type: map.set, group: found.graph.table.group, segments: written.segments };
  return { set, isClean: faults.length === 0, remarks: all };
}

function refused(remarks: readonly string[]): BuiltSet {
  return { isClean: false, remarks };
}

const LOST = { 'no-place': 'has no place in the set', cut: 'is cut to fit', changed: 'is changed to fit' } as const;

function lostRemark({ path, why }: Lost): string {
  return `${path} ${LOST[why]}`;
}

function findingRemark({ severity, path, message }: MapFinding): string {
  return [severity === 'reject' ? 'refused' : 'note', path, message].filter(Boolean).join(': ');
}

function faultRemark({ tag, element, segment, message }: Finding): string {
  const place = element === 0 ? tag : `${tag}${String(element).padStart(2, '0')}`;
  return `the partner would find fault with ${place} (segment ${segment}): ${message}`;
}
