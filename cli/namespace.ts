import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { msNumberToTs, optionalTsToMs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
import type { TemporalSettings } from '../config/environment.ts';
import { Failure } from '../failures/failure.ts';
import { SEARCH_ATTRIBUTES } from '../workflows/search-attributes.ts';

const DAY_MS = 86_400_000;
/** Ended workflows stay in the Web UI for so long; Temporal's own default is a day. */
const RETENTION_DAYS = 30;
const USABLE_WITHIN_MS = 30_000;
const { IndexedValueType } = proto.temporal.api.enums.v1;

/** What the namespace lacks. */
export interface NamespaceGap {
  readonly missingAttributes: readonly string[];
  /** In milliseconds; undefined when it is long enough. */
  readonly shortRetentionMs: number | undefined;
}

/** Temporal Cloud lets its own tools alone set attributes and retention. */
export function isCloud({ address, apiKey }: TemporalSettings): boolean {
  return apiKey !== undefined || /\.(tmprl\.cloud|api\.temporal\.io)(:\d+)?$/.test(address);
}

/** Looks what the namespace lacks. @throws Failure TEMPORAL_UNPREPARED when an attribute has another type */
export async function namespaceGap(client: Client, settings: TemporalSettings): Promise<NamespaceGap> {
  const { namespace } = settings;
  const described = await client.workflowService.describeNamespace({ namespace });
  const aliases = described.config?.customSearchAttributeAliases ?? {};
  const known = isCloud(settings) ? typesOfAliases(aliases) : await registeredTypes(client, namespace);
  const wrong = SEARCH_ATTRIBUTES.filter(({ name }) => known.has(name) && known.get(name) !== 'Keyword');
  if (wrong.length > 0) {
    const names = wrong.map(({ name }) => `${name} (${known.get(name)})`).join(', ');
    throw new Failure('TEMPORAL_UNPREPARED', {
      message: `Namespace ${namespace} has search attributes of another type than Keyword: ${names}.`,
      next: 'Use another namespace, or remove these attributes from this one.',
    });
  }
  const retentionMs = optionalTsToMs(described.config?.workflowExecutionRetentionTtl) ?? 0;
  return {
    missingAttributes: SEARCH_ATTRIBUTES.map(({ name }) => name).filter((name) => !known.has(name)),
    shortRetentionMs: retentionMs < RETENTION_DAYS * DAY_MS ? retentionMs : undefined,
  };
}

/** The field behind an alias tells the type: `Keyword03`. */
function typesOfAliases(aliases: Readonly<Record<string, string>>): Map<string, string> {
  return new Map(Object.entries(aliases).map(([field, alias]) => [alias, field.replace(/\d+$/, '')]));
}

async function registeredTypes(client: Client, namespace: string): Promise<Map<string, string>> {
  const { customAttributes } = await client.connection.operatorService.listSearchAttributes({ namespace });
  const nameOf = (type: number) => (type === IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD ? 'Keyword' : `type ${type}`);
  return new Map(Object.entries(customAttributes ?? {}).map(([name, type]) => [name, nameOf(Number(type))]));
}

/** Gap as lines of a plan. */
export function describeGap({ missingAttributes, shortRetentionMs }: NamespaceGap): string[] {
  return [
    ...missingAttributes.map((name) => `+ search attribute ${name}`),
    ...(shortRetentionMs === undefined
      ? []
      : ['~ namespace', `    retention: ${shortRetentionMs / DAY_MS}d -> ${RETENTION_DAYS}d`]),
  ];
}

/** The commands that close the gap where we may not: an administrator of Temporal Cloud runs them. */
export function cloudCommands({ missingAttributes, shortRetentionMs }: NamespaceGap, namespace: string): string[] {
  return [
    ...missingAttributes.map(
      (name) => `tcld namespace search-attributes add --namespace ${namespace} --search-attribute "${name}=Keyword"`,
    ),
    ...(shortRetentionMs === undefined
      ? []
      : [`tcld namespace retention set --namespace ${namespace} --retention-days ${RETENTION_DAYS}`]),
  ];
}

/** Registers what is missing, waits until it can be used, and sets the retention. */
export async function closeGap(client: Client, namespace: string, gap: NamespaceGap): Promise<void> {
  if (gap.missingAttributes.length > 0) {
    const searchAttributes = Object.fromEntries(
      gap.missingAttributes.map((name) => [name, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD]),
    );
    await client.connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
    await untilUsable(client, gap.missingAttributes);
  }
  if (gap.shortRetentionMs !== undefined) {
    const workflowExecutionRetentionTtl = msNumberToTs(RETENTION_DAYS * DAY_MS);
    await client.workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl } });
  }
}

/** A new attribute reaches the parts of the server one after the other; a query that names it passes when it is there. */
async function untilUsable(client: Client, names: readonly string[]): Promise<void> {
  const query = names.map((name) => `${name} = 'x'`).join(' OR ');
  const deadline = performance.now() + USABLE_WITHIN_MS;
  for (;;) {
    try {
      await client.workflow.count(query);
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await sleep(100);
    }
  }
}
