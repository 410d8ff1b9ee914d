import { Configuration, type FlowConfig } from '../../activities/configuration.ts';
import { cursorOf } from '../../activities/cursor-of.ts';
import { type RewindableCursor, setBack } from '../../activities/visma-changes/cursor.ts';
import { parseUnit } from '../../config/units.ts';
import { localForm } from '../../connectors/visma/local-time.ts';
import { Failure } from '../../failures/failure.ts';
import { type CursorState, cursorState, openRun, rewindsOf, setCursor } from '../../ledger/cursors.ts';
import type { Ledger } from '../../ledger/database.ts';
import { ask } from '../ask.ts';
import { EXIT_CODES } from '../exit.ts';
import { appliedFlow, appliedFlows } from '../names.ts';
import { counted, localTime, plain, print, printJson, printTable } from '../output.ts';
import { lendVisma } from '../preview/partners.ts';
import type { Session } from '../session.ts';

export interface CursorOptions {
  readonly json?: boolean;
}

export interface RewindOptions {
  readonly to: string;
  readonly reason?: string;
  readonly yes?: boolean;
}

/** Where flows stand. */
export async function cursorShow(session: Session, given: string | undefined, options: CursorOptions): Promise<number> {
  const ledger = await session.ledger();
  const flows = given === undefined ? await appliedFlows(session) : [await appliedFlow(session, given)];
  const states = await Promise.all(flows.map(({ name, hash }) => stateOf(ledger, name, hash)));
  if (options.json) for (const state of states) printJson(state);
  else {
    printTable(
      ['FLOW', 'HAS READ UP TO', 'SINCE', 'BATCH'],
      states.map(({ flow, says, updatedAt, batch }) => [
        flow,
        says,
        updatedAt ? localTime(updatedAt) : '',
        batch ?? '',
      ]),
    );
    for (const { flow, rewinds } of states) {
      for (const { at, actor, reason } of rewinds) {
        print(`${flow} was set back ${localTime(at)} by ${plain(actor)}: ${plain(reason ?? 'no reason given')}`);
      }
    }
  }
  return EXIT_CODES.done;
}

async function stateOf(ledger: Ledger, flow: string, hash: string) {
  const config = await new Configuration(ledger).flow(hash, flow);
  const cursor = cursorOf(config.flow.kind);
  const state = await cursorState(ledger, flow);
  const stamp = state && cursor?.stampOf(config, state.position);
  const rewinds = state ? await rewindsOf(ledger, state) : [];
  return {
    flow,
    says:
      stamp ?? (cursor === undefined ? 'reads files: each one once' : state ? 'reads all each time' : 'has not run'),
    stamp: stamp ?? null,
    position: state?.position ?? null,
    updatedAt: state?.updatedAt ?? null,
    batch: state?.batchId ?? null,
    running: (await openRun(ledger, flow))?.workflowId ?? null,
    rewinds: rewinds.map(({ at, actor, detail }) => ({ at, actor, reason: (detail.reason as string | null) ?? null })),
  };
}

/** Sets a flow's cursor back, after it has said what that means and was told to. */
export async function cursorRewind(session: Session, given: string, options: RewindOptions): Promise<number> {
  const ledger = await session.ledger();
  const { name, hash } = await appliedFlow(session, given);
  const config = await new Configuration(ledger).flow(hash, name);
  const { cursor, state, stamp } = await rewindable(ledger, config);
  const to = targetOf(options.to, stamp);
  const position = setBack(state.position, to);
  print(
    `${name} has read up to ${stamp}; from ${to} on it would look at ${await extentOf(ledger, config, cursor, position)}.`,
  );
  await sayWhatRuns(ledger, name);
  if (!options.yes && !(await ask(`Set ${name} back to ${to}?`))) {
    throw new Failure('COMMAND_USAGE', {
      message: 'Not confirmed: the cursor stays where it is.',
      next: 'Add --yes where nobody can be asked.',
    });
  }
  const why = { provenance: session.provenance, reason: options.reason ?? null };
  if (!(await setCursor(ledger, name, state, position, why))) throw movedMeanwhile(name);
  print(`${name} is set back. \`ml-connector run ${name}\` reads now; its schedule does in time.`);
  return EXIT_CODES.done;
}

async function rewindable(ledger: Ledger, config: FlowConfig) {
  const cursor = cursorOf(config.flow.kind);
  const state = await cursorState(ledger, config.name);
  const stamp = state && cursor?.stampOf(config, state.position);
  if (cursor && state && stamp !== undefined) return { cursor, state, stamp };
  const next = cursor ? `See it with \`ml-connector cursor show ${config.name}\`.` : 'Have the file put there again.';
  throw new Failure('STATE_UNFIT', { message: `Flow ${config.name} has no place in time to set back.`, next });
}

/** Visma.net's local form, `2026-03-01T14:00:00.000`, not after where the cursor stands. */
function targetOf(text: string, stamp: string): string {
  const at = localMs(text) ?? Date.parse(`${stamp}Z`) - (parseUnit(text, 'Ms') ?? Number.NaN);
  if (Number.isNaN(at)) {
    throw new Failure('COMMAND_USAGE', {
      message:
        '--to must be a day, a time without zone as Visma.net writes it (2026-03-01T14:00), or how far back (7d).',
    });
  }
  if (at <= Date.parse(`${stamp}Z`)) return localForm(at);
  throw new Failure('COMMAND_USAGE', {
    message: `--to is after ${stamp}, where the flow stands: what changed in between would be left out.`,
  });
}

const LOCAL = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?)?$/;

/** Its times have no zone, and the arithmetic needs none. */
function localMs(text: string): number | undefined {
  if (!LOCAL.test(text)) return undefined;
  return Date.parse(`${text}${text.includes('T') ? '' : 'T00:00'}Z`);
}

/** Visma.net's own count where it gives one; else what its first page shows. */
async function extentOf(
  ledger: Ledger,
  config: FlowConfig,
  cursor: RewindableCursor,
  position: CursorState['position'],
) {
  const purpose = { class: 'operator', holder: `cursor/${config.name}` } as const;
  try {
    const page = await lendVisma(ledger, config, cursor.connection(config), (client) =>
      cursor.firstPage(config, client, position, purpose),
    );
    if (page.totalCount !== undefined) return counted(page.totalCount, 'record');
    return `${page.hasMore ? 'at least ' : ''}${counted(page.records.length, 'record')}`;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return `a number of records that cannot be told now (${error.code})`;
  }
}

async function sayWhatRuns(ledger: Ledger, flow: string): Promise<void> {
  const run = await openRun(ledger, flow);
  if (!run) return;
  print(
    `A run is open since ${localTime(run.openedAt)} (${run.workflowId}): it ends as overtaken, and the next begins there.`,
  );
}

function movedMeanwhile(flow: string): Failure {
  return new Failure('STATE_UNFIT', {
    message: `A run has moved the cursor of ${flow} meanwhile; it was not set back.`,
    next: 'Run the command again.',
  });
}
