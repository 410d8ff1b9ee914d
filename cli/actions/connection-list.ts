import { listConnections } from '../../ledger/connections.ts';
import { EXIT_CODES } from '../exit.ts';
import { appliedIntegrations } from '../names.ts';
import { localTime, printJson, printTable } from '../output.ts';
import type { Session } from '../session.ts';

/** Every connection that is applied or has credentials, without any secret. */
export async function connectionList(session: Session, options: { readonly json?: boolean }): Promise<number> {
  const rows = await connectionsOf(session);
  if (options.json) for (const row of rows) printJson(row);
  else
    printTable(
      ['CONNECTION', 'KIND', 'CREDENTIALS SET', 'STATE', 'SINCE', 'REASON'],
      rows.map((row) => [
        row.name,
        row.kind,
        row.secretsSetAt ? localTime(row.secretsSetAt) : 'never',
        row.latch,
        row.latch !== 'open' && row.latchAt ? localTime(row.latchAt) : '',
        row.latchReason ?? '',
      ]),
    );
  return EXIT_CODES.done;
}

/** Connections of the applied integrations with what the vault and the latch say, then those that no integration names. */
export async function connectionsOf(session: Session) {
  const kept = new Map((await listConnections(await session.ledger())).map((row) => [row.name, row]));
  const kinds = (await appliedIntegrations(session)).flatMap(({ integration, connections }) =>
    Object.entries(connections).map(([name, { kind }]) => [`${integration}/${name}`, kind] as const),
  );
  const empty = { hasSecrets: false, secretsSetAt: null, latch: 'open', latchReason: null, latchAt: null } as const;
  const applied = kinds.map(([name, kind]) => ({ ...empty, ...kept.get(name), name, kind: kind as string }));
  const named = new Set<string>(kinds.map(([name]) => name));
  const others = [...kept.values()]
    .filter(({ name }) => !named.has(name))
    .map((row) => ({ ...row, kind: 'not applied' }));
  return [...applied, ...others].map(({ name, kind, ...state }) => ({ name, kind, ...state }));
}
