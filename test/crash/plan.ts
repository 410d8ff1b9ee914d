import type { CrashPoint } from '../../activities/crash-point.ts';
import type { CrashKind } from './kind.ts';
import { CRASH_KINDS } from './kinds.ts';

/** What happens to the worker at a crash point, when it is passed for the nth time. */
const AT_A_POINT = ['killed', 'stopped', 'Postgres away', 'Temporal away'] as const;
/** What happens to a request to Visma.net, the nth that writes. */
const TO_A_REQUEST = [
  'answer lost, nothing written',
  'answer lost, written',
  'killed, then written',
  'killed, written',
] as const;

export type Blow =
  | { readonly how: (typeof AT_A_POINT)[number]; readonly point: CrashPoint; readonly nth: number }
  | { readonly how: (typeof TO_A_REQUEST)[number]; readonly path: string; readonly nth: number }
  | { readonly how: 'killed at random'; readonly afterMs: number };

/** One seed: which kind of write, how many documents, and what happens meanwhile. */
export interface Plan {
  readonly seed: number;
  readonly kind: CrashKind;
  readonly count: number;
  readonly blow: Blow;
  /** Whether the partner takes a file away the moment it has its name, before we hear that it has it. */
  readonly collects: 'at once' | 'later';
  /** When another configuration of the flow is applied meanwhile, if one is: what waits then begins anew with it. */
  readonly replacedAfterMs: number | undefined;
  /** A whole number below `bound`, the next one of this seed. */
  readonly random: (bound: number) => number;
}

type Case = readonly [kind: CrashKind, how: Blow['how'], point?: CrashPoint];

const CASES = CRASH_KINDS.flatMap(casesOf);

function casesOf(kind: CrashKind): Case[] {
  const points = AT_A_POINT.flatMap((how) => kind.points.map((point): Case => [kind, how, point]));
  const requests = kind.writes ? TO_A_REQUEST.map((how): Case => [kind, how]) : [];
  return [...points, ...requests, [kind, 'killed at random']];
}

/** How many seeds bring every kind to every crash point in every way once. */
export const SEEDS_OF_ALL_CASES = CASES.length;

/**
 * The plan of a seed, the same one every time. Seeds that follow one another are far apart in the list of cases, so that few
 * of them see much; all cases come once in every `SEEDS_OF_ALL_CASES`.
 */
export function planOf(seed: number): Plan {
  const found = CASES[(seed * strideOver(CASES.length)) % CASES.length];
  if (!found) throw new Error(`There is no case for seed ${seed}`);
  const [kind, how, point] = found;
  const random = randomOf(seed);
  const count = 2 + random(4);
  // An outbound file is one document, whatever it holds.
  const nth = kind.writes ? 1 + random(count * (WRITE_POINTS.has(point) ? kind.writes.each : 1)) : 1;
  const collects = random(2) === 0 ? 'at once' : 'later';
  const blow = blowOf(kind, how, point, nth, random);
  const replacedAfterMs = random(2) === 0 ? random(2000) : undefined;
  return { seed, kind, count, blow, collects, replacedAfterMs, random };
}

/**
 * A few dozen seeds that between them have every kind of write, kill a worker at every crash point, and strike in every way.
 */
export function fewSeeds(): Plan[] {
  const plans = Array.from({ length: SEEDS_OF_ALL_CASES }, (_, index) => planOf(index + 1));
  const missing = new Set(plans.flatMap(brings));
  const chosen: Plan[] = [];
  while (missing.size > 0) {
    const news = (plan: Plan) => brings(plan).filter((one) => missing.has(one)).length;
    const next = plans.reduce((best, plan) => (news(plan) > news(best) ? plan : best));
    chosen.push(next);
    for (const one of brings(next)) missing.delete(one);
  }
  return chosen;
}

function brings({ kind, blow }: Plan): string[] {
  if (!('point' in blow)) return [kind.name, blow.how];
  const isTelling = blow.how === 'killed' || (blow.how === 'stopped' && STOPS.includes(blow.point));
  return [kind.name, isTelling ? `${blow.how} at ${blow.point}` : blow.how];
}

/** Where a process that stands still and goes on later comes nearest to doing its work a second time. */
const STOPS: readonly CrashPoint[] = ['sent, no byte written', 'staged'];

/** Near the golden section of the length, and without a common divisor. */
function strideOver(length: number): number {
  let stride = Math.round(length * 0.618);
  while (divisorOf(stride, length) !== 1) stride += 1;
  return stride;
}

function divisorOf(left: number, right: number): number {
  return right === 0 ? left : divisorOf(right, left % right);
}

function blowOf(
  kind: CrashKind,
  how: Blow['how'],
  point: CrashPoint | undefined,
  nth: number,
  random: Plan['random'],
): Blow {
  if (how === 'killed at random') return { how, afterMs: random(3000) };
  // What happens once a file or a run has only a first time.
  if (point !== undefined) return { how: how as (typeof AT_A_POINT)[number], point, nth: ONCE.has(point) ? 1 : nth };
  return { how: how as (typeof TO_A_REQUEST)[number], path: kind.writes?.path ?? '', nth };
}

/** Passed by every write of a document; a blow that falls on a request has no point. */
const WRITE_POINTS: ReadonlySet<CrashPoint | undefined> = new Set([
  undefined,
  'planned',
  'slot taken',
  'sent, no byte written',
  'answer read',
  'confirmed',
]);

const ONCE: ReadonlySet<CrashPoint> = new Set([
  'child started',
  'body stored',
  'documents inserted',
  'cursor committed',
  'archive moved',
  'temp half written',
  'staged',
  'renamed',
]);

/** Mulberry32: small, and good enough to choose places to die. */
function randomOf(seed: number): Plan['random'] {
  let state = seed | 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

/** In words, for tables and failures. */
export function blowInWords(blow: Blow): string {
  if ('point' in blow) return `${blow.how} at "${blow.point}"${blow.nth > 1 ? `, time ${blow.nth}` : ''}`;
  if ('nth' in blow) return `${blow.how}, request ${blow.nth}`;
  return `${blow.how}, after ${blow.afterMs} ms`;
}
