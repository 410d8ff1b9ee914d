import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { Failure } from '../../failures/failure.ts';
import type { SetTable } from '../../formats/tables/form.ts';
import { tableSchema } from '../../formats/tables/form-schema.ts';

const EXTENSIONS = ['.json', '.yaml', '.yml'];

/**
 * The tables of a folder: one set in each file of JSON or YAML.
 *
 * @throws Failure EDI_TABLE_INVALID for a file that holds none; it names the file and what is wrong
 */
export async function readTables(folder: string): Promise<SetTable[]> {
  const names = (await readdir(folder)).filter((name) => EXTENSIONS.includes(extname(name))).toSorted();
  return Promise.all(names.map(async (name) => parseTable(await readFile(join(folder, name), 'utf8'), name)));
}

/** JSON is YAML. Scalars are read as text, so that a code 00 stays what it is. */
function parseTable(text: string, name: string): SetTable {
  try {
    return tableSchema.parse(parse(text, { schema: 'failsafe', maxAliasCount: 0 }));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error).replaceAll(/\s*\n\s*/g, ' ') : String(error);
    throw new Failure('EDI_TABLE_INVALID', { message: `${name}: ${why}`, cause: error });
  }
}
