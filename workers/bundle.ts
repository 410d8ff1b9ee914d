import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundleWorkflowCode, type WorkflowBundleWithSourceMap } from '@temporalio/worker';

const WORKFLOWS = fileURLToPath(new URL('../workflows/index.ts', import.meta.url));
const FAILURE_CONVERTER = fileURLToPath(new URL('./failure-converter.ts', import.meta.url));

const SILENT = { trace() {}, debug() {}, info() {}, warn() {}, error() {}, log() {} };

/** Bundles the workflows with the failure converter, so that encrypted and clear runs use the same code. */
export async function bundleWorkflows(): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({ workflowsPath: WORKFLOWS, failureConverterPath: FAILURE_CONVERTER, logger: SILENT });
}

/** `node workers/bundle.ts --output FILE`: an image carries its bundle, so that a pod does not make it at every start. */
if (import.meta.main) {
  const { values } = parseArgs({ options: { output: { type: 'string', default: 'workflow-bundle.js' } } });
  const { code } = await bundleWorkflows();
  await writeFile(values.output, code);
}
