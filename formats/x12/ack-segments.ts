import type { Delimiters } from '../edi/delimiters.ts';
import type { Finding, Verdict } from '../edi/finding.ts';
import { FINDING_RULES } from '../edi/finding-codes.ts';
import type { AckLevel } from '../edi/finding-rule.ts';
import type { WrittenElement } from '../edi/segment-writer.ts';

/** How much one acknowledgment says. */
export interface AckCaps {
  /** Segments at fault reported for one set (AK3). */
  readonly segmentsPerSet: number;
  /** Elements at fault reported for one segment (AK4); the standard has 99. */
  readonly elementsPerSegment: number;
}

/** How the faults of one set are told. */
export interface FaultManner extends AckCaps {
  readonly form: '997' | '999';
  /** Of the acknowledgment: a copy of bad data that holds one is left out. */
  readonly delimiters: Delimiters;
  /** The number of the data element at fault by the table of the set; '' where none is known. */
  elementNumber(fault: Finding): string;
}

export type AckSegment = readonly [tag: string, ...elements: WrittenElement[]];

/** AK5 and AK9 have five places for codes. */
const CODE_PLACES = 5;
/** A set code: one or more segments are in error. */
const SEGMENTS_IN_ERROR = '5';
/** A segment code: it has elements in error, which follow. */
const ELEMENTS_IN_ERROR = '8';
const LONGEST_COPY = 99;
/** Numbers of the data elements of ST and SE, which no table of a set has. */
const SERVICE_ELEMENTS: Readonly<Record<string, readonly string[]>> = { ST: ['143', '329', '1705'], SE: ['96', '329'] };

/** The codes of one level among findings, each once, as many as there are places. */
export function codesAt(level: AckLevel, findings: readonly Finding[]): string[] {
  const codes = findings.flatMap(({ code, ackCode }) => (levelOf(code) === level && ackCode !== null ? [ackCode] : []));
  return [...new Set(codes)].slice(0, CODE_PLACES);
}

/** AK3 and AK4 (or IK3 and IK4) of one set: one AK3 for each segment and code, its AK4s under code 8. */
export function faultSegments(findings: readonly Finding[], manner: FaultManner): AckSegment[] {
  const [segmentTag, elementTag] = manner.form === '997' ? ['AK3', 'AK4'] : ['IK3', 'IK4'];
  const reported = findings.filter(({ code, ackCode }) => ackCode !== null && isBelowSet(code));
  const bySegment = Map.groupBy(reported, ({ segment, code, ackCode }) => {
    return `${segment}/${levelOf(code) === 'element' ? ELEMENTS_IN_ERROR : ackCode}`;
  });
  return [...bySegment.values()].slice(0, manner.segmentsPerSet).flatMap((faults) => {
    const elements = faults.filter(({ code }) => levelOf(code) === 'element').slice(0, manner.elementsPerSegment);
    return [segmentFault(segmentTag, faults), ...elements.map((fault) => elementFault(elementTag, fault, manner))];
  });
}

/** AK501 to AK506 (or IK5) of one set. */
export function setVerdict(verdict: Verdict, findings: readonly Finding[]): string[] {
  if (findings.length === 0 && verdict !== 'R') return [verdict];
  const codes = codesAt('set', findings);
  const hasFaults = findings.some(({ code, ackCode }) => ackCode !== null && isBelowSet(code));
  const needsCode = verdict === 'R' && codes.length === 0;
  const all = hasFaults || needsCode ? [...new Set([...codes, SEGMENTS_IN_ERROR])] : codes;
  return [verdict, ...all.slice(0, CODE_PLACES)];
}

function segmentFault(tag: string, faults: readonly Finding[]): AckSegment {
  const [first] = faults;
  if (first === undefined) return [tag];
  const code = levelOf(first.code) === 'element' ? ELEMENTS_IN_ERROR : (first.ackCode ?? '');
  return [tag, writableTag(first.tag), String(first.segment), '', code];
}

function elementFault(tag: string, fault: Finding, manner: FaultManner): AckSegment {
  const { element, component, repetition, ackCode, value } = fault;
  const place = [String(element), component > 0 ? String(component) : '', repetition > 0 ? String(repetition) : ''];
  const number = SERVICE_ELEMENTS[fault.tag]?.[element - 1] ?? manner.elementNumber(fault);
  return [tag, place, number, ackCode ?? '', copyOf(value, manner.delimiters)];
}

/** AK404 as far as it can be written: nothing where it holds a delimiter or a character that X12 does not have. */
function copyOf(value: string, { element, component, repetition, terminator }: Delimiters): string {
  const copy = value.slice(0, LONGEST_COPY);
  const isForbidden = (letter: string) => [element, component, repetition, terminator].includes(letter.charCodeAt(0));
  return /^[ -~]*$/.test(copy) && ![...copy].some(isForbidden) ? copy : '';
}

/** AK301 has two or three capital letters and digits; what of a tag has fewer is no tag at all. */
function writableTag(tag: string): string {
  const written = tag
    .replace(/[^A-Za-z0-9]/g, '')
    .toUpperCase()
    .slice(0, 3);
  return written.length >= 2 ? written : 'ZZZ';
}

function levelOf(code: Finding['code']): AckLevel | undefined {
  return FINDING_RULES[code].x12?.[0];
}

function isBelowSet(code: Finding['code']): boolean {
  return levelOf(code) === 'segment' || levelOf(code) === 'element';
}
