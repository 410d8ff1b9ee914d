import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseEdiProfile } from '../../config/parse-edi-profile.ts';
import { type Reading, readingBy } from './reading.ts';
import { readTables } from './tables-folder.ts';

/** The variable that names a folder of tables where the command does not. */
const TABLES = 'ML_CONNECTOR_EDI_TABLES';

export interface ReadingOptions {
  /** The file of a partner's profile. */
  readonly profile?: string;
  /** A folder of tables of one's own. */
  readonly tables?: string;
}

/**
 * Reads the profile and the tables that a command names.
 *
 * @throws Failure CONFIG_INVALID, EDI_TABLE_INVALID, and what the file system says of a file that cannot be read
 */
export async function openReading({ profile, tables }: ReadingOptions): Promise<Reading> {
  const folder = tables ?? process.env[TABLES];
  const own = folder === undefined || folder === '' ? [] : await readTables(folder);
  const agreed =
    profile === undefined
      ? undefined
      : parseEdiProfile(await readFile(profile, 'utf8'), basename(profile), process.env);
  return readingBy(agreed, own);
}
