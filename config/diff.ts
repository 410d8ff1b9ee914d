import type { Integration } from './integration.ts';
import { type SettingChange, settingChanges } from './setting-changes.ts';

type Action = 'add' | 'remove' | 'change';

/** One thing that `apply` would do. `schedule` stands apart from its flow, since it changes Temporal and not only the ledger. */
export interface Change {
  readonly action: Action;
  readonly subject: 'integration' | 'connection' | 'flow' | 'schedule';
  /** `acme`, `acme/partner`, `acme/vendors-in`. */
  readonly name: string;
  /** The settings that differ, in the file's notation; empty when the whole subject comes or goes. */
  readonly settings: readonly SettingChange[];
}

/**
 * What is different between two versions of an integration, connections before flows, in the order of the file. Undefined
 * stands for an integration that is not there. Two of the same configuration hash give no change.
 */
export function diffIntegrations(before: Integration | undefined, after: Integration | undefined): Change[] {
  const name = after?.integration ?? before?.integration ?? '';
  const own = changeOf('integration', name, before && ownSettings(before), after && ownSettings(after));
  return [
    ...own,
    ...changesByName('connection', name, before?.connections, after?.connections),
    ...changesByName('flow', name, flowsWithoutSchedule(before), flowsWithoutSchedule(after)),
    ...changesByName('schedule', name, schedules(before), schedules(after)),
  ];
}

/** A change as lines for a terminal: `~ flow acme/vendors-in`, then `    target.numbering: manual -> override`. */
export function describeChange(change: Change): string[] {
  const sign = { add: '+', remove: '-', change: '~' }[change.action];
  const details = change.settings.map(
    ({ path, before, after }) => `    ${path}: ${before ?? '(none)'} -> ${after ?? '(none)'}`,
  );
  return [`${sign} ${change.subject} ${change.name}`, ...details];
}

type Named = Readonly<Record<string, unknown>>;

function changesByName(
  subject: Change['subject'],
  integration: string,
  before: Named = {},
  after: Named = {},
): Change[] {
  const names = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  return names.flatMap((name) => changeOf(subject, `${integration}/${name}`, before[name], after[name]));
}

function changeOf(subject: Change['subject'], name: string, before: unknown, after: unknown): Change[] {
  if (before === undefined && after === undefined) return [];
  if (before === undefined) return [{ action: 'add', subject, name, settings: [] }];
  if (after === undefined) return [{ action: 'remove', subject, name, settings: [] }];
  const settings = settingChanges(before, after);
  return settings.length === 0 ? [] : [{ action: 'change', subject, name, settings }];
}

function ownSettings({ connections: _connections, flows: _flows, ...own }: Integration): Named {
  return own;
}

function flowsWithoutSchedule(integration: Integration | undefined): Named {
  return mapFlows(integration, ({ schedule: _schedule, ...flow }) => flow);
}

function schedules(integration: Integration | undefined): Named {
  return mapFlows(integration, ({ schedule }) => schedule);
}

function mapFlows(integration: Integration | undefined, part: (flow: Integration['flows'][string]) => unknown): Named {
  return Object.fromEntries(Object.entries(integration?.flows ?? {}).map(([name, flow]) => [name, part(flow)]));
}
