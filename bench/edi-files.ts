import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Answers, CHECKED } from './edi-answers.ts';
import { readPieces } from './edi-read.ts';
import { type EdiSample, smallFiles } from './edi-samples.ts';
import { splitSegments } from './edi-split.ts';
import { type Measurement, median } from './measurement.ts';

const FILES = 10_000;
/** So many different files, each read again and again. */
const DIFFERENT = 500;
const ROUNDS = 5;

/** 10,000 files of 2 to 10 KB read, checked and acknowledged one by one; and how long the first of a fresh process takes. */
export async function* measureFiles(): AsyncGenerator<Measurement> {
  const files = differentFiles();
  const [ours, split, ratios]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const speeds = [speedOver(files, splitSegments), speedOver(files, answer)] as const;
    if (round === 0) continue;
    split.push(speeds[0]);
    ours.push(speeds[1]);
    ratios.push(speeds[1] / speeds[0]);
  }
  const ratio = median(ratios);
  const name = '10,000 files of 2 to 10 KB, checked, acknowledged';
  const speeds = { value: median(ours), unit: 'MB/s', against: median(split) };
  yield { bench: 'edi', case: name, ...speeds, ratio, goal: 0.5, met: ratio >= 0.5 };
  const ms = await firstOfFreshProcess();
  const alone = { value: ms, unit: 'ms', against: null, ratio: null };
  yield { bench: 'edi', case: 'the first of these files', ...alone, goal: 50, met: ms < 50 };
}

function differentFiles(): EdiSample[] {
  return smallFiles(DIFFERENT).map((bytes) => ({ bytes, terminator: '~', element: '*', component: undefined }));
}

/** Milliseconds from the first byte to the acknowledgment, in a process that has loaded its modules and read nothing. */
async function firstOfFreshProcess(): Promise<number> {
  const child = fork(fileURLToPath(import.meta.url), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [ms] = await once(child, 'message');
  if (child.exitCode === null) await once(child, 'exit');
  return Number(ms);
}

function answer({ bytes }: EdiSample): number {
  const answers = new Answers('X12');
  readPieces(bytes, CHECKED, (event) => answers.take(event));
  return answers.bytes;
}

/** Megabytes a second of processor time. */
function speedOver(files: readonly EdiSample[], work: (file: EdiSample) => number): number {
  const began = process.cpuUsage();
  let [bytes, done] = [0, 0];
  for (let count = 0; count < FILES; count += 1) {
    const file = files[count % files.length] as EdiSample;
    bytes += file.bytes.length;
    done += work(file);
  }
  const { user, system } = process.cpuUsage(began);
  if (done === 0) throw new Error('nothing was read');
  return bytes / (user + system);
}

if (import.meta.main) {
  const [first] = differentFiles();
  const began = performance.now();
  if (first !== undefined) answer(first);
  process.send?.(performance.now() - began);
}
