import type { z } from 'zod';
import type { SetLoop, WrittenSegment } from '../../formats/edi/set-tree.ts';
import type { CanonicalDocument } from '../canonical/document.ts';
import { DocumentSource } from './document-source.ts';
import { Draft } from './draft.ts';
import type { EdiMap, MapContext, MapFinding, ReadingMap, ReadOutcome, WriteOutcome } from './map.ts';
import { isMoney, type MoneyPlaces } from './money-places.ts';
import type { PathOf } from './paths.ts';
import { inDocument, inSet, type Rule, type Work } from './rule.ts';
import { readRules, writeRules } from './rules.ts';
import { LoopSource, type SegmentSource } from './set-source.ts';

/** What maps of one standard have in common. */
export interface MapStandard {
  /** Segments that only mark where something begins or ends: LS and LE, UNS. Header and trailer are in no tree. */
  readonly frame: readonly string[];
  readonly money: MoneyPlaces;
}

export interface MapSpec<D extends CanonicalDocument> {
  readonly standard: MapStandard;
  readonly set: string;
  readonly kind: D['kind'];
  readonly schema: z.ZodType<D>;
  /** What every document of the set says of itself, and the lists that it has even when they are empty. */
  readonly begins: (context: MapContext) => Record<string, unknown>;
  readonly rules: readonly Rule<D>[];
  /** The releases that the set is written in. Left out: what is written is the same in all. */
  readonly releases?: readonly string[];
  /** Fields that the set implies, or that only say what `begins` says: they are not lost. */
  readonly implied: readonly string[];
  /** Fields that the set always says, though the schema of the document does not ask for them: without a total no sum is held. */
  readonly needs?: readonly PathOf<D>[];
  /** What remains to be done when all has been read: sums, and what follows from several segments. */
  readonly settle?: (draft: Draft<D>, work: Work) => void;
  /** The document as it is to be written. */
  readonly prepare?: (document: D, work: Work) => D;
}

/**
 * A map both ways. What the rules leave of a set is unmapped, what they leave of a document is lost, by construction. Money that is
 * unmapped refuses the document unless the partner's terms name it.
 */
export function defineMap<D extends CanonicalDocument>(spec: MapSpec<D>): EdiMap<D> {
  return { ...defineReadingMap(spec), write: (document, context) => write(spec, document, context) };
}

/** A map for sets that are only received. */
export function defineReadingMap<D extends CanonicalDocument>(spec: MapSpec<D>): ReadingMap<D> {
  const { set, kind, rules } = spec;
  const carries = rules.flatMap((rule) => rule.carries);
  return { set, kind, carries, read: (tree, context) => read(spec, tree, context) };
}

function read<D extends CanonicalDocument>(spec: MapSpec<D>, set: SetLoop, context: MapContext): ReadOutcome<D> {
  const { rules, standard, schema } = spec;
  const findings: MapFinding[] = [];
  const from = new LoopSource(set);
  for (const tag of standard.frame) for (const service of from.segments(tag)) service.takeAll();
  const members = spec.begins(context);
  const work = { ...context, tell: (finding: MapFinding) => findings.push(finding) };
  const draft = new Draft<D>(members);
  readRules(from, rules, draft, work);
  spec.settle?.(draft, work);
  for (const path of spec.needs ?? [])
    if (draft.get(path) === undefined) work.tell({ ...inDocument(path), ...MISSING });
  const left = from.everySegment();
  const money = left.flatMap((segment) => unmappedMoney(segment, standard.money, context));
  const unmapped = left.flatMap((segment) => segment.rest());
  const parsed = schema.safeParse(members);
  const invalid = parsed.success ? [] : parsed.error.issues.map(invalidField);
  const all = [...findings, ...money, ...invalid];
  if (!parsed.success || isRefused(all)) return { outcome: 'refused', unmapped, findings: all };
  return { outcome: 'read', document: parsed.data, unmapped, findings: all };
}

function write<D extends CanonicalDocument>(spec: MapSpec<D>, document: D, context: MapContext): WriteOutcome {
  const { set, releases = [context.release] } = spec;
  if (!releases.includes(context.release)) {
    const message = `${set} is written in ${releases.join(' and ')}, not in ${context.release}.`;
    const finding = { ...inDocument(''), severity: 'reject', code: 'release-not-written', message } as const;
    return { outcome: 'refused', lost: [], findings: [finding] };
  }
  const findings: MapFinding[] = [];
  const segments: WrittenSegment[] = [];
  const work = { ...context, tell: (finding: MapFinding) => findings.push(finding) };
  const from = new DocumentSource<D>(spec.prepare?.(document, work) ?? document);
  writeRules(spec.rules, from, segments, work);
  const lost = from.lost().filter(({ path }) => !spec.implied.includes(path.replace(/\[\d+\]/g, '')));
  if (isRefused(findings)) return { outcome: 'refused', lost, findings };
  return { outcome: 'written', segments, lost, findings };
}

const MISSING = {
  severity: 'reject',
  code: 'value-missing',
  message: 'The set does not say this field, without which the document cannot be trusted.',
} as const;

function unmappedMoney(segment: SegmentSource, money: MoneyPlaces, { terms }: MapContext): MapFinding[] {
  return segment
    .rest()
    .filter((place) => isMoney(segment, place, money, terms.ignoredMoney))
    .map(({ element }) => ({
      ...inSet(segment, element),
      severity: 'reject',
      code: 'money-unmapped',
      message: `An amount of ${segment.tag} has no place in the document, and the partner's terms do not say that it may be passed over.`,
    }));
}

function invalidField({ path, message }: z.core.$ZodIssue): MapFinding {
  return {
    ...inDocument(path.join('.')),
    severity: 'reject',
    code: 'document-invalid',
    message: `The document is not valid: ${message}.`,
  };
}

function isRefused(findings: readonly MapFinding[]): boolean {
  return findings.some(({ severity }) => severity === 'reject');
}
