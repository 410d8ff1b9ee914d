import type { EdiEvent, GroupResult, InterchangeResult, SetResult } from '../edi/events.ts';
import type { Finding } from '../edi/finding.ts';
import { FINDING_RULES } from '../edi/finding-codes.ts';
import type { InterchangeHeader } from '../edi/header.ts';
import type { WrittenElement } from '../edi/segment-writer.ts';
import { EDIFACT_DELIMITERS, EdifactWriter } from './write-edifact.ts';

/** What a partner wants to hear. `receipt` only says that the interchange came; `on-request` is `full` where UNB asks for it. */
export interface ContrlPolicy {
  readonly answer: 'none' | 'on-request' | 'receipt' | 'full';
  /** Accepted messages are listed too. */
  readonly listsEveryMessage: boolean;
  readonly errorsPerMessage: number;
  readonly timeZone: string;
}

export interface ContrlNumbers {
  readonly at: Date;
  nextInterchange(): string;
}

interface AnsweredGroup {
  readonly result: GroupResult;
  readonly sets: readonly SetResult[];
}

/** Data element 0083. */
const REJECTED = '4';
const ACCEPTED = '7';
const RECEIVED = '8';
/** UCD under one UCS. */
const MOST_UCD = 99;
const REPERTOIRES = ['UNOA', 'UNOB', 'UNOC', 'UNOY'] as const;

/**
 * Answers EDIFACT interchanges with CONTRL: feed it the events of a reader. When an interchange has closed it gives the bytes
 * of the answer, or undefined when none is due. A CONTRL is never answered.
 */
export class EdifactAcknowledger {
  readonly #policy: ContrlPolicy;
  readonly #numbers: ContrlNumbers;
  #groups: AnsweredGroup[] = [];
  #sets: SetResult[] = [];
  #hasBusiness = false;

  constructor(policy: ContrlPolicy, numbers: ContrlNumbers) {
    this.#policy = policy;
    this.#numbers = numbers;
  }

  take(event: EdiEvent): Buffer | undefined {
    if (event.kind === 'interchange-opened') this.#begin();
    else if (event.kind === 'group-opened') this.#sets = [];
    else if (event.kind === 'set-closed') this.#keep(event.set);
    else if (event.kind === 'group-closed') this.#groups.push({ result: event.group, sets: this.#sets });
    else if (event.kind === 'interchange-closed') return this.#answer(event.interchange);
    return undefined;
  }

  #begin(): void {
    this.#groups = [];
    this.#sets = [];
    this.#hasBusiness = false;
  }

  #keep(set: SetResult): void {
    if (set.header.type === 'CONTRL') return;
    this.#hasBusiness = true;
    if (set.verdict === 'R' || this.#policy.listsEveryMessage) this.#sets.push(set);
  }

  #answer({ header, verdict, sets, findings }: InterchangeResult): Buffer | undefined {
    const { answer } = this.#policy;
    if (header.standard !== 'EDIFACT' || header.isImplied || answer === 'none') return undefined;
    if ((answer === 'on-request' && !header.wantsAcknowledgment) || (sets > 0 && !this.#hasBusiness)) return undefined;
    if (header.control === '' || header.sender.id === '' || header.receiver.id === '') return undefined;
    const rejecting = verdict === 'R' ? findings : this.#rejectingLooseGroup();
    const action = answer === 'receipt' ? RECEIVED : rejecting !== undefined ? REJECTED : ACCEPTED;
    const writer = this.#writerTo(header);
    const [, sender = [], receiver = []] = header.elements;
    const why = action === REJECTED ? errorOf(rejecting ?? [], 'UNB') : [];
    writer.segment('UCI', [header.control, sender, receiver, action, ...why]);
    if (action === ACCEPTED) for (const group of this.#groups) this.#writeGroup(writer, group);
    writer.closeMessage();
    writer.closeInterchange();
    return writer.take();
  }

  /** Messages outside of any group can only be rejected together by rejecting the interchange: what UCI accepts stands unless named. */
  #rejectingLooseGroup(): readonly Finding[] | undefined {
    const isRejecting = ({ result }: AnsweredGroup) => result.header.control === null && rejects(result.findings);
    return this.#groups.find(isRejecting)?.result.findings;
  }

  /** The reply follows the syntax received; in syntax 4 CONTRL is a service message with a version of its own. */
  #writerTo({ sender, receiver, elements, isTest }: InterchangeHeader): EdifactWriter {
    const [identifier = '', received = ''] = elements[0] ?? [];
    const syntaxVersion = received === '1' || received === '2' || received === '4' ? received : '3';
    const profile = {
      sender: receiver,
      receiver: sender,
      syntaxVersion,
      characters: { repertoire: REPERTOIRES.find((name) => name === identifier) ?? 'UNOC', missing: 'replace' },
      delimiters: EDIFACT_DELIMITERS,
      writesUna: false,
      timeZone: this.#policy.timeZone,
      isTest,
      wantsAcknowledgment: false,
    } as const;
    const writer = new EdifactWriter(profile, this.#numbers.nextInterchange(), this.#numbers.at);
    writer.openMessage(syntaxVersion === '4' ? ['CONTRL', '4', '1', 'UN'] : ['CONTRL', 'D', '3', 'UN']);
    return writer;
  }

  #writeGroup(writer: EdifactWriter, { result, sets }: AnsweredGroup): void {
    const { header, findings } = result;
    const isRejected = rejects(findings);
    if (header.control !== null) {
      const [, sender = [], receiver = []] = header.elements;
      const why = isRejected ? errorOf(findings, 'UNG') : [];
      writer.segment('UCF', [header.control, sender, receiver, isRejected ? REJECTED : ACCEPTED, ...why]);
    }
    if (!isRejected) for (const set of sets) this.#writeMessage(writer, set);
  }

  /** CONTRL knows no acceptance with errors: what is accepted is reported without any. */
  #writeMessage(writer: EdifactWriter, { header, verdict, findings }: SetResult): void {
    const isRejected = verdict === 'R';
    const service = findings.filter(({ code }) => !isInBody(code));
    const why = isRejected && service.length > 0 ? errorOf(service, 'UNH') : [];
    writer.segment('UCM', [header.control, header.elements[1] ?? [], isRejected ? REJECTED : ACCEPTED, ...why]);
    if (!isRejected) return;
    const errors = findings.filter(({ code, ackCode }) => isInBody(code) && ackCode !== null);
    const bySegment = Map.groupBy(errors.slice(0, this.#policy.errorsPerMessage), ({ segment }) => segment);
    for (const [segment, faults] of bySegment) writeErrors(writer, segment, faults);
  }
}

/** UCS says which segment and what is wrong with the whole of it; a UCD each what is wrong with an element, the tag being the first. */
function writeErrors(writer: EdifactWriter, segment: number, faults: readonly Finding[]): void {
  const whole = faults.find(({ element }) => element === 0);
  writer.segment('UCS', [String(segment), whole?.ackCode ?? '']);
  for (const { element, component, ackCode } of faults.filter((fault) => fault.element > 0).slice(0, MOST_UCD)) {
    writer.segment('UCD', [ackCode ?? '', [String(element + 1), component > 0 ? String(component) : '']]);
  }
}

/** The segments that are missing where a finding says that one is; else it stands in the segment of the finding. */
const MISSING: Readonly<Partial<Record<Finding['code'], string>>> = {
  'interchange-trailer-missing': 'UNZ',
  'group-trailer-missing': 'UNE',
  'set-trailer-missing': 'UNT',
};

/** Data element 0085 and the service segment it is about: the first that rejects, else the first. */
function errorOf(findings: readonly Finding[], fallbackTag: string): WrittenElement[] {
  const coded = findings.filter(({ ackCode }) => ackCode !== null);
  const first = coded.find(({ severity }) => severity === 'reject') ?? coded[0];
  if (first === undefined) return ['18', fallbackTag];
  const tag = MISSING[first.code] ?? (/^UN[A-Z]$/.test(first.tag) ? first.tag : fallbackTag);
  return [first.ackCode ?? '18', tag];
}

function rejects(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'reject');
}

function isInBody(code: Finding['code']): boolean {
  const level = FINDING_RULES[code].x12?.[0];
  return level === 'segment' || level === 'element';
}
