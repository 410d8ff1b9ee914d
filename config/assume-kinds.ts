import { type Group, isGroup } from './from-file.ts';
import { choiceMessage } from './issue-messages.ts';
import { nearest } from './nearest.ts';
import { type AnySchema, childSchema, discriminatorOf } from './schema-walk.ts';

/** A `kind` (or another discriminator) that is missing or unknown. */
interface WrongKind {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

export interface Assumed {
  readonly data: unknown;
  readonly wrong: readonly WrongKind[];
}

/**
 * Replaces each misspelt kind by the one most likely meant, and names them all. The schema cannot look into a group whose
 * kind it does not know; with an assumed one, the problems inside it are reported in the same go.
 */
export function assumeKinds(schema: AnySchema | undefined, data: unknown, path: readonly PropertyKey[] = []): Assumed {
  if (Array.isArray(data)) {
    const items = data.map((item, index) => assumeKinds(childSchema(schema, data, index), item, [...path, index]));
    return { data: items.map((item) => item.data), wrong: items.flatMap((item) => item.wrong) };
  }
  if (!isGroup(data)) return { data, wrong: [] };
  const own = withKind(schema, data, path);
  const inner = Object.entries(own.data).map(
    ([key, value]) => [key, assumeKinds(childSchema(schema, own.data, key), value, [...path, key])] as const,
  );
  return {
    data: Object.fromEntries(inner.map(([key, assumed]) => [key, assumed.data])),
    wrong: [...own.wrong, ...inner.flatMap(([, assumed]) => assumed.wrong)],
  };
}

function withKind(schema: AnySchema | undefined, group: Group, path: readonly PropertyKey[]) {
  const choice = schema === undefined ? undefined : discriminatorOf(schema);
  if (choice === undefined || choice.values.includes(String(group[choice.key]))) return { data: group, wrong: [] };
  const { key, values } = choice;
  const given = group[key];
  const assumed = values.length === 1 ? values[0] : nearest(String(given ?? ''), values);
  const message = given === undefined ? `is missing; one of: ${values.join(', ')}` : choiceMessage(given, values);
  return {
    data: assumed === undefined ? group : { ...group, [key]: assumed },
    wrong: [{ path: [...path, key], message }],
  };
}
