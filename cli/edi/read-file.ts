import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Failure } from '../../failures/failure.ts';
import type { EdiEvent } from '../../formats/edi/events.ts';
import type { Finding } from '../../formats/edi/finding.ts';
import { readEdi } from '../../formats/edi/read-edi.ts';
import type { EdiSettings } from '../../formats/edi/settings.ts';
import { withProgress } from './progress.ts';

/** What the commands for EDI files end with. */
export const ENDS = { clean: 0, findings: 1, noEdi: 2, unreadable: 3 } as const;

/** Hands over what is in a file as it goes. The answer is the exit code. */
export async function readFile(file: string, settings: EdiSettings, take: (event: EdiEvent) => void): Promise<number> {
  let end: number = ENDS.clean;
  try {
    await readEdi(await openFile(file), settings, (event) => {
      take(event);
      end = Math.max(end, endOf(event));
    });
  } catch (error) {
    return sayUnreadable(file, error);
  }
  return end;
}

/** The bytes of a file, or of standard input for `-`. */
export async function openFile(file: string): Promise<AsyncIterable<Uint8Array>> {
  if (file === '-') return process.stdin;
  const { size } = await stat(file);
  return withProgress(createReadStream(file), size, process.stderr);
}

/** Says on stderr why a profile or the tables cannot be used. The answer is the exit code. */
export function sayUnusable(error: unknown): number {
  if (!(error instanceof Failure) && !(error instanceof Error && 'code' in error)) throw error;
  process.stderr.write(`Error: ${error.message}\n`);
  if (error instanceof Failure) process.stderr.write(`Next: ${error.next}\n`);
  return ENDS.unreadable;
}

/** Says on stderr why the system does not give a file; any other error is thrown on. The answer is the exit code. */
export function sayUnreadable(file: string, error: unknown): number {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) throw error;
  process.stderr.write(`Error: ${file}: ${String(error.code)}\n`);
  return ENDS.unreadable;
}

/** The exit code that one event stands for; a file has the highest of its events. */
function endOf(event: EdiEvent): number {
  if (event.kind === 'file-closed') return Math.max(event.interchanges === 0 ? ENDS.noEdi : 0, endBy(event.findings));
  if (event.kind === 'set-closed') return event.set.verdict === 'A' ? ENDS.clean : ENDS.findings;
  if (event.kind === 'group-closed') return endBy(event.group.findings);
  return event.kind === 'interchange-closed' ? endBy(event.interchange.findings) : ENDS.clean;
}

function endBy(findings: readonly Finding[]): number {
  return findings.some(({ severity }) => severity !== 'note') ? ENDS.findings : ENDS.clean;
}
