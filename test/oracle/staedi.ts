import { execFile } from 'node:child_process';
import { access, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ask } from './ask.ts';

/** The release that the expectations were compared with. */
const VERSION = '1.26.0';
const ARTIFACT = `io.xlate:staedi:${VERSION}`;
const JAR = join(homedir(), '.m2/repository/io/xlate/staedi', VERSION, `staedi-${VERSION}.jar`);
const FETCH = ['-q', '-B', 'dependency:get', `-Dartifact=${ARTIFACT}`, '-Dtransitive=false'];
const FETCH_TIMEOUT_MS = 120_000;
const CHECK = fileURLToPath(new URL('./check_with_staedi.java', import.meta.url));

const run = promisify(execFile);

/** Where StAEDI puts the first fault of a set: segments from 1 at its header, elements from 1, 0 for the segment. */
export type Judgment =
  | 'clean'
  | { readonly segment: number; readonly element: number; readonly error: string }
  | { readonly failed: string };

/** StAEDI in Maven's own cache, fetched when it is not there; or why there is none. */
export async function fetchStaedi(): Promise<{ readonly jar: string } | { readonly missing: string }> {
  try {
    await run('java', ['-version'], { timeout: FETCH_TIMEOUT_MS });
    await access(JAR).catch(() => run('mvn', FETCH, { cwd: tmpdir(), timeout: FETCH_TIMEOUT_MS }));
    await access(JAR);
    return { jar: JAR };
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return { missing: `no Java with ${ARTIFACT} from Maven: ${why}` };
  }
}

/** A file of one set, and by which schema it is to be read. */
export interface Asked {
  readonly schema: string;
  readonly bytes: Buffer;
}

/** What StAEDI says of each file, in their order. Schemas are written below the folder; one JVM reads all files. */
export async function judgeByStaedi(
  jar: string,
  folder: string,
  schemas: ReadonlyMap<string, string>,
  files: readonly Asked[],
): Promise<Judgment[]> {
  const pathOf = (schema: string) => join(folder, `${schema}.xml`);
  await Promise.all([...schemas].map(([name, text]) => writeFile(pathOf(name), text)));
  const lines = files.map(({ schema, bytes }) => `${pathOf(schema)}\t${bytes.toString('base64')}`);
  const answers = await ask(
    'java',
    ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', jar, CHECK],
    lines,
  );
  return answers.map(judgmentOf);
}

function judgmentOf(answer: string): Judgment {
  if (answer === 'clean') return 'clean';
  const [segment = '', element, error = ''] = answer.split('\t');
  if (!/^\d+$/.test(segment)) return { failed: answer };
  return { segment: Number(segment), element: Number(element), error };
}
