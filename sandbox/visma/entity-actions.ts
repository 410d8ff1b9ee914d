import { type Answer, ApiRefusal } from './answers.ts';
import type { ActionRule, Entity } from './entity.ts';
import { needRow } from './entity-one.ts';
import { checkIfMatch } from './entity-tag.ts';
import { type Cause, commit, ruled } from './entity-writes.ts';
import type { Hit } from './faults.ts';
import type { JsonObject } from './json.ts';
import { unwrap } from './unwrap.ts';

/** An action as it was asked for. */
export interface Action extends Cause {
  readonly entity: Entity;
  readonly name: string;
  readonly rule: ActionRule;
  readonly parameters: Readonly<Record<string, string>>;
  readonly ifMatch: string | undefined;
  readonly hit: Hit;
}

/**
 * Answers an action: 200 with what became of it. `Failed` is a 200 too. A fault can have it queued, so that it takes effect
 * later or never. Throws ApiRefusal when the record is in no state for it.
 */
export function actOn(action: Action): Answer {
  const { entity, name, world, hit, entry } = action;
  const sent = action.body === null ? {} : unwrap(action.body, entity.actionFields ?? {}, world.settings);
  const before = needRow(entity, { ...action.parameters, ...textsIn(sent) }, world);
  checkIfMatch(action.ifMatch, before, entity.label, world.settings);
  const fault = world.faults.take(hit, ['action-result']);
  if (fault?.kind !== 'action-result') return carryOut(action, before.key);
  entry.fault = fault.id;
  if (fault.settlesAfterMs !== undefined) {
    // An action that waits in a queue must not keep a simulator alive that was closed.
    setTimeout(() => carryOutLate(action, before.key), fault.settlesAfterMs).unref();
  }
  return resultOf(name, fault.result, fault.errorInfo);
}

/** A record that has moved on meanwhile is left as it is: nobody waits for the answer. */
function carryOutLate(action: Action, key: string): void {
  try {
    carryOut(action, key);
  } catch (error) {
    if (!(error instanceof ApiRefusal)) throw error;
  }
}

function carryOut({ entity, name, rule, world, body, entry }: Action, key: string): Answer {
  const row = world.table(entity.name).get(key);
  const done = ruled(`Error: ${name}.`, world, () => rule(row?.record ?? {}, world));
  if ('failed' in done) return resultOf(name, 'Failed', done.failed);
  commit(entity, `action ${name}`, key, done.next, { body, entry, world });
  return resultOf(name, 'Done', '');
}

function resultOf(actionId: string, actionResult: string, errorInfo: string): Answer {
  return { status: 200, body: { actionId, actionResult, errorInfo } };
}

function textsIn(values: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}
