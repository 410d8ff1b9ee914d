import assert from 'node:assert/strict';
import type { Finding } from '../../../../formats/edi/finding.ts';
import { BUILT_IN_TABLES } from '../../../../formats/tables/built-in.ts';
import { TableShelf } from '../../../../formats/tables/shelf.ts';
import { checkerOf } from '../../../../formats/tables/table-checker.ts';
import { isa, tell } from '../../edi/samples.ts';

const BUILT_IN = new TableShelf(BUILT_IN_TABLES);

/** A set as a test writes it: the lines between ST and SE. */
export interface WrittenSet {
  readonly set: string;
  readonly group: string;
  readonly lines: readonly string[];
}

/** `code TAG02.1 segment` of what is found by the tables of the product, ST being segment 1. Notes are left out. */
export async function faultsIn(written: WrittenSet, release: string, tables = BUILT_IN): Promise<string[]> {
  return (await findingsIn(written, release, tables)).filter(({ severity }) => severity !== 'note').map(told);
}

/** As `faultsIn`, the notes alone. */
export async function notesIn(written: WrittenSet, release: string): Promise<string[]> {
  return (await findingsIn(written, release, BUILT_IN)).filter(({ severity }) => severity === 'note').map(told);
}

/** The set with some of its lines instead of one. */
export function changed(written: WrittenSet, line: string, instead: readonly string[]): WrittenSet {
  assert.equal(written.lines.filter((one) => one === line).length, 1, `${line} stands once`);
  return { ...written, lines: written.lines.flatMap((one) => (one === line ? instead : [one])) };
}

async function findingsIn({ set, group, lines }: WrittenSet, release: string, tables: TableShelf): Promise<Finding[]> {
  const parts = release >= '005010' ? { version: '00501', isa11: '^' } : {};
  const body = [`ST*${set}*0001`, ...lines, `SE*${lines.length + 2}*0001`].map((line) => `${line}~`).join('');
  const file = `${isa(parts)}GS*${group}*S*R*20260101*1200*1*X*${release}~${body}GE*1*1~IEA*1*000000905~`;
  const told = await tell(file, { checker: checkerOf(tables) });
  return [...told.findings];
}

function told({ code, tag, element, component, segment }: Finding): string {
  const place = element === 0 ? '' : String(element).padStart(2, '0');
  return `${code} ${tag}${place}${component === 0 ? '' : `.${component}`} ${segment}`;
}
