/** The rules of a protocol by name, each with what it says. A test takes away one at a time. */
type Rules<Name extends string> = Readonly<Record<Name, string>>;

/** Whether each rule holds. */
export type Holding<Name extends string> = Readonly<Record<Name, boolean>>;

export function namesOf<Name extends string>(rules: Rules<Name>): readonly Name[] {
  return Object.keys(rules) as Name[];
}

/** All rules hold but these. */
export function without<Name extends string>(rules: Rules<Name>, ...removed: readonly Name[]): Holding<Name> {
  return Object.fromEntries(namesOf(rules).map((name) => [name, !removed.includes(name)])) as Holding<Name>;
}
