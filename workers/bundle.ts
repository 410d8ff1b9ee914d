import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';

const WORKFLOWS = fileURLToPath(new URL('../workflows/', import.meta.url));
const FAILURE_CONVERTER = fileURLToPath(new URL('./failure-converter.ts', import.meta.url));

const SILENT = { trace() {}, debug() {}, info() {}, warn() {}, error() {}, log() {} };

/** `clear`: failures are readable in the Web UI. `encrypted`: their messages and stacks are kept in the encrypted part. */
export type BundleKind = 'clear' | 'encrypted';

/** Bundles the workflows as they run in a worker whose payloads are clear or encrypted. */
async function bundleWorkflows(kind: BundleKind): Promise<string> {
  const workflowsPath = join(WORKFLOWS, 'index.ts');
  const converter = kind === 'encrypted' ? { failureConverterPath: FAILURE_CONVERTER } : {};
  const { code } = await bundleWorkflowCode({ workflowsPath, ...converter, logger: SILENT });
  return code;
}

/** The bundle in `folder`, made if the workflows or the SDK have changed since: bundling takes seconds, reading it none. */
export async function cachedBundle(folder: string, kind: BundleKind): Promise<{ readonly codePath: string }> {
  const codePath = join(folder, `workflows-${kind}-${await fingerprint()}.js`);
  if (existsSync(codePath)) return { codePath };
  await mkdir(folder, { recursive: true });
  const fresh = `${codePath}.${randomBytes(4).toString('hex')}`;
  await writeFile(fresh, await bundleWorkflows(kind));
  await rename(fresh, codePath);
  return { codePath };
}

/** Identifies what a bundle is made of. */
async function fingerprint(): Promise<string> {
  const names = (await readdir(WORKFLOWS)).filter((name) => name.endsWith('.ts')).sort();
  const { version } = createRequire(import.meta.url)('@temporalio/worker/package.json') as { version: string };
  const hash = createHash('sha256').update(version);
  for (const file of [...names.map((name) => join(WORKFLOWS, name)), FAILURE_CONVERTER]) {
    hash.update(await readFile(file));
  }
  return hash.digest('hex').slice(0, 16);
}

/** `node workers/bundle.ts FOLDER` fills a cache: an image carries its bundles, so that no pod makes them at its start. */
if (import.meta.main) {
  const folder = process.argv[2];
  if (folder === undefined) throw new Error('Name the folder that is to hold the bundles.');
  await cachedBundle(folder, 'clear');
  await cachedBundle(folder, 'encrypted');
}
