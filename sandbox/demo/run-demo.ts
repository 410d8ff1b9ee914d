import { commandLineOf, setUpExamples } from '../example-setup.ts';
import { homeFolder } from '../home.ts';
import { duration, row, sayToTerminal } from '../say.ts';
import type { Stack } from '../stack.ts';
import { startStack } from '../start-stack.ts';
import { stopOnSignals } from '../stop-on-signals.ts';
import { PartnerSystems } from './partner-systems.ts';
import { summarise, tell } from './story.ts';

/** Brings the local run up from empty state, tells the story, holds the partner systems against it, and ends everything. */
export async function runDemo({ keep }: { readonly keep: boolean }): Promise<void> {
  const say = sayToTerminal();
  const home = homeFolder(process.env);
  const stopping = stopOnSignals(say);
  const began = performance.now();
  say(`ml-connector, demo in ${home}`);
  let stack: Stack | undefined;
  try {
    const prepare = (running: Stack) => setUpExamples(running, say);
    stack = await startStack({ home, say, env: process.env, signal: stopping, state: 'fresh', prepare });
    say(row('Ready', `after ${duration(performance.now() - began)}`));
    const scene = { stack, cli: commandLineOf(stack), partners: new PartnerSystems(stack), say };
    await tell(scene);
    const isRight = summarise(scene, await scene.partners.check());
    say(`\n  Web UI: ${stack.description.temporal.ui ?? 'see your Temporal server'}`);
    say(
      `  ${isRight ? 'Everything is where it should be, each thing once' : 'NOT as it should be'} (${duration(performance.now() - began)}).`,
    );
    process.exitCode = isRight ? 0 : 1;
    if (keep) await keepUp(say, stopping);
  } catch (error) {
    if (!stopping.aborted) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    }
  } finally {
    await stack?.stop();
  }
}

async function keepUp(say: (line: string) => void, stopping: AbortSignal): Promise<void> {
  say('  It all stays up until Ctrl-C. In another terminal: npx ml-connector documents');
  if (stopping.aborted) return;
  await new Promise<void>((resolve) => stopping.addEventListener('abort', () => resolve(), { once: true }));
}
