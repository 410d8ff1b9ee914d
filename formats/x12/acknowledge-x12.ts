import type { EdiEvent, GroupResult, InterchangeResult, SetResult } from '../edi/events.ts';
import type { InterchangeHeader } from '../edi/header.ts';
import { type AckCaps, codesAt, faultSegments, setVerdict } from './ack-segments.ts';
import { X12Writer } from './write-x12.ts';

/** What a partner wants to hear. */
export interface X12AckPolicy extends AckCaps {
  readonly form: '997' | '999';
  /** A rejected interchange is always answered with a TA1, unless `never`. */
  readonly ta1: 'when-asked' | 'always' | 'never';
  /** Accepted sets are listed too, not only those at fault. */
  readonly listsEverySet: boolean;
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
  readonly sets: readonly SetResult[];
}

/** GS08 and ST03 of the implementation acknowledgment. */
const GUIDE_999 = '005010X231A1';
const FIRST_RELEASE_WITH_VERSIONS = '005010';

/**
 * Answers X12 interchanges: feed it the events of a reader. When an interchange has closed it gives the bytes of its
 * acknowledgment, or undefined when none is due: nothing was asked, or all it held were acknowledgments.
 */
export class X12Acknowledger {
  readonly #policy: X12AckPolicy;
  readonly #numbers: AckNumbers;
  #groups: AnsweredGroup[] = [];
  #sets: SetResult[] = [];

  constructor(policy: X12AckPolicy, numbers: AckNumbers) {
    this.#policy = policy;
    this.#numbers = numbers;
  }

  take(event: EdiEvent): Buffer | undefined {
    if (event.kind === 'interchange-opened') this.#groups = [];
    else if (event.kind === 'group-opened') this.#sets = [];
    else if (event.kind === 'set-closed') this.#keep(event.set);
    else if (event.kind === 'group-closed') this.#groups.push({ result: event.group, sets: this.#sets });
    else if (event.kind === 'interchange-closed') return this.#answer(event.interchange);
    return undefined;
  }

  #keep(set: SetResult): void {
    if (set.verdict !== 'A' || this.#policy.listsEverySet) this.#sets.push(set);
  }

  #answer(result: InterchangeResult): Buffer | undefined {
    const { header, verdict } = result;
    if (header.standard !== 'X12' || header.isImplied) return undefined;
    const groups = verdict === 'R' ? [] : this.#groups.filter(isAnswered);
    const isDue = verdict === 'R' || this.#policy.ta1 === 'always' || header.wantsAcknowledgment;
    const withTa1 = isDue && this.#policy.ta1 !== 'never';
    if (groups.length === 0 && !withTa1) return undefined;
    const writer = this.#writerTo(header);
    if (withTa1) writer.interchangeSegment('TA1', ta1Of(result));
    for (const group of groups) this.#writeGroup(writer, group);
    writer.closeInterchange();
    return writer.take();
  }

  #writerTo({ sender, receiver, version, delimiters, elements }: InterchangeHeader): X12Writer {
    const usage = elements[14]?.[0];
    const profile = {
      sender: { qualifier: fitting(receiver.qualifier, 2), id: fitting(receiver.id, 15) },
      receiver: { qualifier: fitting(sender.qualifier, 2), id: fitting(sender.id, 15) },
      version: fitting(version, 5),
      usage: usage === 'T' || usage === 'I' ? usage : 'P',
      wantsAcknowledgment: false,
      delimiters,
      characters: { repertoire: 'x12-extended', missing: 'replace' },
      delimiterInValue: { replacement: ' ' },
      timeZone: this.#policy.timeZone,
      groupControlDigits: 1,
      setControlDigits: 4,
    } as const;
    return new X12Writer(profile, this.#numbers.nextInterchange(), this.#numbers.at);
  }

  #writeGroup(writer: X12Writer, { result, sets }: AnsweredGroup): void {
    const { form } = this.#policy;
    const { functionalId, control, version, elements } = result.header;
    const release = /^\d{6}/.exec(version)?.[0] ?? '004010';
    const [sender, receiver] = [elements[2]?.[0] ?? '', elements[1]?.[0] ?? ''];
    const replyVersion = form === '999' ? GUIDE_999 : release;
    const group = { functionalId: 'FA', sender, receiver, control: this.#numbers.nextGroup(), version: replyVersion };
    const withVersions = release >= FIRST_RELEASE_WITH_VERSIONS;
    writer.openGroup(group);
    writer.openSet(form, form === '999' ? GUIDE_999 : '');
    writer.segment('AK1', [functionalId ?? '', control ?? '', withVersions ? version : '']);
    for (const set of sets) this.#writeSet(writer, set, withVersions);
    const { verdict, claimed, received, accepted, findings } = result;
    const counts = [claimed ?? received, received, accepted].map(String);
    writer.segment('AK9', [verdict, ...counts, ...codesAt('group', findings)]);
    writer.closeSet();
    writer.closeGroup();
  }

  /** A set whose header lacks its type or number cannot be named: its group answers for it. */
  #writeSet(writer: X12Writer, set: SetResult, withVersions: boolean): void {
    const { type, control, version } = set.header;
    if (type === '' || control === '') return;
    const { form } = this.#policy;
    writer.segment('AK2', [type, control, withVersions ? version : '']);
    for (const [tag, ...elements] of faultSegments(set, form, this.#policy)) writer.segment(tag, elements);
    writer.segment(form === '997' ? 'AK5' : 'IK5', setVerdict(set));
  }
}

/** No acknowledgment answers an acknowledgment, and a group without header cannot be named. */
function isAnswered({ result }: AnsweredGroup): boolean {
  return result.header.control !== null && result.header.functionalId !== 'FA';
}

/** A value of the ISA received, as far as one of ours can hold it. */
function fitting(text: string, width: number): string {
  return text.slice(0, width).replace(/[^ -~]/g, ' ');
}

function ta1Of({ header, verdict, findings }: InterchangeResult): string[] {
  const severity = verdict === 'R' ? 'reject' : 'accept-with-error';
  const first = findings.find((finding) => finding.severity === severity && finding.ackCode !== null);
  const [date, time] = [header.elements[8]?.[0] ?? '', header.elements[9]?.[0] ?? ''];
  return [header.control, date, time, verdict, first?.ackCode ?? '000'];
}
