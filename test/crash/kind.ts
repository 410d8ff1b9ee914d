import { CRASH_POINTS, type CrashPoint } from '../../activities/crash-point.ts';
import type { Connector } from '../harness/connector.ts';
import { partnerHas } from '../harness/disturb.ts';
import type { IntegrationChanges } from '../harness/integration.ts';

/** One kind of write: how work is put before its flow, and how the target itself says what it has got. */
export interface CrashKind {
  readonly name: string;
  readonly flow: string;
  /** The integration file that its documents take their way by. */
  readonly integration: string;
  /** The crash points that its documents pass. */
  readonly points: readonly CrashPoint[];
  /** The requests that carry its writes to Visma.net, so many a document; files have none. */
  readonly writes?: { readonly path: string; readonly each: number };
  /** The folder of the partner that its files go to. */
  readonly folder?: string;
  /** Puts `count` documents at the source and answers what is to arrive; its keys are unlike those of any other seed. */
  begin(connector: Connector, seed: number, count: number): Promise<string[]>;
  /** The key of everything that the target has got from this kind, as often as it got it. */
  arrived(connector: Connector): Promise<string[]>;
}

/** Together they are the time after which an absent record counts as never written: 2.5 s. */
export const WINDOWS: IntegrationChanges = { sendWindow: '1s', targetLimit: '1s', margin: '500ms' };

const TEMPORARY_FILE: readonly CrashPoint[] = ['temp half written', 'staged', 'renamed'];
const INBOUND_FILE: readonly CrashPoint[] = ['body stored', 'archive moved'];
const REQUEST: readonly CrashPoint[] = ['slot taken', 'sent, no byte written', 'answer read'];

/** What a record passes on its way from a file into Visma.net. */
export const TO_VISMA = CRASH_POINTS.filter((point) => !TEMPORARY_FILE.includes(point));
/** What a record passes on its way from Visma.net into a file. */
export const TO_A_FOLDER = CRASH_POINTS.filter((point) => ![...INBOUND_FILE, ...REQUEST].includes(point));

/** So many numbers that no other seed of the kind has; kinds begin a million apart. */
export function numbersOf(million: number, seed: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(million * 1_000_000 + seed * 10 + index));
}

/** The rows below the headers of every file that the partner has got in a folder. @throws Error when a temporary one is left */
export async function rowsOfFiles(connector: Connector, folder: string, lineEnd: string): Promise<string[]> {
  const files = await partnerHas(connector, folder);
  const half = files.find(({ name }) => name.startsWith('.'));
  if (half) throw new Error(`A temporary file was left: ${half.name}`);
  return files.flatMap(({ text }) => text.split(lineEnd).slice(1, -1));
}
