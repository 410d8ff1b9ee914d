import { CommanderError } from 'commander';
import type { FailureCode } from '../failures/catalogue.ts';
import { Failure } from '../failures/failure.ts';

/** What the process ends with; the help and `docs/operating.md` explain them. */
export const EXIT_CODES = { done: 0, failed: 1, usage: 2, environment: 3, unknownName: 4 } as const;

const CODES: Readonly<Partial<Record<FailureCode, number>>> = {
  COMMAND_USAGE: EXIT_CODES.usage,
  NAME_AMBIGUOUS: EXIT_CODES.usage,
  SECRETS_INVALID: EXIT_CODES.usage,
  ENVIRONMENT_INVALID: EXIT_CODES.environment,
  LEDGER_UNREACHABLE: EXIT_CODES.environment,
  TEMPORAL_UNREACHABLE: EXIT_CODES.environment,
  MASTER_KEY_INVALID: EXIT_CODES.environment,
  MASTER_KEY_UNKNOWN: EXIT_CODES.environment,
  NAME_UNKNOWN: EXIT_CODES.unknownName,
};

/** The exit code an error stands for. Help and version reach us as errors of commander with exit code 0. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError)
    return error.exitCode === 0 || isHelp(error) ? EXIT_CODES.done : EXIT_CODES.usage;
  if (error instanceof Failure) return CODES[error.code] ?? EXIT_CODES.failed;
  return EXIT_CODES.failed;
}

function isHelp(error: CommanderError): boolean {
  return error.code === 'commander.help';
}

/** Says on stderr what went wrong and what to do; where it comes from only when asked. */
export function report(error: unknown, { withTrace }: { readonly withTrace: boolean }): void {
  if (error instanceof CommanderError) return;
  const lines = error instanceof Failure ? [error.message, `Next: ${error.next}`] : unexpected(error);
  process.stderr.write(`Error: ${lines.join('\n')}\n`);
  if (withTrace) process.stderr.write(`${stacksOf(error).join('\ncaused by ')}\n`);
}

function unexpected(error: unknown): string[] {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return [what, 'Next: Run it again with --trace and report what it prints.'];
}

/** Stacks only: the properties of an error may hold an address with its password. */
function stacksOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  return [error.stack ?? error.message, ...stacksOf(error.cause)];
}

/** A reader that has seen enough (`| head`) is no error. */
export function whenOutputCloses(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
}
