/** One place where what would be sent differs; `null` where it is not there. */
export interface Difference {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * How two bodies differ: JSON field by field (`lines.2.amount`), anything else line by line (`line 12`). `before` is
 * undefined where nothing was made before.
 */
export function differenceOf(before: Buffer | undefined, after: Buffer): readonly Difference[] {
  const [left, right] = [before === undefined ? new Map<string, string>() : fieldsOf(before), fieldsOf(after)];
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((field) => ({ field, before: left.get(field) ?? null, after: right.get(field) ?? null }))
    .filter((one) => one.before !== one.after);
}

function fieldsOf(body: Buffer): ReadonlyMap<string, string> {
  const text = body.toString('utf8');
  try {
    return new Map(leaves('', JSON.parse(text)));
  } catch {
    return new Map(text.split('\n').map((line, index) => [`line ${index + 1}`, line]));
  }
}

function* leaves(path: string, value: unknown): Generator<[string, string]> {
  if (value === null || typeof value !== 'object') {
    yield [path, JSON.stringify(value)];
    return;
  }
  for (const [key, inner] of Object.entries(value)) yield* leaves(path === '' ? key : `${path}.${key}`, inner);
}
