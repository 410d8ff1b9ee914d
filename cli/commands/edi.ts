import type { Command } from 'commander';
import { print } from '../output.ts';

const CODES = `Ends with:
  0  clean; there may be notes
  1  findings that reject, or accept with an error
  2  no EDI
  3  a file cannot be read, or the command makes no sense

No value of a document is shown without --values.`;

/** Exit code of a call that makes no sense: for files, 2 already means that they are no EDI. */
const USAGE = 3;

export function registerEdi(program: Command): void {
  const edi = program.command('edi').description('look into files of X12, EDIFACT and TRADACOMS');
  edi
    .command('inspect')
    .argument('[file...]', 'files; - or none is standard input')
    .description('say what is in a file, and what is wrong with it')
    .option('--json', 'one JSON object a line for each interchange')
    .option('--values', 'show what stood where something was found')
    .addHelpText('after', `\n${CODES}\n\nExample:\n  ml-connector edi inspect orders.edi`)
    .exitOverride((error) => {
      if (error.exitCode === 0) throw error;
      process.exit(USAGE);
    })
    .action(async (files: string[], options: { json?: boolean; values?: boolean }) => {
      const { inspect } = await import('../edi/inspect.ts');
      const layout = { asJson: options.json === true, withValues: options.values === true };
      process.exitCode = await inspect(files.length === 0 ? ['-'] : files, layout, print);
    });
}
