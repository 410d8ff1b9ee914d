import { Failure } from '../../failures/failure.ts';

/**
 * Checks the names of a header (`where` begins the message). Outer white space is not part of a name; a column without a name is allowed and
 * dropped, since many partners end every row with a delimiter.
 *
 * @throws Failure CSV_HEADER_INVALID naming what is missing or doubled; the names found are confidential, because the first
 *   row of a file without a header is somebody's data
 */
export function columnsOf(
  cells: readonly string[],
  where: string,
  required: readonly string[],
  most: number,
): string[] {
  const names = cells.map((cell) => cell.trim());
  const problem =
    names.length > most
      ? `has ${names.length} columns, more than the limit of ${most}`
      : (doubledNames(names) ?? missingNames(names, required));
  if (problem === undefined) return names;
  throw new Failure('CSV_HEADER_INVALID', {
    message: `${where} ${problem}.`,
    confidential: `Columns found: ${names.join(', ')}`,
  });
}

function doubledNames(names: readonly string[]): string | undefined {
  const places = new Map<string, number>();
  for (const [index, name] of names.entries()) {
    const first = places.get(name);
    if (first !== undefined && name !== '') return `names columns ${first + 1} and ${index + 1} alike`;
    places.set(name, index);
  }
  // Cells become properties of an object, and this one name would not.
  return names.includes('__proto__') ? 'names a column __proto__, which cannot be read' : undefined;
}

function missingNames(names: readonly string[], required: readonly string[]): string | undefined {
  const missing = required.filter((name) => !names.includes(name));
  if (missing.length === 0) return undefined;
  return `lacks ${missing.map((name) => `"${name}"`).join(', ')} (it has ${names.length} columns)`;
}
