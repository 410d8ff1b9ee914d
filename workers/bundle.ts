import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundleWorkflowCode, type WorkflowBundleOption } from '@temporalio/worker';

const WORKFLOWS = fileURLToPath(new URL('../workflows/', import.meta.url));
const FAILURE_CONVERTER = fileURLToPath(new URL('./failure-converter.ts', import.meta.url));

const SILENT = { trace() {}, debug() {}, info() {}, warn() {}, error() {}, log() {} };

/** Bundles the workflows with the failure converter, so that encrypted and clear runs use the same code. */
export async function bundleWorkflows(): Promise<string> {
  const workflowsPath = join(WORKFLOWS, 'index.ts');
  const { code } = await bundleWorkflowCode({ workflowsPath, failureConverterPath: FAILURE_CONVERTER, logger: SILENT });
  return code;
}

/** The bundle in `folder`, made if the workflows or the SDK have changed since: bundling takes seconds, reading it none. */
export async function cachedBundle(folder: string): Promise<WorkflowBundleOption> {
  const codePath = join(folder, `workflows-${await fingerprint()}.js`);
  if (existsSync(codePath)) return { codePath };
  await mkdir(folder, { recursive: true });
  const fresh = `${codePath}.${randomBytes(4).toString('hex')}`;
  await writeFile(fresh, await bundleWorkflows());
  await rename(fresh, codePath);
  return { codePath };
}

/** Identifies what the bundle is made of. */
async function fingerprint(): Promise<string> {
  const names = (await readdir(WORKFLOWS)).filter((name) => name.endsWith('.ts')).sort();
  const { version } = createRequire(import.meta.url)('@temporalio/worker/package.json') as { version: string };
  const hash = createHash('sha256').update(version);
  for (const file of [...names.map((name) => join(WORKFLOWS, name)), FAILURE_CONVERTER]) {
    hash.update(await readFile(file));
  }
  return hash.digest('hex').slice(0, 16);
}

/** `node workers/bundle.ts --output FILE`: an image carries its bundle, so that a pod does not make it at every start. */
if (import.meta.main) {
  const { values } = parseArgs({ options: { output: { type: 'string', default: 'workflow-bundle.js' } } });
  await writeFile(values.output, await bundleWorkflows());
}
