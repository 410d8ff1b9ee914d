import { type Command, Option } from 'commander';
import type { ExportOptions } from '../actions/export.ts';
import { perform } from '../session.ts';

export function registerExport(program: Command): void {
  program
    .command('export')
    .description('give out a body as the ledger has stored it; needs the master key, and is recorded')
    .argument('<document>', 'id, workflow id, or a number or file name people know it by')
    .addOption(
      new Option('--role <role>', 'original: as it came; canonical: as it was mapped; outgoing: as it was sent; answer')
        .choices(['original', 'canonical', 'outgoing', 'answer'])
        .default('original'),
    )
    .option('--out <file>', 'into this new file, readable by you alone, instead of to standard output')
    .addHelpText(
      'after',
      `
The original of a record is its part of the file it came in. An answer is what the other system, or a rule, said of a
failure, word for word. Bodies may hold personal values: who took which one is kept with the document (see timeline).

Examples:
  ml-connector export vendors-0301.csv --out vendors-0301.csv
  ml-connector export 0199c4a1 --role canonical | jq .`,
    )
    .action((document: string, options: ExportOptions) =>
      perform(async (session) => (await import('../actions/export.ts')).exportBody(session, document, options)),
    );
}
