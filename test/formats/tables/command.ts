import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../cli/main.ts', import.meta.url));

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs `ml-connector edi` with these arguments, and with `input` on stdin. */
export async function edi(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  input: string | Buffer = '',
): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, 'edi', ...args], { stdio: 'pipe', env: { ...process.env, ...env } });
  let [out, error] = ['', ''];
  child.stdout.setEncoding('latin1').on('data', (text) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    error += text;
  });
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  return { code, out, error };
}
