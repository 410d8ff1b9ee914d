import { Answers, CHECKED } from './edi-answers.ts';
import { buildChecked, buildX12 } from './edi-build.ts';
import { measureFiles } from './edi-files.ts';
import { measureMemory } from './edi-memory.ts';
import { OrderLines } from './edi-orders.ts';
import { openPeers, type Peer } from './edi-peers.ts';
import { everyComponent, everyElement, readPieces, readSegments, tagOnly } from './edi-read.ts';
import { type EdiSample, sampleOrders, sampleX12 } from './edi-samples.ts';
import { splitSegments } from './edi-split.ts';
import { type Measurement, median } from './measurement.ts';

const BYTES = 20_000_000;
const ROUNDS = 5;

type Work = (sample: EdiSample) => number | Promise<number>;

interface Case {
  readonly name: string;
  /** Null for what is measured to be seen, not judged. */
  readonly goal: number | null;
  readonly sample: EdiSample;
  readonly run: Work;
  /** What it is held against. */
  readonly against: Work;
}

/**
 * Megabytes a second of processor time against the streaming split - cut by segment and element, nothing kept - in the same process, in rounds
 * that take turns; then small files, the memory that reading a large file costs over an idle process, and readers of others.
 */
export async function* run(): AsyncGenerator<Measurement> {
  const [x12, orders] = [sampleX12(BYTES), sampleOrders(BYTES)];
  for (const one of ownCases(x12, orders)) yield await compared(one);
  yield* measureFiles();
  yield* measureMemory();
  const peers = openPeers();
  if (peers === undefined) process.stderr.write('bench/peers cannot be installed: other readers are not measured.\n');
  for (const one of (peers ?? []).flatMap((peer) => peerCases(peer, x12, orders))) yield await compared(one);
}

function ownCases(x12: EdiSample, orders: EdiSample): readonly Case[] {
  const against = splitSegments;
  return [
    { name: 'X12, every element a string', goal: 2, sample: x12, run: strings, against },
    { name: 'X12, tags only', goal: 3, sample: x12, run: ({ bytes }) => readSegments(bytes, tagOnly), against },
    { name: 'EDIFACT, every component decoded', goal: 2.5, sample: orders, run: components, against },
    { name: 'X12, typed + envelope', goal: 1.4, sample: x12, run: typed, against },
    { name: 'EDIFACT, typed + envelope', goal: 2.3, sample: orders, run: typed, against },
    { name: 'X12, tables + acknowledgment', goal: 1.1, sample: x12, run: answered, against },
    { name: 'EDIFACT, tables + acknowledgment', goal: 1.9, sample: orders, run: answered, against },
    { name: 'X12, tables + typed + acknowledgment', goal: 0.9, sample: x12, run: allInOne, against },
    { name: 'EDIFACT, tables + typed + acknowledgment', goal: 1.5, sample: orders, run: allInOne, against },
    { name: 'X12, build', goal: 1, sample: x12, run: buildX12, against },
    { name: 'X12, build with table check', goal: 0.6, sample: x12, run: buildChecked, against },
  ];
}

function peerCases({ name, standard, read }: Peer, x12: EdiSample, orders: EdiSample): readonly Case[] {
  const sample = standard === 'X12' ? x12 : orders;
  if (standard === 'EDIFACT') {
    return [{ name: `EDIFACT, every component, against ${name}`, goal: 2, sample, run: components, against: read }];
  }
  return [{ name: `X12, every element, against ${name}`, goal: null, sample, run: strings, against: read }];
}

async function compared({ name, goal, sample, run: ours, against }: Case): Promise<Measurement> {
  const [mine, other, ratios]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const speeds = [await speedOf(against, sample), await speedOf(ours, sample)] as const;
    // The first round warms up.
    if (round === 0) continue;
    other.push(speeds[0]);
    mine.push(speeds[1]);
    ratios.push(speeds[1] / speeds[0]);
  }
  const ratio = median(ratios);
  const speeds = { value: median(mine), unit: 'MB/s', against: median(other) };
  return { bench: 'edi', case: name, ...speeds, ratio, goal, met: goal === null || ratio >= goal };
}

async function speedOf(work: Work, sample: EdiSample): Promise<number> {
  const began = process.cpuUsage();
  if ((await work(sample)) === 0) throw new Error('nothing was read');
  const { user, system } = process.cpuUsage(began);
  return sample.bytes.length / (user + system);
}

function strings({ bytes }: EdiSample): number {
  return readSegments(bytes, everyElement);
}

function components({ bytes }: EdiSample): number {
  return readSegments(bytes, everyComponent);
}

function typed({ bytes }: EdiSample): number {
  const lines = new OrderLines();
  readPieces(bytes, {}, (event) => lines.take(event));
  return lines.accepted;
}

function answered({ bytes, component }: EdiSample): number {
  const answers = new Answers(component === undefined ? 'X12' : 'EDIFACT');
  readPieces(bytes, CHECKED, (event) => answers.take(event));
  return answers.bytes;
}

function allInOne({ bytes, component }: EdiSample): number {
  const [lines, answers] = [new OrderLines(), new Answers(component === undefined ? 'X12' : 'EDIFACT')];
  readPieces(bytes, CHECKED, (event) => {
    lines.take(event);
    answers.take(event);
  });
  return Math.min(lines.accepted, answers.bytes);
}
