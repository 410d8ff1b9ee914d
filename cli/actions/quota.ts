import { bucketOf } from '../../activities/visma-client.ts';
import { getSecrets } from '../../ledger/connections.ts';
import { type QuotaStatus, quotaStatus } from '../../ledger/queries/quota.ts';
import type { QuotaSettings } from '../../ledger/quota-shares.ts';
import { EXIT_CODES } from '../exit.ts';
import { appliedIntegrations } from '../names.ts';
import { counted, localTime, print, printJson, printTable } from '../output.ts';
import type { Session } from '../session.ts';

/** A budget, and the connections that share it. */
interface Budget extends QuotaStatus {
  readonly connections: readonly string[];
}

/** Shows every call budget of the applied integrations. Asks nobody but the ledger. */
export async function quota(session: Session, options: { readonly json?: boolean }): Promise<number> {
  const ledger = await session.ledger();
  const found = await settingsByBucket(session);
  const budgets: Budget[] = [];
  for (const { settings, connections } of found) {
    budgets.push({ connections, ...(await quotaStatus(ledger, settings)) });
  }
  // The bucket's name holds the client's id, which is nobody's business on a screen.
  if (options.json) for (const { bucket: _, ...budget } of budgets) printJson(budget);
  else if (budgets.length === 0) print('No connection to Visma.net is applied and has credentials.');
  else for (const budget of budgets) printBudget(budget);
  return EXIT_CODES.done;
}

async function settingsByBucket(session: Session) {
  const ledger = await session.ledger();
  const found: { readonly name: string; readonly settings: QuotaSettings }[] = [];
  for (const { integration, connections } of await appliedIntegrations(session)) {
    for (const [connection, settings] of Object.entries(connections)) {
      const name = `${integration}/${connection}`;
      const clientId = (await getSecrets(ledger, name))?.secrets.clientId;
      if (settings.kind !== 'visma' || clientId === undefined) continue;
      found.push({ name, settings: { ...settings.budget, bucket: bucketOf(settings, { clientId }) } });
    }
  }
  return [...Map.groupBy(found, ({ settings }) => settings.bucket).values()].flatMap((sharing) => {
    const [first] = sharing;
    return first ? [{ settings: first.settings, connections: sharing.map(({ name }) => name) }] : [];
  });
}

function printBudget(budget: Budget): void {
  const { connections, limit, used, left, usedByOthers, windowEnds, blockedUntil, classes, spenders, queues } = budget;
  const others = usedByOthers > 0 ? ` (${usedByOthers} by others than us)` : '';
  const until = windowEnds ? `the window ends ${localTime(windowEnds)}` : 'the next call begins a window';
  print(`${connections.join(', ')}: ${used} of ${counted(limit, 'call')} used${others}, ${left} left; ${until}.`);
  if (blockedUntil) print(`Visma.net has asked to be left alone until ${localTime(blockedUntil)}.`);
  print();
  printTable(
    ['CLASS', 'GUARANTEED', 'USED', 'WAITING', 'NEXT SLOT'],
    classes.map((one) => [
      one.class,
      ...[one.guaranteed, one.used, one.waiting].map(String),
      one.nextSlot.getTime() <= Date.now() + 1000 ? 'now' : localTime(one.nextSlot),
    ]),
  );
  if (spenders.length > 0) {
    print();
    const rows = spenders.map(({ who, calls, ...one }) => [who, one.class, String(calls)]);
    printTable(['SPENT BY', 'CLASS', 'CALLS'], rows);
  }
  if (queues.length > 0) {
    print();
    const rows = queues.map(({ who, waiting, nextDue, ...one }) => [
      who,
      one.class,
      String(waiting),
      localTime(nextDue),
    ]);
    printTable(['WAITS', 'CLASS', 'CALLS', 'NEXT DUE'], rows);
  }
  print();
}
