import { Failure } from '../../failures/failure.ts';
import { anchorProblem, findAnchors } from '../../ledger/anchors.ts';
import type { Ledger } from '../../ledger/database.ts';
import { countRecord } from '../../ledger/queries/overview.ts';
import { type Finding, verifyLedger } from '../../ledger/verify.ts';
import { EXIT_CODES } from '../exit.ts';
import { counted, plain, print, printJson } from '../output.ts';
import type { Session } from '../session.ts';

export interface VerifyOptions {
  readonly json?: boolean;
  /** The hash of an anchor, or its beginning, or a day. */
  readonly anchor?: string;
}

/** Checks every chain of events, and an anchor if one is named, and says what does not hold. */
export async function verify(session: Session, options: VerifyOptions): Promise<number> {
  const ledger = await session.ledger();
  const anchored = options.anchor === undefined ? [] : await anchorFindings(ledger, options.anchor);
  let findings = 0;
  for await (const finding of allFindings(ledger, anchored)) {
    findings += 1;
    if (options.json) printJson(finding);
    else print(`${finding.subject}: ${plain(finding.problem)}`);
  }
  if (!options.json) {
    const { documents, events } = await countRecord(ledger);
    const looked = `${counted(documents, 'document')}, ${counted(events, 'event')}`;
    const isAnchored = options.anchor === undefined ? '' : ', and as it was anchored';
    print(
      findings === 0 ? `The record is whole${isAnchored}: ${looked}.` : `${counted(findings, 'finding')} in ${looked}.`,
    );
  }
  return findings === 0 ? EXIT_CODES.done : EXIT_CODES.failed;
}

async function* allFindings(ledger: Ledger, anchored: readonly Finding[]): AsyncGenerator<Finding> {
  yield* anchored;
  yield* verifyLedger(ledger);
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** Long enough not to meet another by chance. */
const HASH = /^[0-9a-f]{12,64}$/i;

async function anchorFindings(ledger: Ledger, given: string): Promise<Finding[]> {
  const anchors = await findAnchors(ledger, wanted(given));
  if (anchors.length === 0) return [notThere(given)];
  const findings: Finding[] = [];
  for (const anchor of anchors) {
    const problem = await anchorProblem(ledger, anchor);
    if (problem) findings.push({ subject: `anchor ${anchor.hash.toString('hex').slice(0, 12)}`, problem });
  }
  return findings;
}

function wanted(given: string): { day: string } | { hash: string } {
  if (DAY.test(given) && !Number.isNaN(Date.parse(given))) return { day: given };
  if (HASH.test(given)) return { hash: given };
  throw new Failure('COMMAND_USAGE', {
    message: `"${given}" is neither a day such as 2026-03-01 nor an anchor's hash of 12 to 64 digits.`,
    next: 'Take the hash from the log: the line with "anchor".',
  });
}

/** A hash from the log that the ledger does not have is a finding, not a slip: whoever rewrites a record takes the anchors along. */
function notThere(given: string): Finding {
  if (DAY.test(given)) throw new Failure('NAME_UNKNOWN', { message: `There is no anchor of ${given}.` });
  const problem =
    'the ledger has no anchor of this hash: it was rewritten or restored from before it, or is another ledger';
  return { subject: `anchor ${given.slice(0, 12)}`, problem };
}
