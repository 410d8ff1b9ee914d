import { type EdiProfile, ediProfileSchema } from './edi-profile.ts';
import { fromFile, isGroup } from './from-file.ts';
import type { Environment } from './interpolate.ts';
import { configInvalid } from './parse.ts';
import { schemaProblems } from './schema-problems.ts';
import { readYaml } from './yaml-source.ts';

/**
 * Reads the profile of a partner from YAML.
 *
 * @throws Failure CONFIG_INVALID that lists every problem as `file:line:column setting: what is wrong`
 */
export function parseEdiProfile(text: string, fileName: string, env: Environment): EdiProfile {
  const source = readYaml(text, fileName, env);
  const data = fromFile(ediProfileSchema, source.value);
  const problems = isGroup(data)
    ? schemaProblems(ediProfileSchema, data, source)
    : [source.problemAt([], 'value', 'the file holds no settings')];
  const all = source.problems.length > 0 ? source.problems : problems;
  if (all.length > 0) throw configInvalid(all, 'Correct the lines named in the profile, and run the command again.');
  return ediProfileSchema.parse(data);
}
