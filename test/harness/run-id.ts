import { randomBytes } from 'node:crypto';

let own: string | undefined;

/** The name of this test run; every database and namespace it makes begins with it. A file that is run alone is a run. */
export function runId(): string {
  const given = process.env.ML_CONNECTOR_TEST_RUN;
  if (given) return given;
  own ??= newRunId();
  return own;
}

export function newRunId(): string {
  return `test_${randomBytes(4).toString('hex')}`;
}
