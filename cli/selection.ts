import { Failure } from '../failures/failure.ts';
import type { DocumentFilter } from '../ledger/queries/document-filter.ts';
import { appliedIntegrations, knownFlow, knownFlows } from './names.ts';
import type { Session } from './session.ts';
import { instantOf } from './values.ts';

/** The options by which documents are chosen, as commander reads them. */
export interface SelectionOptions {
  readonly flow?: string;
  readonly integration?: string;
  readonly partner?: string;
  readonly kind?: string;
  readonly code?: string;
  readonly type?: string;
  readonly file?: string;
  readonly batch?: string;
  readonly since?: string;
  readonly olderThan?: string;
}

/** Whether any of them was given. */
export function isSelecting(options: SelectionOptions): boolean {
  return SELECTING.some((name) => options[name] !== undefined);
}

const SELECTING = [
  'flow',
  'integration',
  'partner',
  'kind',
  'code',
  'type',
  'file',
  'batch',
  'since',
  'olderThan',
] as const satisfies readonly (keyof SelectionOptions)[];

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What the options ask the ledger for. @throws Failure COMMAND_USAGE, NAME_UNKNOWN, NAME_AMBIGUOUS */
export async function selectionOf(session: Session, options: SelectionOptions): Promise<DocumentFilter> {
  const { kind, code, type, file, batch, since, olderThan } = options;
  const now = new Date();
  if (batch !== undefined && !UUID.test(batch)) {
    throw new Failure('COMMAND_USAGE', {
      message: '--batch must be the id of a batch, as `ml-connector timeline` shows it.',
    });
  }
  return {
    flows: await flowsOf(session, options),
    kind,
    code,
    failureType: type,
    file,
    batch,
    since: since === undefined ? undefined : instantOf('--since', since, now),
    until: olderThan === undefined ? undefined : instantOf('--older-than', olderThan, now),
  };
}

/** The flows that flow, integration and partner leave, undefined for all. */
async function flowsOf(session: Session, { flow, integration, partner }: SelectionOptions) {
  if (flow === undefined && integration === undefined && partner === undefined) return undefined;
  const named = flow === undefined ? await knownFlows(session) : [await knownFlow(session, flow)];
  const integrations = partner === undefined ? undefined : await integrationsWith(session, partner);
  const found = named.filter((name) => {
    const owner = name.slice(0, name.indexOf('/'));
    return (integration === undefined || owner === integration) && (integrations?.includes(owner) ?? true);
  });
  if (found.length > 0) return found;
  const asked = [integration, partner && `partner "${partner}"`, flow].filter((one) => one !== undefined);
  throw new Failure('NAME_UNKNOWN', {
    message: `There is no flow of ${asked.join(' and ')}.`,
    next: 'See all flows with `ml-connector status`.',
  });
}

async function integrationsWith(session: Session, partner: string): Promise<readonly string[]> {
  const applied = await appliedIntegrations(session);
  return applied
    .filter((one) => one.partner.toLowerCase() === partner.toLowerCase())
    .map(({ integration }) => integration);
}
