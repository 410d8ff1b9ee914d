import type { WrittenSegment } from '../../formats/edi/set-tree.ts';
import type { Carried } from './codec.ts';
import type { DocumentSource } from './document-source.ts';
import type { Draft } from './draft.ts';
import type { Inner, ItemOf, ListOf, PartOf, PathOf } from './paths.ts';
import { Elements, inSet, type Part, type Rule, type Work } from './rule.ts';
import type { LoopSource, SegmentSource } from './set-source.ts';

/** A segment that stands at most once: the first that is meant. It is written when the document has something for it. */
export function segment<S>(tag: string, parts: readonly Part<S>[]): Rule<S> {
  return {
    carries: parts.flatMap(({ carries }) => carries),
    matches: (from, work) => meant(from, tag, parts, work).length > 0,
    read(from, into, work) {
      const [found] = meant(from, tag, parts, work);
      if (found !== undefined) readParts(found, parts, into, work);
    },
    write: (from, to, work) => writeSegment(tag, parts, from, to, work),
  };
}

/** As `segment`, and written in any case. */
export function header<S>(tag: string, parts: readonly Part<S>[]): Rule<S> {
  return {
    ...segment(tag, parts),
    write(from, to, work) {
      const elements = new Elements();
      for (const part of parts) part.write(from, elements, work);
      to.push({ tag, elements: elements.written() });
    },
  };
}

/** The first segment of a loop that is written only for what follows in it. */
export function opening<S>(tag: string, parts: readonly Part<S>[]): Rule<S> {
  return { ...header(tag, parts), isHollow: true };
}

/** Segments that are the items of a list. */
export function list<S, K extends ListOf<S> & string>(
  path: K,
  tag: string,
  parts: readonly Part<ItemOf<S, K>>[],
  most = Number.POSITIVE_INFINITY,
): Rule<S> {
  return {
    carries: listCarries(path, most, parts),
    matches: (from, work) => meant(from, tag, parts, work).length > 0,
    read(from, into, work) {
      for (const found of meant(from, tag, parts, work)) readParts(found, parts, into.add(path), work);
    },
    write(from, to, work) {
      for (const item of from.items(path).slice(0, most)) writeSegment(tag, parts, item, to, work);
    },
  };
}

/** Loops that are the items of a list. A loop is an item when the first of its rules finds what it is about. */
export function loops<S, K extends ListOf<S> & string>(
  path: K,
  id: string,
  rules: readonly Rule<ItemOf<S, K>>[],
  most = Number.POSITIVE_INFINITY,
): Rule<S> {
  const meantLoops = (from: LoopSource, work: Work) => from.loops(id).filter((loop) => rules[0]?.matches(loop, work));
  return {
    carries: listCarries(path, most, rules),
    matches: (from, work) => meantLoops(from, work).length > 0,
    read(from, into, work) {
      for (const loop of meantLoops(from, work)) readRules(loop, rules, into.add(path), work);
    },
    write(from, to, work) {
      for (const item of from.items(path).slice(0, most)) writeLoop(rules, item, to, work);
    },
  };
}

/** One loop whose fields belong to the document around it. */
export function loop<S>(id: string, rules: readonly Rule<S>[]): Rule<S> {
  const meantLoop = (from: LoopSource, work: Work) => from.loops(id).find((one) => rules[0]?.matches(one, work));
  return {
    carries: rules.flatMap(({ carries }) => carries),
    matches: (from, work) => meantLoop(from, work) !== undefined,
    read(from, into, work) {
      const found = meantLoop(from, work);
      if (found !== undefined) readRules(found, rules, into, work);
    },
    write: (from, to, work) => writeLoop(rules, from, to, work),
  };
}

/** Rules for a part of the document, such as its `supplier`. */
export function within<S, K extends PartOf<S> & string>(part: K, rules: readonly Rule<Inner<S, K>>[]): Rule<S> {
  return {
    carries: rules.flatMap(({ carries }) => carries).map(({ path, form }) => ({ path: `${part}.${path}`, form })),
    matches: (from, work) => rules[0]?.matches(from, work) ?? false,
    read: (from, into, work) => readRules(from, rules, into.within(part), work),
    write(from, to, work) {
      const inner = from.within(part);
      if (inner.isPresent) writeRules(rules, inner, to, work);
    },
  };
}

/** A field that may be said in several ways. It is written in the first, and read in the first that is there. */
export function firstOf<S>(path: PathOf<S>, first: Rule<S>, ...others: readonly Rule<S>[]): Rule<S> {
  return {
    ...first,
    read(from, into, work) {
      for (const rule of [first, ...others]) if (into.get(path) === undefined) rule.read(from, into, work);
    },
  };
}

/** A rule for what others send in more ways than it is written. */
export function readOnly<S>(rule: Rule<S>): Rule<S> {
  return { ...rule, write: () => undefined };
}

/** A rule for what is written here and read by another rule. */
export function writeOnly<S>(rule: Rule<S>): Rule<S> {
  return { ...rule, read: () => undefined };
}

/** A control count: how often a tag stands in the set. What was counted otherwise is noted. */
export function count<S>(tag: string, element: number, counted: string): Rule<S> {
  return {
    carries: [],
    matches: (from) => from.segments(tag).length > 0,
    read(from, _, work) {
      const [found] = from.segments(tag);
      if (found === undefined || found.see(element) === '') return;
      const claimed = Number(found.take(element));
      if (claimed === from.totalInSet(counted)) return;
      const message = `${tag} counts other ${counted} segments than the set has.`;
      work.tell({ ...inSet(found, element), severity: 'note', code: 'count-differs', message });
    },
    write(_, to) {
      const elements = new Elements();
      elements.put(String(to.filter((written) => written.tag === counted).length), element);
      to.push({ tag, elements: elements.written() });
    },
  };
}

export function readRules<S>(from: LoopSource, rules: readonly Rule<S>[], into: Draft<S>, work: Work): void {
  for (const rule of rules) rule.read(from, into, work);
}

export function writeRules<S>(
  rules: readonly Rule<S>[],
  from: DocumentSource<S>,
  to: WrittenSegment[],
  work: Work,
): void {
  for (const rule of rules) rule.write(from, to, work);
}

/** Reads the fields of one segment. */
export function readParts<S>(segment: SegmentSource, parts: readonly Part<S>[], into: Draft<S>, work: Work): void {
  for (const part of parts) part.read(segment, into, work);
}

/** Writes one segment, if the document has something for it. */
export function writeSegment<S>(
  tag: string,
  parts: readonly Part<S>[],
  from: DocumentSource<S>,
  to: WrittenSegment[],
  work: Work,
): void {
  if (!parts.every((part) => part.fits(from, work))) return;
  const elements = new Elements();
  for (const part of parts) part.write(from, elements, work);
  if (elements.count > 0) to.push({ tag, elements: elements.written() });
}

/** Nothing of a loop is written without its first segment. */
function writeLoop<S>(rules: readonly Rule<S>[], from: DocumentSource<S>, to: WrittenSegment[], work: Work): void {
  const [trigger, ...rest] = rules;
  const before = to.length;
  trigger?.write(from, to, work);
  if (to.length === before) return;
  writeRules(rest, from, to, work);
  if (trigger?.isHollow === true && to.length === before + 1) to.pop();
}

function meant<S>(from: LoopSource, tag: string, parts: readonly Part<S>[], work: Work): SegmentSource[] {
  return from.segments(tag).filter((segment) => parts.every((part) => part.matches(segment, work)));
}

function listCarries(
  path: string,
  most: number,
  inner: readonly { readonly carries: readonly Carried[] }[],
): Carried[] {
  const below = inner.flatMap(({ carries }) => carries);
  return [
    { path, form: { kind: 'list', most } },
    ...below.map(({ path: own, form }) => ({ path: `${path}.${own}`, form })),
  ];
}
