import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const pid = z.number().int().positive();

/** What `dev.json` says about a running local run. Parts the user brought along have no process id. */
const devFile = z.object({
  temporal: z.object({ address: z.string(), ui: z.string().optional(), pid: pid.optional() }),
  postgres: z.object({ url: z.string(), pid: pid.optional() }),
  worker: z.object({ pid, health: z.string().optional() }).optional(),
  visma: z.object({ url: z.string(), pid }),
  sftp: z.object({ host: z.string(), port: z.number(), pid, root: z.string(), admin: z.string() }),
  /** Values for environment variables that are not set: what integration files and the command line fall back to. */
  env: z.record(z.string(), z.string()),
});

export type DevFile = z.infer<typeof devFile>;

export function devFilePath(home: string): string {
  return join(home, 'dev.json');
}

/** Only its owner may read it: the address of the database holds its password. */
export function writeDevFile(home: string, content: DevFile): void {
  const next = `${devFilePath(home)}.next`;
  writeFileSync(next, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(next, devFilePath(home));
}

export function removeDevFile(home: string): void {
  rmSync(devFilePath(home), { force: true });
}

/** The running local run of this home; undefined when there is none. */
export function readDevFile(home: string): DevFile | undefined {
  try {
    return devFile.parse(JSON.parse(readFileSync(devFilePath(home), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
