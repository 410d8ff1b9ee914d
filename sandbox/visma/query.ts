import { ApiRefusal } from './answers.ts';
import type { Query } from './filters.ts';
import type { Settings } from './settings.ts';

/** What one endpoint knows about its parameters. */
export interface QueryNames {
  readonly known: readonly string[];
  /** Named by the vendor but without effect here: refused in strict mode, so that nobody trusts a filter that is none. */
  readonly notSimulated?: readonly string[];
}

/**
 * Keeps the parameters an endpoint knows. An unknown one is refused in strict mode (400) and ignored with 200 in real
 * mode, so that a misspelt filter returns everything; real mode reads names without regard to case.
 */
export function readQuery(raw: Readonly<Record<string, unknown>>, names: QueryNames, settings: Settings): Query {
  const query: Record<string, string> = {};
  for (const [sent, value] of Object.entries(raw)) {
    const name = names.known.find((known) => matches(known, sent, settings));
    if (name !== undefined) query[name] = single(sent, value, settings);
    else if (settings.mode === 'strict') throw new ApiRefusal(400, refusal(sent, names));
  }
  return query;
}

function matches(known: string, sent: string, settings: Settings): boolean {
  return settings.mode === 'strict' ? known === sent : known.toLowerCase() === sent.toLowerCase();
}

function single(name: string, value: unknown, settings: Settings): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && settings.mode === 'real') return String(value[0]);
  throw new ApiRefusal(400, `The parameter '${name}' was sent more than once.`);
}

function refusal(sent: string, names: QueryNames): string {
  const named = names.notSimulated?.includes(sent) ?? false;
  return `The parameter '${sent}' is ${named ? 'not simulated' : 'unknown'}.`;
}
