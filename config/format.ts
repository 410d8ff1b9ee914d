import { z } from 'zod';
import { CsvDialect } from '../formats/csv/dialect.ts';

/** How the files of a flow are written, told apart by `type`. */
export const formatSchema = z.discriminatedUnion('type', [CsvDialect.safeExtend({ type: z.literal('csv') })]);
