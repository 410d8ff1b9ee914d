import { Failure } from '../../failures/failure.ts';
import { JournalEntry } from '../canonical/journal-entry.ts';
import { type Routing, routedValues } from './routing.ts';

/** Fields of a batch by name, as integration files name them. Amounts and days are not routed by. */
export const journalFields = [
  'number',
  'currency',
  'ledger',
  'branch',
  'description',
  'lines.account',
  'lines.subaccount',
  'lines.description',
  'lines.reference',
  'lines.vatCode',
  'lines.branch',
  'lines.project',
  'lines.projectTask',
] as const;

const LINES = 'lines.';

/**
 * The batch with what the routing gives its header and each of its lines: a rule that looks at lines is tried line by line.
 *
 * @throws Failure ROUTING_INVALID when the routing leads to values that a batch cannot have
 */
export function routeJournal(entry: JournalEntry, routing: Routing): JournalEntry {
  const header = changed(valuesOf(entry), routing).filter(([field]) => !field.startsWith(LINES));
  const lines = entry.lines.map((line) => {
    const values = { ...valuesOf(entry), ...prefixed(valuesOf(line)) };
    const own = changed(values, routing).filter(([field]) => field.startsWith(LINES));
    return { ...line, ...Object.fromEntries(own.map(([field, value]) => [field.slice(LINES.length), value])) };
  });
  const result = JournalEntry.safeParse({ ...entry, ...Object.fromEntries(header), lines });
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Failure('ROUTING_INVALID', { message: `The routing does not lead to a journal. ${problems.join('; ')}.` });
}

type Values = Readonly<Record<string, string | undefined>>;

function valuesOf(holder: object): Values {
  return Object.fromEntries(Object.entries(holder).filter(([, value]) => typeof value === 'string'));
}

function prefixed(values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([field, value]) => [`${LINES}${field}`, value]));
}

function changed(values: Values, routing: Routing): [string, string | undefined][] {
  return Object.entries(routedValues(values, routing)).filter(([field, value]) => value !== values[field]);
}
