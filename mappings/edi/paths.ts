/** The dotted paths of a document's texts, `supplier.number`; those of lists of objects are reached item by item. */
export type PathOf<S> = S extends string
  ? never
  : S extends readonly (infer Item)[]
    ? Item extends string
      ? `${number}`
      : never
    : S extends object
      ? { [K in keyof S & string]-?: Below<K, NonNullable<S[K]>> }[keyof S & string]
      : never;

type Below<K extends string, Value> = Value extends string ? K : `${K}.${PathOf<Value>}`;

type KeysOf<S> = S extends unknown ? keyof S & string : never;
type Held<S, K extends string> = S extends unknown ? (K extends keyof S ? NonNullable<S[K]> : never) : never;

/** The fields that hold lists of objects. */
export type ListOf<S> = { [K in KeysOf<S>]: Held<S, K> extends readonly object[] ? K : never }[KeysOf<S>];

/** An item of such a list. */
export type ItemOf<S, K extends string> = Held<S, K> extends readonly (infer Item)[] ? Item : never;

/** The fields that hold one object. */
export type PartOf<S> = { [K in KeysOf<S>]: Held<S, K> extends readonly unknown[] | string ? never : K }[KeysOf<S>];

export type Inner<S, K extends string> = Held<S, K>;
