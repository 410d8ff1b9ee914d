const TOKENS = /yyyy|yy|MM|M|dd|d/g;
const SHAPE: Readonly<Record<string, string>> = {
  yyyy: '(?<year>\\d{4})',
  yy: '(?<year>\\d{2})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{2})',
  d: '(?<day>\\d{1,2})',
};

/** True when the pattern holds year, month and day once each and no other letters. */
export function isDatePattern(pattern: string): boolean {
  const kinds = (pattern.match(TOKENS) ?? []).map((token) => token[0]);
  return [...kinds].sort().join('') === 'Mdy' && !/[a-z]/i.test(pattern.replace(TOKENS, ''));
}

const compiled = new Map<string, RegExp>();

function expression(pattern: string): RegExp {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const source = pattern
    .split(/(yyyy|yy|MM|M|dd|d)/)
    .map((part) => SHAPE[part] ?? part.replace(/[^\w\s]/g, '\\$&'))
    .join('');
  const made = new RegExp(`^${source}$`);
  compiled.set(pattern, made);
  return made;
}

/**
 * Reads a day written in `pattern` (see `CsvDialect.datePattern`) into ISO form, `2026-11-03`. Two-digit years are 20yy.
 * Undefined when the text does not fit the pattern or names a day that the calendar does not have.
 */
export function readDay(text: string, pattern: string): string | undefined {
  const parts = expression(pattern).exec(text.trim())?.groups;
  if (parts === undefined) return undefined;
  const year = parts.year?.length === 2 ? `20${parts.year}` : parts.year;
  const iso = `${year}-${parts.month?.padStart(2, '0')}-${parts.day?.padStart(2, '0')}`;
  const time = new Date(`${iso}T00:00:00Z`);
  // The engine rolls 30 February over to March, so the day is compared with what came out.
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(iso) ? iso : undefined;
}

/** Writes an ISO day (a longer instant is cut to its day) in `pattern`. */
export function writeDay(isoDay: string, pattern: string): string {
  const [year = '', month = '', day = ''] = isoDay.slice(0, 10).split('-');
  const texts: Record<string, string> = {
    yyyy: year,
    yy: year.slice(2),
    MM: month,
    M: String(Number(month)),
    dd: day,
    d: String(Number(day)),
  };
  return pattern.replace(TOKENS, (token) => texts[token] ?? token);
}
