import { type Command, type CommanderError, InvalidArgumentError } from 'commander';
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
    .exitOverride(endAsUsage)
    .action(async (files: string[], options: { json?: boolean; values?: boolean }) => {
      const { inspect } = await import('../edi/inspect.ts');
      const layout = { asJson: options.json === true, withValues: options.values === true };
      process.exitCode = await inspect(files.length === 0 ? ['-'] : files, layout, print);
    });
  edi
    .command('ack')
    .argument('[file]', 'file; - or none is standard input')
    .description('print the acknowledgment that a file would get: 997 or 999, TA1, CONTRL')
    .option('--form <form>', 'how groups of X12 are answered: 997 or 999', formOf, '997')
    .option('--control <number>', 'control number of the acknowledgment', numberOf, 1)
    .addHelpText('after', `\n${CODES}\n\nExample:\n  ml-connector edi ack orders.edi`)
    .exitOverride(endAsUsage)
    .action(async (file: string | undefined, options: { form: '997' | '999'; control: number }) => {
      const { acknowledge } = await import('../edi/ack.ts');
      const write = (bytes: Buffer) => process.stdout.write(bytes);
      process.exitCode = await acknowledge(file ?? '-', options, new Date(), write);
    });
}

function endAsUsage(error: CommanderError): never {
  if (error.exitCode === 0) throw error;
  process.exit(USAGE);
}

function formOf(text: string): '997' | '999' {
  if (text === '997' || text === '999') return text;
  throw new InvalidArgumentError('It is 997 or 999.');
}

function numberOf(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a number of one to nine digits.');
}
