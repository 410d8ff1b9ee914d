import { configHash } from '../config/hash.ts';
import { type Connection, type Integration, integrationSchema } from '../config/integration.ts';
import { loadIntegrations } from '../config/load.ts';
import { nearest } from '../config/nearest.ts';
import { Failure } from '../failures/failure.ts';
import { activeConfigs } from '../ledger/config-versions.ts';
import { flowsSeen } from '../ledger/queries/overview.ts';
import type { Session } from './session.ts';

export interface NamedConnection {
  /** `acme/visma`. */
  readonly name: string;
  readonly settings: Connection;
  readonly integration: Integration;
}

/** The integrations as they are applied. */
export async function appliedIntegrations(session: Session): Promise<Integration[]> {
  const configs = await activeConfigs(await session.ledger());
  return configs.map(({ body }) => integrationSchema.parse(body));
}

/** Every applied flow by its full name, with its configuration. */
export async function appliedFlows(session: Session) {
  const integrations = await appliedIntegrations(session);
  return integrations.flatMap((integration) =>
    Object.entries(integration.flows).map(([flow, settings]) => ({
      name: `${integration.integration}/${flow}`,
      flow: settings,
      integration,
      hash: configHash(integration),
    })),
  );
}

/** The full name of an applied flow, and its configuration. @throws Failure NAME_UNKNOWN, NAME_AMBIGUOUS */
export async function appliedFlow(session: Session, given: string) {
  return pick('flow', given, await appliedFlows(session), 'Apply it first: `ml-connector apply`.');
}

/** The full name of a flow that is applied or has left something in the ledger. @throws Failure NAME_UNKNOWN, NAME_AMBIGUOUS */
export async function knownFlow(session: Session, given: string): Promise<string> {
  const names = (await knownFlows(session)).map((name) => ({ name }));
  return pick('flow', given, names, 'See all flows with `ml-connector status`.').name;
}

/** The full names of all flows that are applied or ever ran. */
export async function knownFlows(session: Session): Promise<readonly string[]> {
  const applied = (await appliedIntegrations(session)).flatMap(({ integration, flows }) =>
    Object.keys(flows).map((flow) => `${integration}/${flow}`),
  );
  return [...new Set([...applied, ...(await flowsSeen(await session.ledger()))])];
}

/** A connection that is applied, else one that stands in a file that will be. @throws Failure NAME_UNKNOWN, NAME_AMBIGUOUS */
export async function connectionNamed(session: Session, given: string, folder: string): Promise<NamedConnection> {
  const applied = connectionsIn(await appliedIntegrations(session));
  if (matches(given, applied).length > 0) return pick('connection', given, applied, '');
  const inFiles = connectionsIn(await integrationsIn(folder, session));
  const next = 'Name one of an applied integration, or run this where the integration files are (`--folder`).';
  return pick('connection', given, [...applied, ...inFiles], next);
}

function connectionsIn(integrations: readonly Integration[]): NamedConnection[] {
  return integrations.flatMap((integration) =>
    Object.entries(integration.connections).map(([name, settings]) => ({
      name: `${integration.integration}/${name}`,
      settings,
      integration,
    })),
  );
}

/** A connection may be set up before its file is right: what is wrong with files is for `plan` to say. */
async function integrationsIn(folder: string, { env }: Session): Promise<Integration[]> {
  try {
    return await loadIntegrations(folder, env);
  } catch (error) {
    if (error instanceof Failure) return [];
    throw error;
  }
}

/** Finds by full name, or by what follows the slash when that is unique. */
export function pick<T extends { readonly name: string }>(
  what: string,
  given: string,
  known: readonly T[],
  next: string,
): T {
  const [match, ...others] = matches(given, known);
  if (match && others.length === 0) return match;
  if (match) {
    const names = [match, ...others].map(({ name }) => name).join(', ');
    throw new Failure('NAME_AMBIGUOUS', { message: `"${given}" fits more than one ${what}: ${names}.` });
  }
  const names = known.map(({ name }) => name);
  const meant = nearest(given, [...names, ...names.map((name) => name.slice(name.indexOf('/') + 1))]);
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  throw new Failure('NAME_UNKNOWN', { message: `There is no ${what} "${given}".${hint}`, next });
}

function matches<T extends { readonly name: string }>(given: string, known: readonly T[]): readonly T[] {
  const exact = known.filter(({ name }) => name === given);
  return exact.length > 0 ? exact : known.filter(({ name }) => name.endsWith(`/${given}`));
}
