import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MOST_COUNTED } from '../cli/output.ts';
import type { Ledger } from '../ledger/database.ts';
import { migrate } from '../ledger/migrate.ts';
import { openLedger } from '../ledger/open.ts';
import { postgresCaches } from '../sandbox/home.ts';
import { startPostgres } from '../sandbox/postgres.ts';
import { Supervisor } from '../sandbox/supervisor.ts';
import { fill } from './ledger/filling.ts';
import { readingOf } from './ledger/plans.ts';
import { type Question, questionsFor } from './ledger/questions.ts';
import type { Measurement } from './measurement.ts';

const DOCUMENTS = 100_000;
const TENTH = DOCUMENTS / 10;
const ROUNDS = 5;
const GOAL_MS = 300;

/**
 * How long an operator waits for the ledger's answers among 100,000 documents and a million events, against a tenth of
 * them, and how many rows each answer reads.
 */
export async function* run(): AsyncGenerator<Measurement> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-ledger-'));
  const supervisor = await Supervisor.open({ folder, lifetime: 'temporary' });
  try {
    const caches = postgresCaches(process.env);
    const options = { password: 'bench', database: 'ledger', durability: 'process', caches } as const;
    const { url } = await startPostgres(supervisor, options);
    await migrate(url);
    const ledger = await openLedger({ databaseUrl: url, masterKey: randomBytes(32).toString('base64') });
    try {
      yield* measure(url, ledger);
    } finally {
      await ledger.close();
    }
  } finally {
    await supervisor.close();
  }
}

async function* measure(url: string, ledger: Ledger): AsyncGenerator<Measurement> {
  const few = new Map<number, number>();
  for (const [index, { ask }] of questionsFor(await fill(url, 0, TENTH), MOST_COUNTED).entries()) {
    few.set(index, await slowestMs(ledger, ask));
  }
  for (const [index, question] of questionsFor(await fill(url, TENTH, DOCUMENTS), MOST_COUNTED).entries()) {
    yield* judge(ledger, question, few.get(index) ?? 0);
  }
}

async function* judge(ledger: Ledger, question: Question, against: number): AsyncGenerator<Measurement> {
  const { name, ask, mostRows } = question;
  const value = await slowestMs(ledger, ask);
  const figures = { value, unit: 'ms', against, ratio: value / against, goal: GOAL_MS };
  yield { bench: 'ledger', case: name, ...figures, met: value < GOAL_MS };
  const { rows, scanned } = await readingOf(ledger, ask);
  const reading = { value: rows, unit: 'rows read', against: null, ratio: null, goal: mostRows };
  yield { bench: 'ledger', case: name, ...reading, met: rows <= mostRows && scanned.length === 0 };
}

/** The slowest of some rounds, after one that fills the caches. */
async function slowestMs(ledger: Ledger, ask: Question['ask']): Promise<number> {
  await ask(ledger);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = performance.now();
    await ask(ledger);
    times.push(performance.now() - began);
  }
  return Math.max(...times);
}
