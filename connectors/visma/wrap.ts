import { Failure } from '../../failures/failure.ts';

/**
 * How a field of a body is written. Visma wraps scalars as `{ value }` and groups (address, contact) as a whole and
 * inside; a few fields stay bare, which no rule explains, so each entity has its table. An `object` is bare around wrapped fields.
 */
export type Rule =
  | 'wrapped'
  | 'bare'
  | { readonly group: Rules }
  | { readonly object: Rules }
  | { readonly lines: Rules };

export type Rules = Readonly<Record<string, Rule>>;

/** `subaccount` of a line: segments, bare throughout. */
export const SEGMENTS = { lines: { segmentId: 'bare', segmentValue: 'bare' } } as const satisfies Rule;

/** One segment of a line's subaccount, as it is written. */
export interface SegmentWrite {
  readonly segmentId: number;
  readonly segmentValue: string;
}

/** What a write does with a line. `Update` and `Delete` name theirs by its number. */
export type LineOperation = 'Insert' | 'Update' | 'Delete';

/**
 * Wraps a plain body. Absent and null fields are left out, which leaves them unchanged in Visma; '' clears; a group without
 * fields is left out. Throws Failure `VISMA_REFUSED` for a field that the entity's table does not have: Visma would ignore it.
 */
export function wrapBody(entity: string, rules: Rules, body: object): Record<string, unknown> {
  const fields = Object.entries(body).filter(([, value]) => value !== undefined && value !== null);
  const wrapped = fields.map(([name, value]) => [name, wrapField(`${entity}.${name}`, rules[name], value)]);
  return Object.fromEntries(wrapped.filter(([, value]) => value !== undefined));
}

function wrapField(place: string, rule: Rule | undefined, value: unknown): unknown {
  if (rule === 'wrapped') return { value };
  if (rule === 'bare') return value;
  if (rule !== undefined && 'lines' in rule && Array.isArray(value)) {
    return value.map((line) => wrapBody(place, rule.lines, line));
  }
  if (rule !== undefined && 'object' in rule && typeof value === 'object' && value !== null) {
    return wrapBody(place, rule.object, value);
  }
  if (rule !== undefined && 'group' in rule && typeof value === 'object' && value !== null) {
    const inner = wrapBody(place, rule.group, value);
    return Object.keys(inner).length === 0 ? undefined : { value: inner };
  }
  throw new Failure('VISMA_REFUSED', { message: `${place} is not a field that Visma.net takes in this form` });
}
