import { Failure } from '../failures/failure.ts';
import { failureOf, isPassing } from './classify.ts';
import type { Dependencies } from './dependencies.ts';

/**
 * What a step fails with. One that would be tried again ends with CONFIG_REPLACED when another configuration of its flow
 * has been applied: whatever kept it from succeeding, such as a wrong address, may be mended there.
 */
export async function unlessReplaced(
  { configuration }: Dependencies,
  { flow, config }: { readonly flow: string; readonly config: string },
  error: unknown,
): Promise<unknown> {
  const failure = failureOf(error);
  if (!isPassing(failure)) return error;
  const { hash } = await configuration.applied(flow, config);
  if (hash === config) return error;
  const message = `${failure.message} Another configuration, ${hash.slice(0, 12)}, is applied by now.`;
  return new Failure('CONFIG_REPLACED', { message, goOnWith: hash, cause: error });
}
