import { Failure } from '../failures/failure.ts';
import { assumeKinds } from './assume-kinds.ts';
import { crossProblems } from './cross-checks.ts';
import { fromFile, isGroup } from './from-file.ts';
import { type Integration, integrationSchema } from './integration.ts';
import type { Environment } from './interpolate.ts';
import { formatProblem, inFileOrder, type Problem } from './problem.ts';
import { schemaProblems } from './schema-problems.ts';
import { readYaml, type YamlSource } from './yaml-source.ts';

export type Checked =
  | { readonly integration: Integration; readonly problems: readonly []; readonly problemAt: YamlSource['problemAt'] }
  | { readonly integration: undefined; readonly problems: readonly Problem[] };

/**
 * Reads one integration file. `env` gives the variables of `${NAME}`. Never throws: all problems of the file come back, in
 * its order.
 */
export function checkIntegration(text: string, fileName: string, env: Environment): Checked {
  const source = readYaml(text, fileName, env);
  const { data: known, wrong } = assumeKinds(integrationSchema, source.value);
  const data = fromFile(integrationSchema, known);
  const first = [...source.problems, ...wrong.map(({ path, message }) => source.problemAt(path, 'value', message))];
  const problems = inFileOrder([...first, ...withoutEcho(furtherProblems(data, source), first)]);
  if (problems.length > 0) return { integration: undefined, problems };
  return { integration: integrationSchema.parse(data), problems: [], problemAt: source.problemAt };
}

/**
 * Like `checkIntegration`, for callers that need a valid one. Throws Failure `CONFIG_INVALID` that lists every problem as
 * `file:line:column setting: what is wrong`.
 */
export function parseIntegration(text: string, fileName: string, env: Environment): Integration {
  const { integration, problems } = checkIntegration(text, fileName, env);
  if (integration === undefined) throw configInvalid(problems);
  return integration;
}

/** The failure that lists problems; `next` where it is not about integration files. */
export function configInvalid(problems: readonly Problem[], next?: string): Failure {
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
  const list = problems.map((problem) => `  ${formatProblem(problem)}`);
  return new Failure('CONFIG_INVALID', {
    message: [`The configuration has ${count}:`, ...list].join('\n'),
    ...(next === undefined ? {} : { next }),
  });
}

function furtherProblems(data: unknown, source: YamlSource): readonly Problem[] {
  if (data === undefined) return [];
  if (!isGroup(data)) return [source.problemAt([], 'value', 'the file holds no settings')];
  return [...schemaProblems(integrationSchema, data, source), ...crossProblems(data, source)];
}

/** A setting whose variable is missing, or whose kind is wrong, is reported once and not again for what follows from it. */
function withoutEcho(problems: readonly Problem[], reported: readonly Problem[]): readonly Problem[] {
  const paths = new Set(reported.map((problem) => problem.path));
  return problems.filter((problem) => !paths.has(problem.path));
}
