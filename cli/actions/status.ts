import { Failure } from '../../failures/failure.ts';
import { openAlerts } from '../../ledger/alerts.ts';
import { recovery } from '../../ledger/recovery.ts';
import type { AlertRow, DocumentState, RecoveryRow } from '../../ledger/schema.ts';
import { EXIT_CODES } from '../exit.ts';
import { type FlowReport, flowReports } from '../flow-status.ts';
import { localTime, plain, print, printJson, printTable } from '../output.ts';
import type { Session } from '../session.ts';
import { connectionsOf } from './connection-list.ts';

type Connections = Awaited<ReturnType<typeof connectionsOf>>;

interface Reached {
  readonly subject: 'temporal' | 'ledger';
  readonly reachable: boolean;
  readonly detail: string;
  readonly next: string | null;
}

/** Shows whether everything runs. What can be reached is shown even if the rest cannot. */
export async function status(session: Session, options: { readonly json?: boolean }): Promise<number> {
  const { address, namespace } = session.settings.temporal;
  const temporal = await reached('temporal', `${address}, namespace ${namespace}`, () => session.temporal());
  const ledger = await reached('ledger', 'open', () => session.ledger());
  const client = temporal.reachable ? await session.temporal() : undefined;
  const connections = ledger.reachable ? await connectionsOf(session) : [];
  const flows = ledger.reachable ? await flowReports(session, client) : [];
  const recovering = ledger.reachable ? await recovery(await session.ledger()) : undefined;
  if (options.json) printObjects([temporal, ledger], connections, flows);
  else printStatus([temporal, ledger], connections, flows);
  if (recovering) printRecovery(recovering, options.json === true ? 'json' : 'text');
  const alerts = ledger.reachable ? await openAlerts(await session.ledger()) : [];
  if (options.json) printAlertObjects(alerts);
  else printAlerts(alerts);
  if (!temporal.reachable || !ledger.reachable) return EXIT_CODES.environment;
  const isBlocked = connections.some(({ latch }) => latch === 'blocked');
  return isBlocked || alerts.length > 0 || flows.some((flow) => waiting(flow) > 0)
    ? EXIT_CODES.failed
    : EXIT_CODES.done;
}

async function reached(subject: Reached['subject'], detail: string, reach: () => Promise<unknown>): Promise<Reached> {
  try {
    await reach();
    return { subject, reachable: true, detail, next: null };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { subject, reachable: false, detail: error.message, next: error.next };
  }
}

/** Documents that wait for a person. */
function waiting({ states }: FlowReport): number {
  return FOR_A_PERSON.reduce((sum, state) => sum + (states[state] ?? 0), 0);
}

const FOR_A_PERSON = ['failed', 'uncertain'] as const;

function printObjects(systems: readonly Reached[], connections: Connections, flows: readonly FlowReport[]): void {
  for (const system of systems) printJson(system);
  for (const connection of connections) printJson({ subject: 'connection', ...connection });
  for (const { schedule = null, ...flow } of flows) printJson({ subject: 'flow', ...flow, schedule });
}

function printStatus(systems: readonly Reached[], connections: Connections, flows: readonly FlowReport[]): void {
  for (const { subject, reachable, detail, next } of systems) {
    print(`${subject.padEnd(10)}${reachable ? 'ok' : 'NOT REACHABLE'}  ${detail}`);
    if (next !== null) print(`${' '.repeat(10)}Next: ${next}`);
  }
  if (connections.length > 0) printConnections(connections);
  if (flows.length > 0) printFlows(flows);
  const person = flows.reduce((sum, flow) => sum + waiting(flow), 0);
  const orMore = flows.some(({ atLeast }) => FOR_A_PERSON.some((state) => atLeast.includes(state))) ? '+' : '';
  if (person > 0) print(`\n${person}${orMore} waiting for a person: see \`ml-connector documents --failed\`.`);
  if (flows.length === 0) print('\nNo integration is applied; `ml-connector apply` does it.');
}

function printRecovery({ since, declaredBy }: RecoveryRow, form: 'json' | 'text'): void {
  if (form === 'json') printJson({ subject: 'recovery', since, declaredBy });
  else
    print(
      `\nRECOVERY since ${localTime(since)} (${declaredBy}): first sends look first, until \`ml-connector recover --end\`.`,
    );
}

function printAlertObjects(alerts: readonly AlertRow[]): void {
  for (const { kind, subject: about, code, count, summary, next, openedAt } of alerts) {
    printJson({ subject: 'alert', kind, about, code, count, summary, next, openedAt });
  }
}

/** What the watch has found, as it was told to the log and to the receiver of alerts. */
function printAlerts(alerts: readonly AlertRow[]): void {
  if (alerts.length > 0) print();
  for (const { kind, summary, next, openedAt } of alerts) {
    print(`ALERT ${kind}, since ${localTime(openedAt)}: ${plain(summary)}`);
    print(`${' '.repeat(6)}Next: ${plain(next)}`);
  }
}

function printConnections(connections: Connections): void {
  print();
  printTable(
    ['CONNECTION', 'KIND', 'CREDENTIALS', 'STATE'],
    connections.map(({ name, kind, secretsSetAt, latch, latchReason }) => [
      name,
      kind,
      secretsSetAt ? `set ${localTime(secretsSetAt)}` : 'MISSING',
      latch === 'open' ? 'open' : `${latch.toUpperCase()}: ${plain(latchReason ?? '')}`,
    ]),
  );
}

function printFlows(flows: readonly FlowReport[]): void {
  print();
  printTable(
    ['FLOW', 'LAST RUN', 'NEXT RUN', 'ON WAY', 'DONE', 'FAILED', 'UNCERTAIN', 'OLDEST ON WAY'],
    flows.map((flow) => {
      const { oldestUndelivered } = flow;
      return [
        flow.flow,
        ...runTimes(flow),
        ...COLUMNS.map((states) => howMany(flow, states)),
        oldestUndelivered ? localTime(oldestUndelivered) : '',
      ];
    }),
  );
  for (const { flow, paused } of flows) if (paused !== null) print(`${flow} is PAUSED: ${plain(paused)}`);
}

/** The states that a column counts. */
const COLUMNS: readonly (readonly DocumentState[])[] = [
  ['received', 'transformed', 'posted'],
  ['delivered', 'skipped', 'superseded'],
  ['failed'],
  ['uncertain'],
];

/** `12`, or `10000+` where not all were counted. */
function howMany({ states, atLeast }: FlowReport, asked: readonly DocumentState[]): string {
  const counted = asked.reduce((sum, state) => sum + (states[state] ?? 0), 0);
  return `${counted}${asked.some((state) => atLeast.includes(state)) ? '+' : ''}`;
}

function runTimes({ schedule }: FlowReport): [string, string] {
  if (schedule === undefined) return ['?', '?'];
  if (schedule === null) return ['no schedule', ''];
  const last = schedule.running ? 'running' : schedule.lastRun ? localTime(schedule.lastRun) : 'never';
  const next = schedule.nextRun ? localTime(schedule.nextRun) : '';
  return [last, schedule.paused === null ? next : 'paused'];
}
