import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../failures/failure.ts';
import { type LoadedIntegration, problemsBetween } from './between-files.ts';
import type { Integration } from './integration.ts';
import type { Environment } from './interpolate.ts';
import { checkIntegration, configInvalid } from './parse.ts';
import { inFileOrder, type Problem } from './problem.ts';

/** Beyond what the parser takes, so that it is the parser that refuses, with a place. */
const MAX_READ_BYTES = 2 * 1024 * 1024;

/**
 * Reads every `.yaml` and `.yml` file of a folder, in the order of their names. Throws Failure `CONFIG_INVALID` with the
 * problems of all files together, or when there is none to read.
 */
export async function loadIntegrations(folder: string, env: Environment): Promise<Integration[]> {
  const loaded: LoadedIntegration[] = [];
  const problems: Problem[] = [];
  for (const file of await integrationFiles(folder)) {
    const checked = checkIntegration(await readBounded(join(folder, file)), file, env);
    if (checked.integration === undefined) problems.push(...checked.problems);
    else loaded.push({ file, integration: checked.integration, problemAt: checked.problemAt });
  }
  problems.push(...problemsBetween(loaded));
  if (problems.length > 0) throw configInvalid(inFileOrder(problems));
  return loaded.map(({ integration }) => integration);
}

async function integrationFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new Failure('CONFIG_INVALID', {
      message: `The folder of integration files, ${folder}, cannot be read.`,
      cause,
    });
  });
  const names = entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
  const files = names.filter((name) => /^[^.].*\.ya?ml$/.test(name)).sort();
  if (files.length > 0) return files;
  throw new Failure('CONFIG_INVALID', { message: `The folder ${folder} holds no integration files (*.yaml).` });
}

async function readBounded(path: string): Promise<string> {
  await using file = await open(path);
  const { bytesRead, buffer } = await file.read(Buffer.alloc(MAX_READ_BYTES), 0, MAX_READ_BYTES, 0);
  return buffer.toString('utf8', 0, bytesRead);
}
