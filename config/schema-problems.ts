import { z } from 'zod';
import { isGroup } from './from-file.ts';
import { MISSING, messageOf } from './issue-messages.ts';
import { nearest } from './nearest.ts';
import type { Problem } from './problem.ts';
import { type AnySchema, childSchema, knownKeys, optionIndex, unwrap } from './schema-walk.ts';
import { looksLikeSecret, secretMessage } from './secrets.ts';
import { type Unit, unitOf } from './units.ts';
import { pathText, type YamlSource } from './yaml-source.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** A place in the data: what is there, what the schema says about it, and the unit it is in. */
interface Place {
  readonly value: unknown;
  readonly schema: AnySchema | undefined;
  readonly unit: Unit | undefined;
}

/** A problem, and for a misspelt key the path of the one that was meant. */
interface Finding {
  readonly problem: Problem;
  readonly meantPath?: string;
}

/** Everything that the schema finds wrong in a file's data, in words and places of the file. */
export function schemaProblems(schema: AnySchema, data: unknown, source: YamlSource): Problem[] {
  const result = z.safeParse(schema, data);
  if (result.success) return [];
  const root: Place = { value: data, schema, unit: undefined };
  const findings = result.error.issues.flatMap((issue) => findingsOf(issue, [], root, source));
  // A key that is there under a misspelt name is not missing as well.
  const meant = new Set(findings.map(({ meantPath }) => meantPath));
  const isEcho = ({ path, message }: Problem) => message === MISSING && meant.has(path);
  return findings.map(({ problem }) => problem).filter((problem) => !isEcho(problem));
}

function findingsOf(issue: Issue, base: Path, root: Place, source: YamlSource): Finding[] {
  const path = [...base, ...issue.path];
  const place = path.reduce<Place>(inside, root);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, path, place, root, source));
  if (issue.code === 'invalid_union') return unionFindings(issue, path, place, root, source);
  const part = issue.code === 'invalid_key' ? 'key' : 'value';
  return [{ problem: source.problemAt(path, part, messageOf(issue, place.value, place.unit)) }];
}

function inside(place: Place, key: PropertyKey): Place {
  const value = isGroup(place.value) || Array.isArray(place.value) ? Reflect.get(place.value, key) : undefined;
  return { value, schema: childSchema(place.schema, place.value, key), unit: unitOf(String(key))?.unit ?? place.unit };
}

function unknownKey(key: string, path: Path, place: Place, root: Place, source: YamlSource): Finding {
  const finding = (message: string) => ({ problem: source.problemAt([...path, key], 'key', message) });
  if (looksLikeSecret(key)) return finding(secretMessage(key, nameOf(root.value), connectionOf(path)));
  const known = knownKeys(place.schema, place.value);
  if (known.includes(key)) return finding(`"${key}" cannot stand beside the other keys here`);
  const meant = nearest(key, known);
  if (meant === undefined) return finding(`unknown key "${key}"; known here: ${known.join(', ')}`);
  return { ...finding(`unknown key "${key}"; did you mean "${meant}"?`), meantPath: pathText([...path, meant]) };
}

/** Of a union only the findings about the option that the value was meant for: those about the others would be noise. */
function unionFindings(
  issue: z.core.$ZodIssueInvalidUnion,
  path: Path,
  place: Place,
  root: Place,
  source: YamlSource,
): Finding[] {
  const union = place.schema === undefined ? undefined : unwrap(place.schema);
  const option = union instanceof z.ZodUnion ? optionIndex(union.options, place.value) : 0;
  return (issue.errors[option] ?? []).flatMap((inner) => findingsOf(inner, path, root, source));
}

function nameOf(root: unknown): string {
  const name = isGroup(root) ? root.integration : undefined;
  return typeof name === 'string' ? name : '<integration>';
}

function connectionOf(path: Path): string | undefined {
  return path[0] === 'connections' && path[1] !== undefined ? String(path[1]) : undefined;
}
