import { EXIT_CODES } from '../exit.ts';
import { print, printJson } from '../output.ts';
import { describePlan, isEmpty, makePlan, type Plan } from '../plan.ts';
import type { Session } from '../session.ts';

export interface PlanOptions {
  readonly json?: boolean;
}

/** Shows what `apply` would change. */
export async function plan(session: Session, folder: string, options: PlanOptions): Promise<number> {
  const made = await makePlan(session, folder);
  if (options.json) for (const change of asObjects(made)) printJson(change);
  else printPlan(made);
  return EXIT_CODES.done;
}

function printPlan(made: Plan): void {
  for (const line of describePlan(made, { prune: false })) print(line);
  print(isEmpty(made) ? 'Everything is as the files say.' : 'Nothing was changed; `ml-connector apply` does it.');
  for (const warning of made.warnings) process.stderr.write(`Warning: ${warning}\n`);
}

function asObjects({ migrations, gap, changes, schedules, leftover }: Plan): object[] {
  const named = (action: string, subject: string) => (name: string) => ({ action, subject, name, settings: [] });
  return [
    ...migrations.map(named('add', 'migration')),
    ...gap.missingAttributes.map(named('add', 'search attribute')),
    ...(gap.shortRetentionMs === undefined ? [] : ['retention'].map(named('change', 'namespace'))),
    ...changes,
    ...schedules.map(({ wanted: _, ...change }) => change),
    ...leftover.integrations.map(named('remove', 'integration')),
    ...leftover.schedules.map(named('remove', 'schedule')),
  ];
}
