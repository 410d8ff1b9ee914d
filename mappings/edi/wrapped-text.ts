import { text } from './codec.ts';
import type { PathOf } from './paths.ts';
import type { Part } from './rule.ts';

interface Columns<S> {
  readonly path: PathOf<S>;
  readonly element: number;
  /** The first of the components that hold the text. */
  readonly first?: number;
  readonly count: number;
  readonly width: number;
  /** By release, where it has another width. */
  readonly widths?: Readonly<Record<string, number>>;
}

/**
 * One text over several components of a width, such as the five of FTX. A component that is full goes on in the next one; after a
 * shorter one a blank is meant.
 */
export function wrapped<S>({ path, element, first = 1, count, width: usual, widths = {} }: Columns<S>): Part<S> {
  // As much as there is room for wherever the blanks are; most texts have room for more.
  const wholeOf = (width: number) => text((count - 1) * shortest(width) + width);
  const components = Array.from({ length: count }, (_, index) => first + index);
  return {
    carries: [{ path, form: wholeOf(usual).form }],
    matches: () => true,
    fits: () => true,
    read(segment, into) {
      const joined = unwrapped(
        components.map((component) => segment.see(element, component)),
        [usual, ...Object.values(widths)],
      );
      if (joined === '' || (into.get(path) ?? joined) !== joined) return;
      for (const component of components) segment.take(element, component);
      into.set(path, joined);
    },
    write(from, to, work) {
      const value = from.see(path) ?? '';
      const width = widths[work.release] ?? usual;
      const longest = text(count * width).write(value, work);
      const fits = longest !== undefined && wrap(longest.text, width).length <= count;
      const encoded = fits ? longest : wholeOf(width).write(value, work);
      if (encoded === undefined || encoded.text === '') return;
      from.take(path, encoded.change);
      for (const [index, piece] of wrap(encoded.text, width).entries()) to.put(piece, element, first + index);
    },
  };
}

function unwrapped(pieces: readonly string[], full: readonly number[]): string {
  const written = pieces.filter((piece) => piece !== '');
  const goesOn = (piece: string | undefined) => piece === undefined || full.includes(piece.length);
  return written.map((piece, at) => (goesOn(written[at - 1]) ? piece : ` ${piece}`)).join('');
}

/** Cuts at a blank between words, which is then left out, unless the piece would be too short: then at the full width. */
function wrap(value: string, width: number): string[] {
  if (value.length <= width) return [value];
  const cut = Array.from({ length: width - shortest(width) }, (_, index) => width - 1 - index).find(
    (at) => value[at] === ' ' && value[at - 1] !== ' ',
  );
  return cut === undefined
    ? [value.slice(0, width), ...wrap(value.slice(width), width)]
    : [value.slice(0, cut), ...wrap(value.slice(cut + 1), width)];
}

function shortest(width: number): number {
  return Math.floor(width / 2);
}
