import type { EdiEvent, GroupResult, InterchangeResult, SetResult } from '../../../formats/edi/events.ts';
import type { Finding } from '../../../formats/edi/finding.ts';
import { readEdi } from '../../../formats/edi/read-edi.ts';
import type { Segment } from '../../../formats/edi/segment.ts';
import type { EdiSettings } from '../../../formats/edi/settings.ts';

export interface IsaParts {
  readonly element?: string;
  readonly component?: string;
  readonly terminator?: string;
  readonly version?: string;
  readonly isa11?: string;
  readonly control?: string;
}

/** An ISA of the standard's 106 bytes. */
export function isa(parts: IsaParts = {}): string {
  const {
    element = '*',
    component = '>',
    terminator = '~',
    version = '00401',
    isa11 = 'U',
    control = '000000905',
  } = parts;
  const party = (id: string) => id.padEnd(15);
  const blank = ' '.repeat(10);
  const elements = ['ISA', '00', blank, '00', blank, 'ZZ', party('SENDER'), 'ZZ', party('RECEIVER')];
  return [...elements, '260101', '1200', isa11, version, control, '0', 'P', component].join(element) + terminator;
}

/** A purchase order of six segments, four of them between ST and SE. */
export function set850(control: string, lines: readonly string[] = ['BEG*00*SA*PO1**20260101', 'CUR*BY*NOK']): string {
  return [`ST*850*${control}`, ...lines, `SE*${lines.length + 2}*${control}`].map((line) => `${line}~`).join('');
}

/** Sets in one group of an X12 interchange. */
export function x12(sets: readonly string[], parts: IsaParts = {}): string {
  const group = `GS*PO*S*R*20260101*1200*1*X*004010~${sets.join('')}GE*${sets.length}*1~`;
  return `${isa(parts)}${group}IEA*1*${parts.control ?? '000000905'}~`;
}

export const ORDERS = [
  "UNB+UNOC:3+5790000000001:14+5790000000002:14+260101:1200+REF1'",
  "UNH+1+ORDERS:D:96A:UN:EAN008'",
  "BGM+220+PO?+1+9'",
  "FTX+AAA+++It?'s 5?:30:why??'",
  "UNT+4+1'",
  "UNZ+1+REF1'",
].join('');

export const TRADACOMS = [
  "STX=ANA:1+5000000000001:SELLER+5000000000002:BUYER+260101:120000+REF9++ORDHDR'",
  "MHD=1+ORDHDR:9'",
  "TYP=0430+NEW-ORDERS'",
  "MTR=3'",
  "MHD=2+ORDERS:9'",
  "CLO=5000000000003+A?+B'",
  "MTR=3'",
  "MHD=3+ORDTLR:9'",
  "OFT=1'",
  "MTR=3'",
  "END=3'",
].join('');

/** What a reader told, segments copied out. */
export interface Told {
  readonly log: readonly string[];
  readonly sets: readonly SetResult[];
  readonly groups: readonly GroupResult[];
  readonly interchanges: readonly InterchangeResult[];
  readonly findings: readonly Finding[];
  readonly codes: readonly string[];
  /** `TAG a|b|c` of each segment, service segments included. */
  readonly segments: readonly string[];
}

/** Reads bytes, cut into pieces when their lengths are given. */
export async function tell(
  file: Uint8Array | string,
  settings: EdiSettings = {},
  cuts: readonly number[] = [],
): Promise<Told> {
  const bytes = typeof file === 'string' ? Buffer.from(file, 'latin1') : file;
  const log: string[] = [];
  const events: EdiEvent[] = [];
  const segments: string[] = [];
  await readEdi(pieces(bytes, cuts), settings, (event) => {
    if (event.kind !== 'segment') {
      events.push(event);
      log.push(JSON.stringify(event));
      return;
    }
    const { segment, position } = event;
    segments.push(textOf(segment));
    log.push(`${position} ${segment.offset} ${segment.isCut} ${textOf(segment)}`);
  });
  return { log, segments, ...resultsOf(events) };
}

/** `TAG a|b/c & d`: a segment with its elements, components and repetitions. */
export function textOf(segment: Segment): string {
  const elements = Array.from({ length: segment.elementCount }, (_, index) => deep(segment, index + 1));
  return `${segment.tag} ${elements.join('|')}`;
}

function deep(segment: Segment, element: number): string {
  return Array.from({ length: segment.repetitions(element) }, (_, repetition) =>
    Array.from({ length: segment.components(element, repetition + 1) }, (_, component) =>
      segment.value(element, component + 1, repetition + 1),
    ).join('/'),
  ).join(' & ');
}

function resultsOf(events: readonly EdiEvent[]): Omit<Told, 'log' | 'segments'> {
  const sets = events.flatMap((event) => (event.kind === 'set-closed' ? [event.set] : []));
  const groups = events.flatMap((event) => (event.kind === 'group-closed' ? [event.group] : []));
  const interchanges = events.flatMap((event) => (event.kind === 'interchange-closed' ? [event.interchange] : []));
  const files = events.flatMap((event) => (event.kind === 'file-closed' ? event.findings : []));
  const findings = [...sets, ...groups, ...interchanges].flatMap((result) => [...result.findings]).concat(files);
  return { sets, groups, interchanges, findings, codes: findings.map(({ code }) => code).sort() };
}

function* pieces(bytes: Uint8Array, cuts: readonly number[]): Generator<Uint8Array> {
  let at = 0;
  for (const cut of cuts) {
    if (at >= bytes.length) return;
    yield bytes.slice(at, at + cut);
    at += cut;
  }
  if (at < bytes.length) yield bytes.slice(at);
}
