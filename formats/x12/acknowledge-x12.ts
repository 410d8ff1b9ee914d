import type { Delimiters } from '../edi/delimiters.ts';
import type { EdiEvent, GroupResult, InterchangeResult, SetResult } from '../edi/events.ts';
import type { Finding } from '../edi/finding.ts';
import type { InterchangeHeader } from '../edi/header.ts';
import { type AckCaps, codesAt, type FaultManner, faultSegments, setVerdict } from './ack-segments.ts';
import { type AnsweredSet, answeredSets, MOST_LISTED, type NamedSet } from './answered-sets.ts';
import { X12Writer } from './write-x12.ts';

/** What a partner wants to hear. */
export interface X12AckPolicy extends AckCaps {
  readonly form: '997' | '999';
  /** A rejected interchange is always answered with a TA1, unless `never`. */
  readonly ta1: 'when-asked' | 'always' | 'never';
  /** Accepted sets are listed too, not only those at fault: up to 100,000 of a group. */
  readonly listsEverySet: boolean;
  readonly timeZone: string;
  /** The number of the data element at fault (AK402), from the table of a set in a release (GS08). Default: it is left out. */
  elementNumber?(set: { readonly type: string; readonly release: string }, fault: Finding): string;
}

/** What comes from outside, so that the same findings, numbers and clock give the same bytes. */
export interface AckNumbers {
  readonly at: Date;
  nextInterchange(): number;
  nextGroup(): number;
}

interface AnsweredGroup {
  readonly result: GroupResult;
  readonly sets: readonly NamedSet[];
}

/** GS08 and ST03 of the implementation acknowledgment. */
const GUIDE_999 = '005010X231A1';
const FIRST_RELEASE_WITH_VERSIONS = '005010';
/** TA105, and what it says where the severities agreed with a partner make something count that has no code of its own. */
const NO_ERROR = '000';
const INVALID_STRUCTURE = '022';

/**
 * Answers X12 interchanges: feed it the events of a reader. When an interchange has closed it gives the bytes of its
 * acknowledgment, or undefined when none is due: nothing was asked, or all it held were acknowledgments.
 */
export class X12Acknowledger {
  readonly #policy: X12AckPolicy;
  readonly #numbers: AckNumbers;
  #groups: AnsweredGroup[] = [];
  #sets: NamedSet[] = [];
  #holdsTa1 = false;

  constructor(policy: X12AckPolicy, numbers: AckNumbers) {
    this.#policy = policy;
    this.#numbers = numbers;
  }

  take(event: EdiEvent): Buffer | undefined {
    if (event.kind === 'interchange-opened') this.#begin();
    else if (event.kind === 'segment') this.#holdsTa1 ||= event.position === 0 && event.segment.tag === 'TA1';
    else if (event.kind === 'group-opened') this.#sets = [];
    else if (event.kind === 'set-closed') this.#keep(event.set);
    else if (event.kind === 'group-closed') this.#groups.push({ result: event.group, sets: this.#sets });
    else if (event.kind === 'interchange-closed') return this.#answer(event.interchange);
    return undefined;
  }

  #begin(): void {
    this.#groups = [];
    this.#holdsTa1 = false;
  }

  /** Only names are kept here: what was found in a set is kept by the reader, up to its limits. */
  #keep({ header, verdict }: SetResult): void {
    if (!this.#policy.listsEverySet || this.#sets.length >= MOST_LISTED) return;
    const { offset, type, control, version } = header;
    this.#sets.push({ offset, type, control, version, verdict });
  }

  #answer(result: InterchangeResult): Buffer | undefined {
    const { header, verdict } = result;
    if (header.standard !== 'X12' || header.isImplied) return undefined;
    const groups = verdict === 'R' ? [] : this.#groups.filter(isAnswered);
    const withTa1 = this.#policy.ta1 !== 'never' && this.#isTa1Due(result);
    if (groups.length === 0 && !withTa1) return undefined;
    const writer = this.#writerTo(header);
    if (withTa1) writer.interchangeSegment('TA1', ta1Of(result));
    for (const group of groups) this.#writeGroup(writer, group, header.delimiters);
    writer.closeInterchange();
    return writer.take();
  }

  /** An interchange that brings nothing but TA1s is never answered unasked: two such answerers would go on for ever. */
  #isTa1Due({ header, verdict }: InterchangeResult): boolean {
    if (header.wantsAcknowledgment) return true;
    if (this.#holdsTa1 && this.#groups.length === 0) return false;
    return verdict === 'R' || this.#policy.ta1 === 'always';
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

  #writeGroup(writer: X12Writer, { result, sets }: AnsweredGroup, delimiters: Delimiters): void {
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
    for (const set of answeredSets(result, sets)) {
      const manner = this.#mannerFor({ type: set.name.type, release: version }, delimiters);
      this.#writeSet(writer, set, { manner, withVersions });
    }
    const { verdict, claimed, received, accepted, findings } = result;
    const counts = [claimed ?? received, received, accepted].map(String);
    writer.segment('AK9', [verdict, ...counts, ...codesAt('group', findings)]);
    writer.closeSet();
    writer.closeGroup();
  }

  #mannerFor(set: { readonly type: string; readonly release: string }, delimiters: Delimiters): FaultManner {
    const elementNumber = (fault: Finding) => this.#policy.elementNumber?.(set, fault) ?? '';
    return { ...this.#policy, delimiters, elementNumber };
  }

  #writeSet(writer: X12Writer, set: AnsweredSet, how: { manner: FaultManner; withVersions: boolean }): void {
    const { type, control, version } = set.name;
    writer.segment('AK2', [type, control, how.withVersions ? version : '']);
    for (const [tag, ...elements] of faultSegments(set.findings, how.manner)) writer.segment(tag, elements);
    writer.segment(how.manner.form === '997' ? 'AK5' : 'IK5', setVerdict(set.name.verdict, set.findings));
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
  return [header.control, date, time, verdict, first?.ackCode ?? (verdict === 'A' ? NO_ERROR : INVALID_STRUCTURE)];
}
