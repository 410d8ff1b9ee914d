import type { EdiEvent, GroupResult, InterchangeResult } from '../edi/events.ts';
import type { InterchangeHeader } from '../edi/header.ts';
import type { WriteDialect } from '../edi/segment-writer.ts';
import { codesAt } from './ack-segments.ts';
import { namesVersions, releaseOf, type SetAnswerPolicy, SetAnswers, type WrittenSegments } from './set-answers.ts';
import { X12Writer } from './write-x12.ts';

/** What a partner wants to hear. */
export interface X12AckPolicy extends SetAnswerPolicy {
  /** A rejected interchange is always answered with a TA1, unless `never`. */
  readonly ta1: 'when-asked' | 'always' | 'never';
  readonly timeZone: string;
}

/** What comes from outside, so that the same findings, numbers and clock give the same bytes. */
export interface AckNumbers {
  readonly at: Date;
  nextInterchange(): number;
  nextGroup(): number;
}

interface AnsweredGroup {
  readonly result: GroupResult;
  readonly sets: WrittenSegments;
}

/** GS08 and ST03 of the implementation acknowledgment. */
const GUIDE_999 = '005010X231A1';
/** TA105, and what it says where the severities agreed with a partner make something count that has no code of its own. */
const NO_ERROR = '000';
const INVALID_STRUCTURE = '022';

/** An acknowledgment holds what came from outside: what X12 cannot carry of it becomes a full stop or a blank. */
const TOLERANT = {
  characters: { repertoire: 'x12-extended', missing: 'replace' },
  delimiterInValue: { replacement: ' ' },
  trailing: 'drop',
} as const satisfies Omit<WriteDialect, 'delimiters'>;

/**
 * Answers X12 interchanges: feed it the events of a reader. When an interchange has closed it gives the bytes of its
 * acknowledgment, or undefined when none is due: nothing was asked, or all it held were acknowledgments.
 */
export class X12Acknowledger {
  readonly #policy: X12AckPolicy;
  readonly #numbers: AckNumbers;
  #groups: AnsweredGroup[] = [];
  #sets: SetAnswers | undefined;
  #holdsTa1 = false;

  constructor(policy: X12AckPolicy, numbers: AckNumbers) {
    this.#policy = policy;
    this.#numbers = numbers;
  }

  take(event: EdiEvent): Buffer | undefined {
    // Nearly all events are segments.
    if (event.kind === 'segment') this.#holdsTa1 ||= event.position === 0 && event.segment.tag === 'TA1';
    else if (event.kind === 'interchange-opened') this.#begin(event.interchange);
    else if (event.kind === 'group-opened') this.#sets?.begin(event.group);
    else if (event.kind === 'set-closed') this.#sets?.add(event.set);
    else if (event.kind === 'group-closed') this.#closeGroup(event.group);
    else if (event.kind === 'interchange-closed') return this.#answer(event.interchange);
    return undefined;
  }

  #begin({ standard, isImplied, delimiters }: InterchangeHeader): void {
    const isAnswered = standard === 'X12' && !isImplied;
    this.#sets = isAnswered ? new SetAnswers(this.#policy, { ...TOLERANT, delimiters }) : undefined;
    this.#groups = [];
    this.#holdsTa1 = false;
  }

  /** No acknowledgment answers an acknowledgment, and a group without header cannot be named. */
  #closeGroup(result: GroupResult): void {
    if (this.#sets === undefined) return;
    const sets = this.#sets.take(result);
    const { control, functionalId } = result.header;
    if (control !== null && functionalId !== 'FA') this.#groups.push({ result, sets });
  }

  #answer(result: InterchangeResult): Buffer | undefined {
    if (this.#sets === undefined) return undefined;
    const groups = result.verdict === 'R' ? [] : this.#groups;
    const withTa1 = this.#policy.ta1 !== 'never' && this.#isTa1Due(result);
    if (groups.length === 0 && !withTa1) return undefined;
    const writer = this.#writerTo(result.header);
    if (withTa1) writer.interchangeSegment('TA1', ta1Of(result));
    for (const group of groups) this.#writeGroup(writer, group, result.header);
    writer.closeInterchange();
    return writer.take();
  }

  /** An interchange that brings nothing but TA1s is never answered unasked: two such answerers would go on for ever. */
  #isTa1Due({ header, verdict, groups }: InterchangeResult): boolean {
    if (header.wantsAcknowledgment) return true;
    if (this.#holdsTa1 && groups === 0) return false;
    return verdict === 'R' || this.#policy.ta1 === 'always';
  }

  #writerTo({ sender, receiver, version, delimiters, elements }: InterchangeHeader): X12Writer {
    const usage = elements[14]?.[0];
    const profile = {
      ...TOLERANT,
      sender: { qualifier: fitting(receiver.qualifier, 2), id: fitting(receiver.id, 15) },
      receiver: { qualifier: fitting(sender.qualifier, 2), id: fitting(sender.id, 15) },
      version: fitting(version, 5),
      usage: usage === 'T' || usage === 'I' ? usage : 'P',
      wantsAcknowledgment: false,
      delimiters,
      timeZone: this.#policy.timeZone,
      groupControlDigits: 1,
      setControlDigits: 4,
    } as const;
    return new X12Writer(profile, this.#numbers.nextInterchange(), this.#numbers.at);
  }

  #writeGroup(writer: X12Writer, { result, sets }: AnsweredGroup, to: InterchangeHeader): void {
    const { form } = this.#policy;
    const { functionalId, control, version, elements } = result.header;
    const [sender, receiver] = [elements[2]?.[0] || to.receiver.id, elements[1]?.[0] || to.sender.id];
    const replyVersion = form === '999' ? GUIDE_999 : releaseOf(version);
    writer.openGroup({
      functionalId: 'FA',
      sender,
      receiver,
      control: this.#numbers.nextGroup(),
      version: replyVersion,
    });
    writer.openSet(form, form === '999' ? GUIDE_999 : '');
    writer.segment('AK1', [functionalId ?? '', control ?? '', namesVersions(version) ? version : '']);
    writer.writtenSegments(sets.bytes, sets.count);
    const { verdict, claimed, received, accepted, findings } = result;
    const counts = [claimed ?? received, received, accepted].map(String);
    writer.segment('AK9', [verdict, ...counts, ...codesAt('group', findings)]);
    writer.closeSet();
    writer.closeGroup();
  }
}

/** A value of the ISA received, as far as one of ours can hold it. */
function fitting(text: string, width: number): string {
  return text.slice(0, width).replace(/[^ -~]/g, ' ');
}

function ta1Of({ header, verdict, findings }: InterchangeResult): string[] {
  const severity = verdict === 'R' ? 'reject' : 'accept-with-error';
  const first = findings.find((finding) => finding.severity === severity && finding.ackCode !== null);
  const code = first?.ackCode ?? (verdict === 'A' ? NO_ERROR : INVALID_STRUCTURE);
  return [header.control, header.elements[8]?.[0] ?? '', header.elements[9]?.[0] ?? '', verdict, code];
}
