import type { z } from 'zod';
import { Failure } from '../failures/failure.ts';
import { getSecrets } from '../ledger/connections.ts';
import type { Ledger } from '../ledger/database.ts';

/** The stored secrets of a connection. @throws Failure CREDENTIALS_MISSING */
export async function secretsOf<S extends z.ZodType>(ledger: Ledger, name: string, schema: S): Promise<z.infer<S>> {
  const stored = await getSecrets(ledger, name);
  const parsed = schema.safeParse(stored?.secrets);
  if (parsed.success) return parsed.data;
  throw new Failure('CREDENTIALS_MISSING', {
    message: `Connection ${name} has ${stored ? 'incomplete' : 'no'} credentials.`,
    next: `Store them with \`ml-connector connection set ${name}\`.`,
  });
}
