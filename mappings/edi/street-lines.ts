import type { Party } from '../canonical/trade.ts';
import { text } from './codec.ts';
import type { Part } from './rule.ts';

type Details = Omit<Party, 'role'>;

const PATHS = ['address.lines.0', 'address.lines.1', 'address.lines.2', 'address.lines.3'] as const;
const line = text(35);

/** Four lines of an address in the components of an element. Some leave lines out between others. */
export function streetLines(element: number): Part<Details> {
  return {
    carries: PATHS.map((path) => ({ path, form: line.form })),
    matches: () => true,
    fits: () => true,
    read(segment, into) {
      const found = [1, 2, 3, 4].filter((component) => segment.see(element, component) !== '');
      for (const [index, component] of found.entries()) {
        const path = PATHS[index];
        if (path !== undefined) into.set(path, segment.take(element, component));
      }
    },
    write(from, to, work) {
      for (const [index, path] of PATHS.entries()) {
        const written = line.write(from.see(path) ?? '', work);
        if (written === undefined || written.text === '') continue;
        from.take(path, written.change);
        to.put(written.text, element, index + 1);
      }
    },
  };
}
