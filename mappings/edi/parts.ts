import type { Codec } from './codec.ts';
import type { PathOf } from './paths.ts';
import { inDocument, inSet, type Part } from './rule.ts';

/** The number of an element, or of an element and its component; both from 1. */
export type Place = number | readonly [element: number, component: number];

/** An element that holds a field. What cannot be understood, or contradicts what was read before, is left, and so unmapped. */
export function at<S>(place: Place, path: PathOf<S>, codec: Codec): Part<S> {
  return field({ place, path, codec, whenUnknown: 'note' });
}

/**
 * As `at`, for a field without which the set makes no sense: a document without it is not written, and one whose value is not
 * understood is not read.
 */
export function must<S>(place: Place, path: PathOf<S>, codec: Codec): Part<S> {
  const part = field({ place, path, codec: { ...codec, unfit: 'refuse' }, whenUnknown: 'reject' });
  return {
    ...part,
    write(from, to, work) {
      if (from.see(path) === undefined) {
        work.tell({ ...inDocument(from.where(path)), severity: 'reject', code: 'value-missing', message: MISSING });
      }
      part.write(from, to, work);
    },
  };
}

/**
 * A field without which the segment is not meant, and which an item needs to be told by it: most often the qualifier that says what
 * the segment is about.
 */
export function key<S>(place: Place, path: PathOf<S>, codec: Codec): Part<S> {
  const [element, component] = placeOf(place);
  return {
    ...at(place, path, codec),
    matches: (segment, work) => codec.read(segment.see(element, component), work) !== undefined,
    fits(from, work) {
      const value = from.see(path);
      return value !== undefined && !from.hasTaken(path) && codec.write(value, work) !== undefined;
    },
  };
}

/** A qualifier that is always the same. `others` are read as well. */
export function fixed<S>(place: Place, code: string, ...others: string[]): Part<S> {
  const [element, component] = placeOf(place);
  const codes = [code, ...others];
  return {
    ...filler<S>(place, code),
    matches: (segment) => codes.includes(segment.see(element, component)),
    read: (segment) => void segment.take(element, component),
  };
}

/** What is written along and means nothing when it is read. Anything else in its place is unmapped. */
export function filler<S>(place: Place, value: string): Part<S> {
  const [element, component] = placeOf(place);
  return {
    carries: [],
    matches: () => true,
    fits: () => true,
    read(segment) {
      if (segment.see(element, component) === value) segment.take(element, component);
    },
    write: (_, to) => to.fill(value, element, component),
  };
}

/** What a segment means by being there at all: a field that always has this value. */
export function means<S>(path: PathOf<S>, value: string): Part<S> {
  return {
    carries: [{ path, form: { kind: 'code', values: [value] } }],
    matches: () => true,
    fits: (from) => from.see(path) === value,
    read: (_, into) => into.set(path, value),
    write: (from) => void from.take(path),
  };
}

/** As `at`, with a qualifier that goes along. */
export function qualified<S>(qualifier: Place, code: string, value: Part<S>): Part<S> {
  const [element, component] = placeOf(qualifier);
  return {
    ...value,
    read(segment, into, work) {
      value.read(segment, into, work);
      if (segment.see(element, component) === code) segment.take(element, component);
    },
    write(from, to, work) {
      const before = to.count;
      value.write(from, to, work);
      if (to.count > before) to.fill(code, element, component);
    },
  };
}

/** A field that stands here only with one of these qualifiers; the first one is written. */
export function under<S>(qualifier: Place, codes: readonly [string, ...string[]], value: Part<S>): Part<S> {
  const [element, component] = placeOf(qualifier);
  const [written] = codes;
  return {
    ...value,
    read(segment, into, work) {
      if (!codes.includes(segment.see(element, component))) return;
      segment.take(element, component);
      value.read(segment, into, work);
    },
    write(from, to, work) {
      if (!to.has(element, component)) qualified(qualifier, written, value).write(from, to, work);
    },
  };
}

/** What has to be so where it is said at all: with anything else the document is not what the map takes it for. */
export function demand<S>(place: Place, ...accepted: string[]): Part<S> {
  return judged(place, (written) => (accepted.includes(written) ? 'taken' : 'refused'));
}

/** Codes that make the document one that is not taken; others say nothing of weight and are unmapped. */
export function refuse<S>(place: Place, ...codes: string[]): Part<S> {
  return judged(place, (written) => (codes.includes(written) ? 'refused' : 'left'));
}

function judged<S>(place: Place, judge: (written: string) => 'taken' | 'left' | 'refused'): Part<S> {
  const [element, component] = placeOf(place);
  return {
    carries: [],
    matches: () => true,
    fits: () => true,
    read(segment, _, work) {
      const written = segment.see(element, component);
      const judgment = written === '' ? 'left' : judge(written);
      if (judgment === 'taken') segment.take(element, component);
      if (judgment !== 'refused') return;
      work.tell({ ...inSet(segment, element), severity: 'reject', code: 'value-not-understood', message: NOT_TAKEN });
    },
    write: () => undefined,
  };
}

const NOT_TAKEN = 'This code makes the document another one than is taken here.';
const NOT_UNDERSTOOD = 'A value is not of the form that its place asks for, or a code is not known.';
const UNFIT = 'The value does not fit its place in the set, and must not be cut or left out.';
const MISSING = 'The set cannot be written without this field.';

interface Field<S> {
  readonly place: Place;
  readonly path: PathOf<S>;
  readonly codec: Codec;
  readonly whenUnknown: 'note' | 'reject';
}

function field<S>({ place, path, codec, whenUnknown }: Field<S>): Part<S> {
  const [element, component] = placeOf(place);
  return {
    carries: [{ path, form: codec.form }],
    matches: () => true,
    fits: () => true,
    read(segment, into, work) {
      const written = segment.see(element, component);
      if (written === '' || segment.hasTaken(element, component)) return;
      const value = codec.read(written, work);
      if (value === undefined) {
        const finding = { severity: whenUnknown, code: 'value-not-understood', message: NOT_UNDERSTOOD } as const;
        work.tell({ ...inSet(segment, element), ...finding });
      } else if ((into.get(path) ?? value) === value) {
        segment.take(element, component);
        into.set(path, value);
      }
    },
    write(from, to, work) {
      const value = from.see(path);
      if (value === undefined || value === '') return;
      const encoded = codec.write(value, work);
      if (encoded !== undefined) {
        from.take(path, encoded.change);
        to.put(encoded.text, element, component);
      } else if (codec.unfit === 'refuse') {
        work.tell({ ...inDocument(from.where(path)), severity: 'reject', code: 'value-unfit', message: UNFIT });
      }
    },
  };
}

export function placeOf(place: Place): readonly [number, number] {
  return typeof place === 'number' ? [place, 1] : place;
}
