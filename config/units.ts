/**
 * Values with a unit. The code has the unit in the key and a number (`everyMs: 300000`); a file has the plain key and text
 * (`every: 5m`). Both notations name the same setting.
 */

export type Unit = 'Ms' | 'Bytes' | 'Percent';

const UNIT_SUFFIX = /^([a-z][A-Za-z]*)(Ms|Bytes|Percent)$/;

const MS_OF = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const BYTES_OF = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 } as const;

/** What a value of the unit looks like, for messages. */
export const UNIT_EXAMPLES: Readonly<Record<Unit, string>> = {
  Ms: 'a duration such as 10s, 5m, 4h or 1d',
  Bytes: 'a size such as 500KiB or 64MiB',
  Percent: 'a percentage such as 20%',
};

/** Notation of a unit in files, as a regular expression for editors. */
export const UNIT_PATTERNS: Readonly<Record<Unit, string>> = {
  Ms: '^\\d+(ms|s|m|h|d)$',
  Bytes: '^\\d+(B|KiB|MiB|GiB)$',
  Percent: '^\\d+%$',
};

/** `everyMs` -> `{ name: 'every', unit: 'Ms' }`; undefined for a key without a unit. */
export function unitOf(key: string): { readonly name: string; readonly unit: Unit } | undefined {
  const [, name, unit] = UNIT_SUFFIX.exec(key) ?? [];
  return name === undefined ? undefined : { name, unit: unit as Unit };
}

/** Reads `5m`, `64MiB` or `20%`; undefined when the text is none. */
export function parseUnit(text: string, unit: Unit): number | undefined {
  if (!new RegExp(UNIT_PATTERNS[unit]).test(text)) return undefined;
  const amount = Number.parseInt(text, 10);
  const name = text.replace(/^\d+/, '');
  const factors: Readonly<Record<string, number>> = { ...MS_OF, ...BYTES_OF, '%': 1 };
  return amount * (factors[name] ?? 1);
}

/** The shortest exact notation: 300000 ms is `5m`, 90000 ms is `90s`. */
export function formatUnit(value: number, unit: Unit): string {
  if (unit === 'Percent') return `${value}%`;
  const factors = Object.entries(unit === 'Ms' ? MS_OF : BYTES_OF).reverse();
  const [name, factor] = factors.find(([, size]) => value % size === 0 && value >= size) ??
    factors[factors.length - 1] ?? ['', 1];
  return `${value / factor}${name}`;
}
