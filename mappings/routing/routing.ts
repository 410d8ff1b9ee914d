/**
 * How values of a partner become ours, as data of the integration file. `values` translates field by field
 * (`address.country: { Norway: NO }`); then the rules are tried in order, each seeing what those before it set.
 */
export interface Routing {
  readonly values: Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;
  readonly rules: readonly RoutingRule[];
}

/**
 * When every field of `when` has one of its texts, the fields of `set` get theirs. `*` stands for any letters; letter case
 * and outer white space do not matter; '' is a field without a value.
 */
export interface RoutingRule {
  readonly when: Readonly<Record<string, readonly string[] | undefined>>;
  readonly set: Readonly<Record<string, string | undefined>>;
}

/** Values by field name, undefined where there is none. */
type FieldValues = Readonly<Record<string, string | undefined>>;

/** The values after translation and rules. */
export function routedValues(values: FieldValues, routing: Routing): FieldValues {
  const current: Record<string, string | undefined> = { ...values };
  for (const [field, table] of Object.entries(routing.values)) {
    const value = values[field];
    if (value !== undefined && table !== undefined) current[field] = translation(value, table);
  }
  for (const rule of routing.rules) {
    if (matches(rule, current)) Object.assign(current, rule.set);
  }
  return current;
}

/** The text that stands for this one in a table; the text itself when none does. */
export function translation(value: string, table: Readonly<Record<string, string>>): string {
  const spelling = value.trim().toLowerCase();
  return Object.entries(table).find(([theirs]) => theirs.trim().toLowerCase() === spelling)?.[1] ?? value;
}

function matches({ when }: RoutingRule, values: FieldValues): boolean {
  return Object.entries(when).every(([field, texts = []]) => {
    const value = (values[field] ?? '').trim().toLowerCase();
    return texts.some((text) => fits(value, text.trim().toLowerCase()));
  });
}

function fits(value: string, text: string): boolean {
  if (!text.includes('*')) return value === text;
  const parts = text.split('*').map((part) => part.replace(/[\\^$.+?()[\]{}|/]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^]*')}$`, 'u').test(value);
}
