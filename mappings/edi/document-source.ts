import type { Lost } from './map.ts';
import type { Inner, ItemOf, ListOf, PartOf, PathOf } from './paths.ts';

interface Told {
  readonly paths: Set<string>;
  readonly lost: Lost[];
}

/** A document, or a part of one, that is being written. What is taken is marked; what is left in the end is lost. */
export class DocumentSource<S> {
  readonly #value: unknown;
  readonly #at: string;
  readonly #told: Told;

  constructor(value: S, at = '', told: Told = { paths: new Set(), lost: [] }) {
    this.#value = value;
    this.#at = at;
    this.#told = told;
  }

  /** A text, still to be taken. */
  see(path: PathOf<S>): string | undefined {
    const found = path.split('.').reduce<unknown>(memberOf, this.#value);
    return typeof found === 'string' ? found : undefined;
  }

  /** A text that is written now, as it is or changed. */
  take(path: PathOf<S>, change?: Exclude<Lost['why'], 'no-place'>): string | undefined {
    this.#told.paths.add(joined(this.#at, path));
    if (change !== undefined) this.#told.lost.push({ path: this.where(path), why: change });
    return this.see(path);
  }

  hasTaken(path: PathOf<S>): boolean {
    return this.#told.paths.has(joined(this.#at, path));
  }

  items<K extends ListOf<S> & string>(list: K): DocumentSource<ItemOf<S, K>>[] {
    const items = memberOf(this.#value, list);
    if (!Array.isArray(items)) return [];
    return items.map(
      (item: ItemOf<S, K>, index) => new DocumentSource(item, joined(this.#at, `${list}.${index}`), this.#told),
    );
  }

  within<K extends PartOf<S> & string>(part: K): DocumentSource<Inner<S, K>> {
    const value = memberOf(this.#value, part) as Inner<S, K>;
    return new DocumentSource(value, joined(this.#at, part), this.#told);
  }

  get isPresent(): boolean {
    return this.#value !== undefined;
  }

  /** The whole path of a field, as `lost` and findings name it. */
  where(path: string): string {
    return indexed(joined(this.#at, path));
  }

  /** Asked of the whole document in the end. */
  lost(): Lost[] {
    const nowhere = leavesOf(this.#value, this.#at).filter((path) => !this.#told.paths.has(path));
    return [...this.#told.lost, ...nowhere.map((path) => ({ path: indexed(path), why: 'no-place' as const }))];
  }
}

function memberOf(holder: unknown, name: string): unknown {
  return typeof holder === 'object' && holder !== null ? Reflect.get(holder, name) : undefined;
}

/** `lines[2].note` for `lines.2.note`. */
function indexed(path: string): string {
  return path.replace(/\.(\d+)(?=\.|$)/g, '[$1]');
}

function joined(above: string, path: string): string {
  return above === '' ? path : `${above}.${path}`;
}

function leavesOf(value: unknown, at: string): string[] {
  if (typeof value !== 'object' || value === null) return value === undefined ? [] : [at];
  return Object.entries(value).flatMap(([name, member]) => leavesOf(member, joined(at, name)));
}
