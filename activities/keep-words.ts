import { Failure } from '../failures/failure.ts';
import { storeBody } from '../ledger/bodies.ts';
import type { Dependencies } from './dependencies.ts';
import type { Delivery } from './flow-steps.ts';

/**
 * Seals in the ledger what a failure may not say aloud, such as the other system's own words with the values they quote.
 * `ml-connector timeline --words` shows them to whoever has the master key.
 */
export async function keepWords(
  { ledger }: Dependencies,
  { config, document }: Pick<Delivery, 'config' | 'document'>,
  error: unknown,
): Promise<void> {
  const words = wordsIn(error);
  if (words === undefined) return;
  const connection = `${config.integration.integration}/${config.flow.target.connection}`;
  await storeBody(ledger, { documentId: document.id, role: 'answer', connection }, [Buffer.from(words)]);
}

function wordsIn(error: unknown): string | undefined {
  if (!(error instanceof Failure)) return undefined;
  return error.confidential ?? wordsIn(error.cause);
}
