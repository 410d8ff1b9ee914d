import type { Inner, ItemOf, ListOf, PartOf, PathOf } from './paths.ts';

type Members = Record<string, unknown>;

/** A document that is coming together. A part appears with its first value. */
export class Draft<S> {
  readonly #members: Members;
  readonly #above: readonly string[];

  constructor(members: Members, above: readonly string[] = []) {
    this.#members = members;
    this.#above = above;
  }

  set(path: PathOf<S>, value: string): void {
    const names = [...this.#above, ...path.split('.')];
    const last = names.pop() ?? '';
    let holder: object = this.#members;
    for (const [index, name] of names.entries()) holder = madeMember(holder, name, names[index + 1] ?? last);
    Reflect.set(holder, last, value);
  }

  get(path: PathOf<S>): string | undefined {
    const found = this.#find(path);
    return typeof found === 'string' ? found : undefined;
  }

  /** Takes a part out again. */
  remove(part: PartOf<S> & string): void {
    const holder = this.#above.reduce<unknown>((within, name) => memberOf(within, name), this.#members);
    if (isHolder(holder)) Reflect.deleteProperty(holder, part);
  }

  /** Takes the items of a list out again. */
  clear(list: ListOf<S> & string): void {
    const items = this.#find(list);
    if (Array.isArray(items)) items.length = 0;
  }

  /** A new item at the end of a list. */
  add<K extends ListOf<S> & string>(list: K): Draft<ItemOf<S, K>> {
    const holder = this.#above.reduce((within, name) => madeMember(within, name, list), this.#members as object);
    const item: Members = {};
    const items = madeMember(holder, list, '0');
    if (Array.isArray(items)) items.push(item);
    return new Draft(item);
  }

  items<K extends ListOf<S> & string>(list: K): Draft<ItemOf<S, K>>[] {
    const items = this.#find(list);
    return Array.isArray(items) ? items.map((item: Members) => new Draft(item)) : [];
  }

  within<K extends PartOf<S> & string>(part: K): Draft<Inner<S, K>> {
    return new Draft(this.#members, [...this.#above, part]);
  }

  #find(path: string): unknown {
    const names = [...this.#above, ...path.split('.')];
    return names.reduce<unknown>(
      (holder, name) => (isHolder(holder) ? Reflect.get(holder, name) : undefined),
      this.#members,
    );
  }
}

/** The object or list at a name, made when there is none: a list when a number comes next. */
function madeMember(holder: object, name: string, next: string): object {
  const found: unknown = Reflect.get(holder, name);
  if (isHolder(found)) return found;
  const made = /^\d+$/.test(next) ? [] : {};
  Reflect.set(holder, name, made);
  return made;
}

function memberOf(holder: unknown, name: string): unknown {
  return isHolder(holder) ? Reflect.get(holder, name) : undefined;
}

function isHolder(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
