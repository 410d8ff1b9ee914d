import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ask } from './ask.ts';

/** The release whose maps the expectations were compared with. */
const PACKAGE = 'pyx12==4.0.0';
const INSTALL_TIMEOUT_MS = 60_000;
const CHECK = fileURLToPath(new URL('./check_with_pyx12.py', import.meta.url));

const run = promisify(execFile);

export interface Judged {
  readonly accepted: boolean;
  readonly messages: readonly string[];
}

/** A Python with pyx12 in a virtual environment below a folder, or why there is none. */
export async function installPyx12(
  folder: string,
): Promise<{ readonly python: string } | { readonly missing: string }> {
  const home = join(folder, 'venv');
  const python = join(home, 'bin', 'python');
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--retries', '0', '--timeout', '10'];
  try {
    await run('python3', ['-m', 'venv', home], { timeout: INSTALL_TIMEOUT_MS });
    await run(python, [...pip, PACKAGE], { timeout: INSTALL_TIMEOUT_MS });
    return { python };
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return { missing: `no Python with ${PACKAGE}: ${why}` };
  }
}

/** What pyx12 says of each file, in their order. */
export async function judge(python: string, folder: string, files: readonly Buffer[]): Promise<Judged[]> {
  const paths = await Promise.all(
    files.map(async (file, index) => {
      const path = join(folder, `${index}.edi`);
      await writeFile(path, file);
      return path;
    }),
  );
  const answers = await ask(python, [CHECK], paths);
  return answers.map((line) => JSON.parse(line) as Judged);
}
