import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';

const ANSWER_WITHIN_MS = 5_000;
const STALLED_AFTER_MS = 15_000;

/** The vendor's own place for its archives. */
export const TEMPORAL_DOWNLOADS = 'https://temporal.download';

export interface DownloadOptions {
  readonly from: string;
  readonly signal: AbortSignal;
  readonly progress: (doing: string) => void;
}

/**
 * Fetches the vendor's archive and unpacks the program to `program`, which appears only when complete. Gives up after five
 * seconds without an answer, since a machine without a way out must not wait for it.
 */
export async function downloadTemporal(program: string, version: string, options: DownloadOptions): Promise<void> {
  const making = join(dirname(program), 'download');
  const archive = join(making, 'temporal.tar.gz');
  await rm(making, { recursive: true, force: true });
  await mkdir(making, { recursive: true });
  try {
    await fetchTo(archive, archiveUrl(options.from, version), options);
    await promisify(execFile)('tar', ['-xzf', archive, '-C', making, 'temporal']);
    await rename(join(making, 'temporal'), program);
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

function archiveUrl(from: string, version: string): string {
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  return `${from}/cli/archive/v${version}?platform=${process.platform}&arch=${arch}`;
}

/** Writes the body of `url` to a file; each wait has its own limit, the whole has none. */
async function fetchTo(file: string, url: string, { signal, progress }: DownloadOptions): Promise<void> {
  const stalled = new AbortController();
  const stall = () => stalled.abort(new Error(`${new URL(url).host} does not answer.`));
  let timer = setTimeout(stall, ANSWER_WITHIN_MS);
  const alive = async function* (body: AsyncIterable<Uint8Array>) {
    let bytes = 0;
    for await (const chunk of body) {
      timer.refresh();
      bytes += chunk.length;
      progress(`downloading the program, ${(bytes / 1e6).toFixed(0)} MB`);
      yield chunk;
    }
  };
  try {
    const answer = await fetch(url, { signal: AbortSignal.any([signal, stalled.signal]) });
    if (!answer.ok || answer.body === null) throw new Error(`${new URL(url).host} answered ${answer.status}.`);
    clearTimeout(timer);
    timer = setTimeout(stall, STALLED_AFTER_MS);
    await pipeline(answer.body, alive, createWriteStream(file));
  } finally {
    clearTimeout(timer);
  }
}
