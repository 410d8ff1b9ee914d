import { Failure } from '../failures/failure.ts';
import { isBegunElsewhere } from '../ledger/intents.ts';
import { failureOf, isPassing } from './classify.ts';
import type { FlowConfig } from './configuration.ts';
import type { Dependencies } from './dependencies.ts';
import { placeOf } from './posting/place.ts';

/** What has failed: a run of a flow, or the delivery of a document. */
interface Waiting {
  readonly flow: string;
  readonly config: string;
  readonly document?: string;
}

/**
 * What a step fails with. One that would be tried again ends with CONFIG_REPLACED when another configuration of its flow
 * has been applied: whatever kept it from succeeding, such as a wrong address, may be mended there. A document of which
 * something may stand at another place than the new one leads to stays, to be settled where it was begun.
 */
export async function unlessReplaced(
  { configuration, ledger }: Dependencies,
  { flow, config, document }: Waiting,
  error: unknown,
): Promise<unknown> {
  const failure = failureOf(error);
  if (!isPassing(failure)) return error;
  const applied = await configuration.applied(flow, config);
  if (applied.hash === config) return error;
  if (document !== undefined && (await isBegunElsewhere(ledger, document, targetOf(applied)))) return error;
  const message = `${failure.message} Another configuration, ${applied.hash.slice(0, 12)}, is applied by now.`;
  return new Failure('CONFIG_REPLACED', { message, goOnWith: applied.hash, cause: error });
}

function targetOf({ flow, integration }: FlowConfig) {
  const { connection } = flow.target;
  const settings = integration.connections[connection];
  const place = settings === undefined ? [] : placeOf({ settings });
  return { target: `${integration.integration}/${connection}`, place };
}
