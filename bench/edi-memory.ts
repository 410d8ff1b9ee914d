/** Reads one interchange again and again, so that the file itself takes no memory, and tells its peak. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { EdiReader } from '../formats/edi/reader.ts';
import { Answers, CHECKED } from './edi-answers.ts';
import { OrderLines } from './edi-orders.ts';
import { everyElement, PIECE } from './edi-read.ts';
import { sampleX12 } from './edi-samples.ts';
import type { Measurement } from './measurement.ts';

const TASKS = ['tokenise', 'check, type and acknowledge'] as const;
type Task = (typeof TASKS)[number];
const GOALS: Readonly<Record<Task, number>> = { tokenise: 32, 'check, type and acknowledge': 64 };

/** The peak of resident memory while 200 MB are read, over that of a process that reads nothing, and what it is more than for 50 MB. */
export async function* measureMemory(): AsyncGenerator<Measurement> {
  for (const task of TASKS) {
    const [idle, small, large] = [await peakOf(task, 0), await peakOf(task, 50), await peakOf(task, 200)];
    const goal = GOALS[task];
    const about = { bench: 'edi', unit: 'MB', ratio: null };
    const [over, more] = [large - idle, large - small];
    yield { ...about, case: `memory at 200 MB: ${task}`, value: over, against: idle, goal, met: over < goal };
    yield {
      ...about,
      case: `more than at 50 MB: ${task}`,
      value: more,
      against: small - idle,
      goal: 8,
      met: more <= 8,
    };
  }
}

async function peakOf(task: Task, megabytes: number): Promise<number> {
  const child = fork(fileURLToPath(import.meta.url), [task, String(megabytes)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [peak] = await once(child, 'message');
  if (child.exitCode === null) await once(child, 'exit');
  return Number(peak);
}

function readFor(task: string, megabytes: number): number {
  const { bytes } = sampleX12(1_000_000);
  const isWhole = task !== 'tokenise';
  const [reader, answers, lines] = [new EdiReader(isWhole ? CHECKED : {}), new Answers('X12'), new OrderLines()];
  let [sum, peak] = [0, process.memoryUsage.rss()];
  const drain = () => {
    for (let event = reader.next(); event !== undefined; event = reader.next()) {
      if (event.kind === 'segment') sum += everyElement(event.segment);
      if (!isWhole) continue;
      lines.take(event);
      answers.take(event);
    }
  };
  for (let read = 0; read < megabytes * 1_000_000; read += bytes.length) {
    number(bytes, read);
    for (let at = 0; at < bytes.length; at += PIECE) {
      reader.push(bytes.subarray(at, at + PIECE));
      drain();
    }
    // What the system keeps as the peak of a child is that of its parent, when that was larger.
    peak = Math.max(peak, process.memoryUsage.rss());
  }
  if (megabytes > 0 && sum === 0) throw new Error('nothing was read');
  return peak / 1e6;
}

/** Writes another control number into ISA and IEA. */
function number(bytes: Buffer, control: number): void {
  const digits = String(control).padStart(9, '0');
  bytes.write(digits, 90);
  bytes.write(digits, bytes.lastIndexOf('IEA*1*') + 'IEA*1*'.length);
}

if (import.meta.main) process.send?.(readFor(process.argv[2] ?? '', Number(process.argv[3])));
