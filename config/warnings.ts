import type { Connection, Flow, Integration } from './integration.ts';
import { formatUnit } from './units.ts';

/** What is allowed but seldom meant, as sentences that begin with the setting. */
export function warningsOf(integration: Integration): string[] {
  const flows = Object.entries(integration.flows);
  const connections = Object.entries(integration.connections);
  return [
    ...connections.flatMap(([name, connection]) => connectionWarnings(`connections.${name}`, connection)),
    ...flows.flatMap(([name, flow]) => scheduleWarnings(`flows.${name}.schedule`, flow, integration)),
    ...unusedConnections(integration),
  ];
}

function connectionWarnings(path: string, connection: Connection): string[] {
  if (connection.kind !== 'visma') return [];
  return (['apiUrl', 'tokenUrl'] as const)
    .filter((key) => connection[key].startsWith('http:') && !isLoopback(connection[key]))
    .map((key) => `${path}.${key}: is plain http; the credentials would cross the network readable`);
}

function isLoopback(url: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
}

/** A run may have to wait for the next window of the call budget; one that is ended before it never gets through. */
function scheduleWarnings(path: string, flow: Flow, integration: Integration): string[] {
  const { timeoutMs, ...schedule } = flow.schedule;
  const budgetWindowsMs = Object.values(integration.connections).flatMap((connection) =>
    connection.kind === 'visma' ? [connection.budget.windowMs] : [],
  );
  const neededMs =
    'everyMs' in schedule ? Math.min(2 * schedule.everyMs, ...budgetWindowsMs) : Math.min(...budgetWindowsMs);
  if (!Number.isFinite(neededMs) || timeoutMs >= neededMs) return [];
  const reason = 'a run that waits for the call budget is ended before its turn';
  return [`${path}.timeout: ${formatUnit(timeoutMs, 'Ms')} is below ${formatUnit(neededMs, 'Ms')}; ${reason}`];
}

function unusedConnections(integration: Integration): string[] {
  const used = new Set(
    Object.values(integration.flows).flatMap((flow) => [flow.source.connection, flow.target.connection]),
  );
  return Object.keys(integration.connections)
    .filter((name) => !used.has(name))
    .map((name) => `connections.${name}: no flow uses it`);
}
