import type { Integration } from './integration.ts';
import { patternsOverlap } from './pattern-overlap.ts';
import type { Problem } from './problem.ts';
import type { YamlSource } from './yaml-source.ts';

/** A valid integration with the file it came from. */
export interface LoadedIntegration {
  readonly file: string;
  readonly integration: Integration;
  readonly problemAt: YamlSource['problemAt'];
}

/** One inbound flow and the folder it reads, told by server and account rather than by the connection's name. */
interface Reader {
  readonly loaded: LoadedIntegration;
  readonly flow: string;
  readonly folder: string;
  readonly pattern: string;
}

/** What is wrong with files that are right by themselves: two of one name, two that take the same inbound files. */
export function problemsBetween(loaded: readonly LoadedIntegration[]): Problem[] {
  return [...sameNames(loaded), ...sameFolders(loaded.flatMap(readersOf))];
}

function sameNames(loaded: readonly LoadedIntegration[]): Problem[] {
  return loaded.flatMap(({ integration, problemAt }, index) => {
    const first = loaded.slice(0, index).find((other) => other.integration.integration === integration.integration);
    if (first === undefined) return [];
    return [problemAt(['integration'], 'value', `the name "${integration.integration}" is taken by ${first.file}`)];
  });
}

function sameFolders(readers: readonly Reader[]): Problem[] {
  return readers.flatMap((reader, index) => {
    const rival = readers
      .slice(0, index)
      .find((other) => other.loaded !== reader.loaded && takesTheSame(reader, other));
    if (rival === undefined) return [];
    const message = `would take files of flow "${rival.flow}" in ${rival.loaded.file}, which reads the same folder`;
    return [reader.loaded.problemAt(['flows', reader.flow, 'source', 'pattern'], 'value', message)];
  });
}

function takesTheSame(a: Reader, b: Reader): boolean {
  return a.folder === b.folder && patternsOverlap(a.pattern, b.pattern);
}

function readersOf(loaded: LoadedIntegration): Reader[] {
  return Object.entries(loaded.integration.flows).flatMap(([flow, settings]) => {
    if (settings.kind !== 'vendors-in') return [];
    const connection = loaded.integration.connections[settings.source.connection];
    if (connection?.kind !== 'sftp') return [];
    const { host, port, username } = connection;
    const folder = `${username}@${host.toLowerCase()}:${port}/${settings.source.folder}`;
    return [{ loaded, flow, folder, pattern: settings.source.pattern }];
  });
}
