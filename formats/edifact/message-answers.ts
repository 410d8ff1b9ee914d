import type { GroupResult, SetResult } from '../edi/events.ts';
import type { Finding } from '../edi/finding.ts';
import { FINDING_RULES } from '../edi/finding-codes.ts';
import { SegmentWriter, type WriteDialect, type WrittenElement } from '../edi/segment-writer.ts';

/** What is said of messages. */
export interface MessageAnswerPolicy {
  /** Accepted messages are listed too. */
  readonly listsEveryMessage: boolean;
  /** Errors reported for one message. */
  readonly errorsPerMessage: number;
}

/** Segments as they will stand below UCI or UCF. */
export interface WrittenSegments {
  readonly bytes: Buffer;
  readonly count: number;
}

/** Data element 0083. */
export const REJECTED = '4';
export const ACCEPTED = '7';
/** UCD under one UCS. */
const MOST_UCD = 99;
/** Bytes beyond which the messages of one group are only named, without what was found in them. */
const MOST_BYTES = 8_388_608;

/**
 * The UCM, UCS and UCD of one group after the other, written as its messages close: what waits for the interchange to end is
 * not larger than the answer itself.
 */
export class MessageAnswers {
  readonly #policy: MessageAnswerPolicy;
  readonly #writer: SegmentWriter;
  #count = 0;
  #taken = 0;

  constructor(policy: MessageAnswerPolicy, dialect: WriteDialect) {
    this.#policy = policy;
    this.#writer = new SegmentWriter(dialect);
  }

  /** CONTRL knows no acceptance with errors: what is accepted is reported without any. A message that cannot be named is left to its group. */
  add({ header, verdict, findings }: SetResult): void {
    const isRejected = verdict === 'R';
    if (header.type === '' || header.control === '' || (!isRejected && !this.#policy.listsEveryMessage)) return;
    const service = isRejected ? findings.filter(({ code }) => !isInBody(code)) : [];
    const why = service.some(({ ackCode }) => ackCode !== null) ? errorOf(service, 'UNH') : [];
    this.#write('UCM', [header.control, header.elements[1] ?? [], isRejected ? REJECTED : ACCEPTED, ...why]);
    if (isRejected && this.#writer.length - this.#taken < MOST_BYTES) this.#writeErrors(findings);
  }

  /** What is said in a group that has closed: nothing in one that is rejected with all that is in it. */
  take({ findings }: GroupResult): WrittenSegments {
    const written = { bytes: this.#writer.take(), count: this.#count };
    this.#count = 0;
    this.#taken = this.#writer.length;
    return rejects(findings) ? { bytes: Buffer.alloc(0), count: 0 } : written;
  }

  #writeErrors(findings: readonly Finding[]): void {
    const errors = findings.filter(({ code, ackCode }) => isInBody(code) && ackCode !== null);
    const bySegment = Map.groupBy(errors.slice(0, this.#policy.errorsPerMessage), (error) => {
      return `${positionOf(error)}/${error.element === 0 ? error.ackCode : ''}`;
    });
    for (const faults of bySegment.values()) this.#writeSegmentErrors(faults);
  }

  /** UCS says which segment and what is wrong with the whole of it; a UCD each what is wrong with an element, the tag being the first. */
  #writeSegmentErrors(faults: readonly Finding[]): void {
    const [first] = faults;
    if (first === undefined) return;
    this.#write('UCS', [String(positionOf(first)), first.element === 0 ? (first.ackCode ?? '') : '']);
    for (const fault of faults.filter(({ element }) => element > 0).slice(0, MOST_UCD)) {
      this.#write('UCD', [fault.ackCode ?? '', placeOf(fault)]);
    }
  }

  #write(tag: string, elements: readonly WrittenElement[]): void {
    this.#writer.segment(tag, elements);
    this.#count += 1;
  }
}

/** S011. Only syntax 4 repeats elements, and only there it has a third component (0136). */
function placeOf({ element, component, repetition }: Finding): string[] {
  return [String(element + 1), component > 0 ? String(component) : '', repetition > 1 ? String(repetition) : ''];
}

/** A missing segment is reported at the last one that was processed before its place. */
function positionOf({ code, segment }: Finding): number {
  return code === 'segment-missing' ? segment - 1 : segment;
}

/** The segments that are missing where a finding says that one is; else it stands in the segment of the finding. */
const MISSING: Readonly<Partial<Record<Finding['code'], string>>> = {
  'interchange-trailer-missing': 'UNZ',
  'group-trailer-missing': 'UNE',
  'set-trailer-missing': 'UNT',
};

/** Data element 0085 and the service segment it is about: the first that rejects, else the first. */
export function errorOf(findings: readonly Finding[], fallbackTag: string): WrittenElement[] {
  const coded = findings.filter(({ ackCode }) => ackCode !== null);
  const first = coded.find(({ severity }) => severity === 'reject') ?? coded[0];
  if (first === undefined) return ['18', fallbackTag];
  const tag = MISSING[first.code] ?? (/^UN[A-Z]$/.test(first.tag) ? first.tag : fallbackTag);
  return [first.ackCode ?? '18', tag];
}

export function rejects(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'reject');
}

function isInBody(code: Finding['code']): boolean {
  const level = FINDING_RULES[code].x12?.[0];
  return level === 'segment' || level === 'element';
}
