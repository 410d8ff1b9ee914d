import { Failure } from '../failures/failure.ts';

/** Tables or role of the ledger are missing: undefined_table, and invalid_parameter_value for an unknown role. */
const NOT_SET_UP = ['42P01', '22023'];

/** Any error of a database that cannot be opened as LEDGER_UNREACHABLE, without the address, since the password stands in it; ours stay what they are. */
export function ledgerFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const code = codeOf(error);
  if (NOT_SET_UP.includes(code)) {
    return new Failure('LEDGER_UNREACHABLE', {
      message: 'There is no ledger in this database yet.',
      next: 'Run `ml-connector apply`, which sets it up.',
      cause: error,
    });
  }
  return new Failure('LEDGER_UNREACHABLE', { message: `The ledger cannot be opened (${code}).`, cause: error });
}

/** `ECONNREFUSED`, or the SQLSTATE; an address that resolves to several hosts fails with all of theirs. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : String(name ?? 'no answer');
}
