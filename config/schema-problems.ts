import { z } from 'zod';
import { isGroup } from './from-file.ts';
import { didYouMean, messageOf } from './issue-messages.ts';
import type { Problem } from './problem.ts';
import { type AnySchema, childSchema, knownKeys, optionIndex, unwrap } from './schema-walk.ts';
import { looksLikeSecret, secretMessage } from './secrets.ts';
import { type Unit, unitOf } from './units.ts';
import type { YamlSource } from './yaml-source.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** A place in the data: what is there, what the schema says about it, and the unit it is in. */
interface Place {
  readonly value: unknown;
  readonly schema: AnySchema | undefined;
  readonly unit: Unit | undefined;
}

/** Everything that the schema finds wrong in a file's data, in words and places of the file. */
export function schemaProblems(schema: AnySchema, data: unknown, source: YamlSource): Problem[] {
  const result = z.safeParse(schema, data);
  if (result.success) return [];
  const root: Place = { value: data, schema, unit: undefined };
  return result.error.issues.flatMap((issue) => problemsOf(issue, [], root, source));
}

function problemsOf(issue: Issue, base: Path, root: Place, source: YamlSource): Problem[] {
  const path = [...base, ...issue.path];
  const place = path.reduce<Place>(inside, root);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, path, place, root, source));
  if (issue.code === 'invalid_union') return unionProblems(issue, path, place, root, source);
  const part = issue.code === 'invalid_key' ? 'key' : 'value';
  return [source.problemAt(path, part, messageOf(issue, place.value, place.unit))];
}

function inside(place: Place, key: PropertyKey): Place {
  const value = isGroup(place.value) || Array.isArray(place.value) ? Reflect.get(place.value, key) : undefined;
  return { value, schema: childSchema(place.schema, place.value, key), unit: unitOf(String(key))?.unit ?? place.unit };
}

function unknownKey(key: string, path: Path, place: Place, root: Place, source: YamlSource): Problem {
  const at = [...path, key];
  if (looksLikeSecret(key))
    return source.problemAt(at, 'key', secretMessage(key, nameOf(root.value), connectionOf(path)));
  const known = knownKeys(place.schema, place.value);
  if (known.includes(key)) return source.problemAt(at, 'key', `"${key}" cannot stand beside the other keys here`);
  return source.problemAt(
    at,
    'key',
    `unknown key "${key}"${didYouMean(key, known) || `; known here: ${known.join(', ')}`}`,
  );
}

/** Of a union only the findings about the option that the value was meant for: those about the others would be noise. */
function unionProblems(
  issue: z.core.$ZodIssueInvalidUnion,
  path: Path,
  place: Place,
  root: Place,
  source: YamlSource,
): Problem[] {
  const union = place.schema === undefined ? undefined : unwrap(place.schema);
  const option = union instanceof z.ZodUnion ? optionIndex(union.options, place.value) : 0;
  return (issue.errors[option] ?? []).flatMap((inner) => problemsOf(inner, path, root, source));
}

function nameOf(root: unknown): string {
  const name = isGroup(root) ? root.integration : undefined;
  return typeof name === 'string' ? name : '<integration>';
}

function connectionOf(path: Path): string | undefined {
  return path[0] === 'connections' && path[1] !== undefined ? String(path[1]) : undefined;
}
