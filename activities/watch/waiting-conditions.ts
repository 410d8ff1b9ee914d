import { catalogue, type FailureCode } from '../../failures/catalogue.ts';
import type { Condition } from '../../ledger/alerts.ts';
import { listConnections } from '../../ledger/connections.ts';
import type { Ledger } from '../../ledger/database.ts';
import {
  type StarvedBudget,
  starvedBudgets,
  type WaitingForPerson,
  waitingForPerson,
} from '../../ledger/queries/watch.ts';

/** What the ledger itself says is wrong: documents that wait for a person, blocked connections, budgets that do not suffice. */
export async function waitingConditions(ledger: Ledger): Promise<Condition[]> {
  const blocked = (await listConnections(ledger)).filter(({ latch }) => latch === 'blocked');
  return [
    ...(await waitingForPerson(ledger)).map(ofDocuments),
    ...blocked.map(({ name }) => ofConnection(name)),
    ...(await starvedBudgets(ledger)).map(ofBudget),
  ];
}

function ofDocuments({ flow, state, code, count }: WaitingForPerson): Condition {
  const documents = count === 1 ? '1 document' : `${count} documents`;
  const list = `ml-connector documents --failed --flow ${flow}`;
  if (state === 'uncertain') {
    const summary = `${documents} of ${flow} may or may not have been written (${code}).`;
    const next = `See \`${list}\`, look in the other system, then \`ml-connector resolve\`.`;
    return { kind: 'outcome uncertain', subject: flow, code, count, summary, next };
  }
  const advice = Object.hasOwn(catalogue, code)
    ? catalogue[code as FailureCode].next
    : 'Replay them when the cause is mended.';
  const next = `See \`${list} --code ${code}\`. ${advice}`;
  return {
    kind: 'documents failed',
    subject: flow,
    code,
    count,
    summary: `${documents} of ${flow} failed with ${code}.`,
    next,
  };
}

function ofConnection(name: string): Condition {
  return {
    kind: 'connection blocked',
    subject: name,
    code: '',
    count: 1,
    summary: `Connection ${name} is blocked: its credentials were refused. Everything that needs it waits.`,
    next: `Store the right credentials with \`ml-connector connection set ${name}\`, then \`ml-connector ping ${name}\`.`,
  };
}

function ofBudget({ bucket, waiting, lastDueAt }: StarvedBudget): Condition {
  const company = withoutClient(bucket);
  return {
    kind: 'quota starved',
    subject: company,
    code: '',
    count: waiting,
    summary: `${waiting} calls wait for the budget of ${company}, the last of them until ${lastDueAt.toISOString()}.`,
    next: 'See who spends the budget with `ml-connector status`; run flows less often, or ask Visma for more calls.',
  };
}

/** `visma/<tenant>/<company>/<client>`: the client's name is half of a credential. */
function withoutClient(bucket: string): string {
  return bucket.slice(0, bucket.lastIndexOf('/'));
}
