import type { Codec } from './codec.ts';
import type { DocumentSource } from './document-source.ts';
import type { PathOf } from './paths.ts';
import { type Elements, inDocument, inSet, type Part, type Work } from './rule.ts';

/** The number of an element, or of an element and its component; both from 1. */
type Place = number | readonly [element: number, component: number];

/** An element that holds a field. What cannot be understood is left, and so unmapped. */
export function at<S>(place: Place, path: PathOf<S>, codec: Codec): Part<S> {
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
        work.tell({
          ...inSet(segment, element),
          severity: 'note',
          code: 'value-not-understood',
          message: NOT_UNDERSTOOD,
        });
        return;
      }
      segment.take(element, component);
      into.set(path, value);
    },
    write: (from, to, work) => writeValue({ element, component, path, codec }, from, to, work),
  };
}

/** As `at`, for a field without which the set makes no sense: a document without it is not written. */
export function must<S>(place: Place, path: PathOf<S>, codec: Codec): Part<S> {
  const part = at(place, path, codec);
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
      return value !== undefined && codec.write(value, work) !== undefined;
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

const NOT_UNDERSTOOD = 'A value is not of the form that its place asks for, or a code is not known.';
const MISSING = 'The set cannot be written without this field.';

interface Field<S> {
  readonly element: number;
  readonly component: number;
  readonly path: PathOf<S>;
  readonly codec: Codec;
}

function writeValue<S>(
  { element, component, path, codec }: Field<S>,
  from: DocumentSource<S>,
  to: Elements,
  work: Work,
) {
  const value = from.see(path);
  if (value === undefined || value === '') return;
  const encoded = codec.write(value, work);
  if (encoded !== undefined) {
    from.take(path, encoded.change);
    to.put(encoded.text, element, component);
  } else if (codec.unfit === 'refuse') {
    const message = 'The value does not fit its place in the set, and must not be cut.';
    work.tell({ ...inDocument(from.where(path)), severity: 'reject', code: 'value-unfit', message });
  }
}

function placeOf(place: Place): readonly [number, number] {
  return typeof place === 'number' ? [place, 1] : place;
}
