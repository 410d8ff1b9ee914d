import { spawn } from 'node:child_process';

/** Hands lines to a program and gives back the lines that it answers with. Its errors go where ours go. */
export async function ask(command: string, options: readonly string[], lines: Iterable<string>): Promise<string[]> {
  const child = spawn(command, options, { stdio: ['pipe', 'pipe', 'inherit'] });
  let answers = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    answers += text;
  });
  const closed = new Promise<number | null>((resolve, reject) => {
    child.stdin.on('error', reject);
    child.on('error', reject).on('close', resolve);
  });
  child.stdin.end([...lines].map((line) => `${line}\n`).join(''));
  const code = await closed;
  if (code !== 0) throw new Error(`${command} ended with ${code}`);
  return answers.trimEnd().split('\n');
}
