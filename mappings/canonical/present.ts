type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The fields without those that are undefined: an absent field means "leave as it is", and an undefined one must not travel. */
export function present<T extends object>(fields: T): Present<T> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Present<T>;
}

/** As `present`, and undefined when nothing is left. */
export function presentOrNone<T extends object>(fields: T): Present<T> | undefined {
  const left = present(fields);
  return Object.keys(left).length === 0 ? undefined : left;
}
