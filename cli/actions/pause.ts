import { pauseFlow, resumeFlow } from '../../ledger/brakes.ts';
import { pauseConnection, resumeConnection } from '../../ledger/connections.ts';
import { EXIT_CODES } from '../exit.ts';
import { appliedIntegrations, pick } from '../names.ts';
import { print } from '../output.ts';
import type { Session } from '../session.ts';

/** Nothing new is sent over the connection, or in the flow, from now on. */
export async function pause(session: Session, given: string, options: { readonly reason?: string }): Promise<number> {
  const { kind, name } = await brakeNamed(session, given);
  const ledger = await session.ledger();
  const { actor } = session.provenance;
  const reason = options.reason ?? 'no reason given';
  if (kind === 'flow') await pauseFlow(ledger, name, `${reason} (${actor})`, actor);
  else await pauseConnection(ledger, name, `${reason} (${actor})`);
  print(`${kind} ${name} is paused; \`ml-connector resume ${name}\` lets it go on.`);
  return EXIT_CODES.done;
}

/** Lets a connection or flow go on, whether an operator has paused it or refused credentials have blocked it. */
export async function resume(session: Session, given: string): Promise<number> {
  const { kind, name } = await brakeNamed(session, given);
  const ledger = await session.ledger();
  const wasHeld = kind === 'flow' ? await resumeFlow(ledger, name) : await resumeConnection(ledger, name);
  print(wasHeld ? `${kind} ${name} goes on; what waited follows within seconds.` : `${kind} ${name} was not held.`);
  return EXIT_CODES.done;
}

async function brakeNamed(session: Session, given: string) {
  const brakes = (await appliedIntegrations(session)).flatMap(({ integration, connections, flows }) => [
    ...Object.keys(connections).map((name) => ({ kind: 'connection' as const, name: `${integration}/${name}` })),
    ...Object.keys(flows).map((name) => ({ kind: 'flow' as const, name: `${integration}/${name}` })),
  ]);
  return pick('connection or flow', given, brakes, 'See them with `ml-connector status`.');
}
