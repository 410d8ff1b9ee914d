import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { EdiEvent } from '../../formats/edi/events.ts';
import type { Finding } from '../../formats/edi/finding.ts';
import { readEdi } from '../../formats/edi/read-edi.ts';
import { JsonLines } from './json-lines.ts';
import { PlainReport } from './plain-report.ts';
import { withProgress } from './progress.ts';

export interface Layout {
  readonly asJson: boolean;
  /** Values of the document may be shown. */
  readonly withValues: boolean;
}

const ENDS = { clean: 0, findings: 1, noEdi: 2, unreadable: 3 } as const;

/** Reads each file and prints what is in it as it goes. The answer is the exit code: the worst of all files. */
export async function inspect(
  files: readonly string[],
  layout: Layout,
  print: (line: string) => void,
): Promise<number> {
  let worst = 0;
  for (const file of files) worst = Math.max(worst, await inspectOne(file, layout, print));
  return worst;
}

async function inspectOne(file: string, layout: Layout, print: (line: string) => void): Promise<number> {
  const report = layout.asJson ? new JsonLines(file, layout, write) : new PlainReport(file, layout, print);
  let end: number = ENDS.clean;
  const take = (event: EdiEvent) => {
    report.take(event);
    end = Math.max(end, endOf(event));
  };
  try {
    await readEdi(await open(file), {}, take);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'it cannot be read';
    process.stderr.write(`Error: ${file}: ${why}\n`);
    return ENDS.unreadable;
  }
  return end;
}

async function open(file: string): Promise<AsyncIterable<Uint8Array>> {
  if (file === '-') return process.stdin;
  const { size } = await stat(file);
  return withProgress(createReadStream(file), size, process.stderr);
}

function write(text: string): void {
  process.stdout.write(text);
}

function endOf(event: EdiEvent): number {
  if (event.kind === 'file-closed') return Math.max(event.interchanges === 0 ? ENDS.noEdi : 0, endBy(event.findings));
  if (event.kind === 'set-closed') return event.set.verdict === 'A' ? ENDS.clean : ENDS.findings;
  if (event.kind === 'group-closed') return endBy(event.group.findings);
  return event.kind === 'interchange-closed' ? endBy(event.interchange.findings) : ENDS.clean;
}

function endBy(findings: readonly Finding[]): number {
  return findings.some(({ severity }) => severity !== 'note') ? ENDS.findings : ENDS.clean;
}
