/** What a name of an outgoing file is made from. `sequence` never repeats for the flow, so no name does. */
export interface FileNameParts {
  readonly at: Date;
  readonly sequence: number;
}

const PLACEHOLDER = /\{([^{}]*)\}/g;
const DATE = /^date:((?:yyyy|MM|dd|HH|mm|ss|[-_.])+)$/;
const SEQUENCE = /^sequence(?::([1-9]|1[0-2]))?$/;

/**
 * Fills a template such as `invoices-{date:yyyyMMdd}-{sequence:6}.csv`. Dates are in UTC. A number with more digits than its
 * width keeps them all.
 */
export function fileName(template: string, parts: FileNameParts): string {
  return template.replace(PLACEHOLDER, (_match, inner: string) => {
    const pattern = DATE.exec(inner)?.[1];
    if (pattern !== undefined) return dateText(pattern, parts.at);
    return String(parts.sequence).padStart(Number(SEQUENCE.exec(inner)?.[1] ?? 1), '0');
  });
}

/** What is wrong with a template, as sentences; empty when it makes a plain file name that never repeats. */
export function fileNameFaults(template: string): readonly string[] {
  const inners = [...template.matchAll(PLACEHOLDER)].map(([, inner = '']) => inner);
  const unknown = inners.filter((inner) => !DATE.test(inner) && !SEQUENCE.test(inner));
  const faults = unknown.map((inner) => `{${inner}} is unknown; use {date:yyyyMMdd} (also HHmmss) and {sequence:6}`);
  if (!inners.some((inner) => SEQUENCE.test(inner))) {
    faults.push('must hold {sequence} or {sequence:6}: without it two files may get the same name');
  }
  const rest = template.replace(PLACEHOLDER, '');
  if (/[{}]/.test(rest)) faults.push('has a brace without its partner');
  if (/[^\p{L}\p{N} ._\-()+{}]/u.test(rest)) faults.push('must hold only letters, digits, spaces and . _ - ( ) +');
  if (template.startsWith('.')) faults.push('must not begin with a dot: such files are hidden from the partner');
  return faults;
}

function dateText(pattern: string, at: Date): string {
  const iso = at.toISOString();
  const fields: Readonly<Record<string, string>> = {
    yyyy: iso.slice(0, 4),
    MM: iso.slice(5, 7),
    dd: iso.slice(8, 10),
    HH: iso.slice(11, 13),
    mm: iso.slice(14, 16),
    ss: iso.slice(17, 19),
  };
  return pattern.replace(/yyyy|MM|dd|HH|mm|ss/g, (field) => fields[field] ?? field);
}
