import { type Command, type CommanderError, InvalidArgumentError } from 'commander';
import type { BuildOptions } from '../edi/build.ts';
import type { ReadingOptions } from '../edi/open-reading.ts';
import type { Reading } from '../edi/reading.ts';
import { print } from '../output.ts';

const CODES = `Ends with:
  0  clean; there may be notes
  1  findings that reject, or accept with an error
  2  no EDI
  3  a file cannot be read, or the command makes no sense

No value of a document is shown without --values.`;

const MAP_CODES = `Ends with:
  0  every set became a document; there may be notes
  1  a set became none, or something rejects, or is accepted with an error
  2  no EDI
  3  a file cannot be read, or the command makes no sense

A document stands only when the line of its group and of its interchange do not reject it.`;

const BUILD_CODES = `Ends with:
  0  written; what was lost on the way is said on stderr
  1  a document was refused, and nothing written, or the partner would find fault with it
  3  a file cannot be read, or the command makes no sense`;

/** Exit code of a call that makes no sense: for files, 2 already means that they are no EDI. */
const USAGE = 3;

interface InspectOptions extends ReadingOptions {
  readonly json?: boolean;
  readonly values?: boolean;
}

interface AckOptions extends ReadingOptions {
  readonly form?: '997' | '999';
  readonly control: number;
}

export function registerEdi(program: Command): void {
  const edi = program.command('edi').description('look into files of X12, EDIFACT and TRADACOMS');
  registerInspect(edi);
  registerCheck(edi);
  registerAck(edi);
  registerMap(edi);
  registerBuild(edi);
}

function registerInspect(edi: Command): void {
  reading(edi.command('inspect').argument('[file...]', 'files; - or none is standard input'))
    .description('say what is in a file, and what is wrong with it')
    .option('--json', 'one JSON object a line for each interchange')
    .option('--values', 'show what stood where something was found')
    .addHelpText('after', `\n${CODES}\n\nExample:\n  ml-connector edi inspect orders.edi`)
    .action(async (files: string[], options: InspectOptions) => {
      const { inspect } = await import('../edi/inspect.ts');
      const layout = { asJson: options.json === true, withValues: options.values === true };
      await by(options, (read) => inspect(files.length === 0 ? ['-'] : files, layout, read, print));
    });
}

function registerCheck(edi: Command): void {
  edi
    .command('check')
    .argument('[file...]', 'files; - or none is standard input')
    .description('say what a partner would complain about, by the guide in its profile')
    .requiredOption('--profile <file>', 'profile of the partner')
    .option('--tables <folder>', 'tables of your own, one set a file')
    .option('--values', 'show what stood where something was found')
    .addHelpText('after', `\n${CODES}\n\nExample:\n  ml-connector edi check orders.edi --profile acme.yaml`)
    .exitOverride(endAsUsage)
    .action(async (files: string[], options: InspectOptions) => {
      const { check } = await import('../edi/check.ts');
      const layout = { withValues: options.values === true };
      await by(options, (read) => check(files.length === 0 ? ['-'] : files, layout, read, print));
    });
}

function registerAck(edi: Command): void {
  reading(edi.command('ack').argument('[file]', 'file; - or none is standard input'))
    .description('print the acknowledgment that a file would get: 997 or 999, TA1, CONTRL')
    .option('--form <form>', 'how groups of X12 are answered: 997 or 999', formOf)
    .option('--control <number>', 'control number of the acknowledgment', numberOf, 1)
    .addHelpText('after', `\n${CODES}\n\nExample:\n  ml-connector edi ack orders.edi`)
    .action(async (file: string | undefined, { form, control, ...options }: AckOptions) => {
      const { acknowledge } = await import('../edi/ack.ts');
      const write = (bytes: Buffer) => process.stdout.write(bytes);
      await by(options, (read) => acknowledge(file ?? '-', { form, control }, read, new Date(), write));
    });
}

function registerMap(edi: Command): void {
  reading(edi.command('map').argument('[file...]', 'files; - or none is standard input'))
    .description('print what the sets of a file mean, as canonical documents, one JSON object a line')
    .addHelpText('after', `\n${MAP_CODES}\n\nExample:\n  ml-connector edi map orders.edi --profile acme.yaml`)
    .action(async (files: string[], options: ReadingOptions) => {
      const { mapFiles } = await import('../edi/map.ts');
      const write = (text: string) => process.stdout.write(text);
      await by(options, (read) => mapFiles(files.length === 0 ? ['-'] : files, read, new Date(), write));
    });
}

function registerBuild(edi: Command): void {
  edi
    .command('build')
    .argument('[file]', 'canonical documents as JSON; - or none is standard input')
    .description('print canonical documents as one interchange to a partner')
    .requiredOption('--profile <file>', 'profile of the partner, with an envelope')
    .option('--tables <folder>', 'tables of your own, one set a file')
    .option('--control <number>', 'control number of the interchange', numberOf, 1)
    .addHelpText('after', `\n${BUILD_CODES}\n\nExample:\n  ml-connector edi build order.json --profile acme.yaml`)
    .exitOverride(endAsUsage)
    .action(async (file: string | undefined, { control, ...options }: BuildOptions & ReadingOptions) => {
      const { build } = await import('../edi/build.ts');
      const output = {
        write: (bytes: Buffer) => void process.stdout.write(bytes),
        say: (line: string) => void process.stderr.write(`${line}\n`),
      };
      await by(options, (read) => build(file ?? '-', { control }, read, new Date(), output));
    });
}

function reading(command: Command): Command {
  return command
    .option('--profile <file>', 'profile of the partner')
    .option('--tables <folder>', 'tables of your own, one set a file')
    .exitOverride(endAsUsage);
}

/** Reads by the profile and the tables that the options name; the exit code says how it went. */
async function by(options: ReadingOptions, work: (reading: Reading) => Promise<number>): Promise<void> {
  const { openReading } = await import('../edi/open-reading.ts');
  const { sayUnusable } = await import('../edi/read-file.ts');
  const opened = await openReading(options).catch(sayUnusable);
  process.exitCode = typeof opened === 'number' ? opened : await work(opened);
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
