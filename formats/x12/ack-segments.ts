import type { SetResult } from '../edi/events.ts';
import type { Finding } from '../edi/finding.ts';
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

export type AckSegment = readonly [tag: string, ...elements: WrittenElement[]];

/** AK5 and AK9 have five places for codes. */
const CODE_PLACES = 5;
/** A set code: one or more segments are in error. */
const SEGMENTS_IN_ERROR = '5';
/** A segment code: it has elements in error, which follow. */
const ELEMENTS_IN_ERROR = '8';
const LONGEST_COPY = 99;

/** The codes of one level among findings, each once, as many as there are places. */
export function codesAt(level: AckLevel, findings: readonly Finding[]): string[] {
  const codes = findings.flatMap(({ code, ackCode }) => (levelOf(code) === level && ackCode !== null ? [ackCode] : []));
  return [...new Set(codes)].slice(0, CODE_PLACES);
}

/** AK3 and AK4 (or IK3 and IK4) of one set: one AK3 for each segment and code, its AK4s under code 8. */
export function faultSegments({ findings }: SetResult, form: '997' | '999', caps: AckCaps): AckSegment[] {
  const [segmentTag, elementTag] = form === '997' ? ['AK3', 'AK4'] : ['IK3', 'IK4'];
  const reported = findings.filter(({ code, ackCode }) => ackCode !== null && isBelowSet(code));
  const bySegment = Map.groupBy(reported, ({ segment, code, ackCode }) => {
    return `${segment}/${levelOf(code) === 'element' ? ELEMENTS_IN_ERROR : ackCode}`;
  });
  return [...bySegment.values()].slice(0, caps.segmentsPerSet).flatMap((faults) => {
    const elements = faults.filter(({ code }) => levelOf(code) === 'element').slice(0, caps.elementsPerSegment);
    return [segmentFault(segmentTag, faults), ...elements.map((fault) => elementFault(elementTag, fault))];
  });
}

/** AK501 to AK506 (or IK5) of one set. */
export function setVerdict({ verdict, findings }: SetResult): string[] {
  const codes = codesAt('set', findings);
  const hasFaults = findings.some(({ code, ackCode }) => ackCode !== null && isBelowSet(code));
  const all = hasFaults ? [...new Set([...codes, SEGMENTS_IN_ERROR])] : codes;
  return [verdict, ...all.slice(0, CODE_PLACES)];
}

function segmentFault(tag: string, faults: readonly Finding[]): AckSegment {
  const [first] = faults;
  if (first === undefined) return [tag];
  const code = levelOf(first.code) === 'element' ? ELEMENTS_IN_ERROR : (first.ackCode ?? '');
  return [tag, writableTag(first.tag), String(first.segment), '', code];
}

/** AK402, the number of the data element, is left out: it stands in the table of the set. */
function elementFault(tag: string, { element, component, repetition, ackCode, value }: Finding): AckSegment {
  const place = [String(element), component > 0 ? String(component) : '', repetition > 0 ? String(repetition) : ''];
  return [tag, place, '', ackCode ?? '', /^[ -~]*$/.test(value) ? value.slice(0, LONGEST_COPY) : ''];
}

function writableTag(tag: string): string {
  return (
    tag
      .replace(/[^A-Za-z0-9]/g, '')
      .toUpperCase()
      .slice(0, 3) || 'ZZZ'
  );
}

function levelOf(code: Finding['code']): AckLevel | undefined {
  return FINDING_RULES[code].x12?.[0];
}

function isBelowSet(code: Finding['code']): boolean {
  return levelOf(code) === 'segment' || levelOf(code) === 'element';
}
