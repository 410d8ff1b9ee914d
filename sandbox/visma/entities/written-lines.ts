import { BusinessRefusal } from '../answers.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';

/** What sets the lines of one kind of document apart: the field that numbers them, and how a written line lies over one. */
export interface LineRules {
  readonly numberField: string;
  /** Throws BusinessRefusal. */
  readonly laidOver: (line: JsonObject, written: JsonObject) => JsonObject;
}

/**
 * The lines of a document after the operations of a write: `Insert` appends one with the next number each time it is sent,
 * `Update` and `Delete` name theirs, a line that is not mentioned stays.
 */
export function withLines(before: readonly JsonObject[], written: Json | undefined, rules: LineRules): JsonObject[] {
  const { numberField, laidOver } = rules;
  const lines = [...before];
  for (const change of linesIn(written)) {
    if (change.operation === undefined) throw new BusinessRefusal("Error: 'operation' cannot be empty.");
    if (change.operation === 'Insert') {
      const number = Math.max(0, ...lines.map((line) => Number(line[numberField]))) + 1;
      lines.push(laidOver({ [numberField]: number }, change));
      continue;
    }
    const found = lines.findIndex((line) => line[numberField] === change.lineNumber);
    const line = lines[found];
    if (line === undefined)
      throw new BusinessRefusal(`Error: LineNbr '${change.lineNumber}' cannot be found in the system.`);
    if (change.operation === 'Delete') lines.splice(found, 1);
    else lines[found] = laidOver(line, change);
  }
  return lines;
}

/** The objects of a list of lines. */
export function linesIn(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Rounded to whole cents: sums of the sandbox's own making. */
export function cents(value: number): number {
  return Math.round((value + Number.EPSILON) * 100) / 100;
}

/** The sum of a field over lines, in whole cents. */
export function sumOf(lines: readonly JsonObject[], field: string): number {
  return cents(lines.reduce((sum, line) => sum + Number(line[field] ?? 0), 0));
}
