import { countRecord } from '../../ledger/queries/overview.ts';
import { verifyLedger } from '../../ledger/verify.ts';
import { EXIT_CODES } from '../exit.ts';
import { counted, plain, print, printJson } from '../output.ts';
import type { Session } from '../session.ts';

/** Checks every chain of events, and says what does not hold. */
export async function verify(session: Session, options: { readonly json?: boolean }): Promise<number> {
  const ledger = await session.ledger();
  let findings = 0;
  for await (const finding of verifyLedger(ledger)) {
    findings += 1;
    if (options.json) printJson(finding);
    else print(`${finding.subject}: ${plain(finding.problem)}`);
  }
  if (!options.json) {
    const { documents, events } = await countRecord(ledger);
    const looked = `${counted(documents, 'document')}, ${counted(events, 'event')}`;
    print(findings === 0 ? `The record is whole: ${looked}.` : `${counted(findings, 'finding')} in ${looked}.`);
  }
  return findings === 0 ? EXIT_CODES.done : EXIT_CODES.failed;
}
