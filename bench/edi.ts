import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { EdiReader } from '../formats/edi/reader.ts';
import type { Segment } from '../formats/edi/segment.ts';
import { type EdiSample, sampleOrders, sampleX12 } from './edi-samples.ts';
import { buildX12, splitSegments } from './edi-work.ts';
import { type Measurement, median } from './measurement.ts';

const BYTES = 20_000_000;
const ROUNDS = 7;
const PIECE = 65_536;

interface Case {
  readonly name: string;
  readonly goal: number;
  readonly sample: EdiSample;
  run(sample: EdiSample): number;
}

/**
 * Megabytes a second of processor time of our reader and writer against the streaming split - cut by segment and element, nothing kept - in the
 * same process, in rounds that take turns; and the memory that reading a large file costs over an idle process.
 */
export async function* run(): AsyncGenerator<Measurement> {
  const [x12, orders] = [sampleX12(BYTES), sampleOrders(BYTES)];
  const cases: readonly Case[] = [
    { name: 'X12, every element a string', goal: 2, sample: x12, run: (sample) => read(sample, everyElement) },
    { name: 'X12, tags only', goal: 3, sample: x12, run: (sample) => read(sample, tagOnly) },
    {
      name: 'EDIFACT, every component decoded',
      goal: 2.5,
      sample: orders,
      run: (sample) => read(sample, everyComponent),
    },
    { name: 'X12, build', goal: 1, sample: x12, run: (sample) => buildX12(sample) },
  ];
  for (const one of cases) yield compared(one);
  yield await memory();
}

function compared({ name, goal, sample, run: ours }: Case): Measurement {
  const [mine, split, ratios]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const speeds = [speedOf(() => splitSegments(sample), sample), speedOf(() => ours(sample), sample)] as const;
    // The first round warms up.
    if (round === 0) continue;
    split.push(speeds[0]);
    mine.push(speeds[1]);
    ratios.push(speeds[1] / speeds[0]);
  }
  const ratio = median(ratios);
  const value = median(mine);
  return { bench: 'edi', case: name, value, unit: 'MB/s', against: median(split), ratio, goal, met: ratio >= goal };
}

function speedOf(work: () => number, { bytes }: EdiSample): number {
  const began = process.cpuUsage();
  if (work() === 0) throw new Error('nothing was read');
  const { user, system } = process.cpuUsage(began);
  return bytes.length / (user + system);
}

function read({ bytes }: EdiSample, visit: (segment: Segment) => number): number {
  const reader = new EdiReader();
  let sum = 0;
  for (let at = 0; at <= bytes.length; at += PIECE) {
    if (at + PIECE > bytes.length) {
      reader.push(bytes.subarray(at));
      reader.end();
    } else reader.push(bytes.subarray(at, at + PIECE));
    for (let event = reader.next(); event !== undefined; event = reader.next()) {
      if (event.kind === 'segment') sum += visit(event.segment);
    }
  }
  return sum;
}

function tagOnly(segment: Segment): number {
  return segment.packedTag & 1;
}

function everyElement(segment: Segment): number {
  let letters = 0;
  for (let element = 1; element <= segment.elementCount; element += 1) letters += segment.element(element).length;
  return letters;
}

function everyComponent(segment: Segment): number {
  let letters = 0;
  for (let element = 1; element <= segment.elementCount; element += 1) {
    const repetitions = segment.repetitions(element);
    for (let repetition = 1; repetition <= repetitions; repetition += 1) {
      const components = segment.components(element, repetition);
      for (let component = 1; component <= components; component += 1) {
        letters += segment.value(element, component, repetition).length;
      }
    }
  }
  return letters;
}

/** The peak of resident memory while 200 MB are read, over that of a process that reads nothing. */
async function memory(): Promise<Measurement> {
  const [idle, busy] = [await peakOf(0), await peakOf(200)];
  const value = busy - idle;
  return {
    bench: 'edi',
    case: 'memory, tokenise 200 MB',
    value,
    unit: 'MB',
    against: idle,
    ratio: null,
    goal: 32,
    met: value < 32,
  };
}

async function peakOf(megabytes: number): Promise<number> {
  const child = fork(fileURLToPath(import.meta.url), [String(megabytes)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [peak] = await once(child, 'message');
  if (child.exitCode === null) await once(child, 'exit');
  return Number(peak);
}

/** The child's part: the same piece of sets again and again, so that the file itself takes no memory. */
function readFor(megabytes: number): number {
  const { bytes } = sampleX12(1_000_000);
  const begin = bytes.indexOf('ST*');
  const sets = bytes.subarray(begin, bytes.lastIndexOf('GE*'));
  const reader = new EdiReader();
  reader.push(bytes.subarray(0, begin));
  let sum = 0;
  for (let left = megabytes * 1_000_000; left > 0; left -= sets.length) {
    for (let at = 0; at < sets.length; at += PIECE) {
      reader.push(sets.subarray(at, at + PIECE));
      for (let event = reader.next(); event !== undefined; event = reader.next()) {
        if (event.kind === 'segment') sum += everyElement(event.segment);
      }
    }
  }
  if (megabytes > 0 && sum === 0) throw new Error('nothing was read');
  return process.resourceUsage().maxRSS / 1024;
}

if (import.meta.main) process.send?.(readFor(Number(process.argv[2])));
