import type { EdiEvent, GroupResult, InterchangeResult, SetResult } from '../edi/events.ts';
import type { Finding } from '../edi/finding.ts';
import type { InterchangeHeader } from '../edi/header.ts';
import { repertoireOf } from '../edi/repertoire.ts';
import {
  ACCEPTED,
  errorOf,
  type MessageAnswerPolicy,
  MessageAnswers,
  REJECTED,
  rejects,
  type WrittenSegments,
} from './message-answers.ts';
import { EDIFACT_DELIMITERS, type EdifactProfile, EdifactWriter, edifactDialect } from './write-edifact.ts';

/** What a partner wants to hear. `receipt` only says that the interchange came; `on-request` is `full` where UNB asks for it. */
export interface ContrlPolicy extends MessageAnswerPolicy {
  readonly answer: 'none' | 'on-request' | 'receipt' | 'full';
  readonly timeZone: string;
}

export interface ContrlNumbers {
  readonly at: Date;
  nextInterchange(): string;
}

interface AnsweredGroup {
  readonly result: GroupResult;
  readonly messages: WrittenSegments;
}

/** Data element 0083. */
const RECEIVED = '8';

/**
 * Answers EDIFACT interchanges with CONTRL: feed it the events of a reader. When an interchange has closed it gives the bytes
 * of the answer, or undefined when none is due. A CONTRL is never answered.
 */
export class EdifactAcknowledger {
  readonly #policy: ContrlPolicy;
  readonly #numbers: ContrlNumbers;
  #groups: AnsweredGroup[] = [];
  #messages: MessageAnswers | undefined;
  #hasBusiness = false;

  constructor(policy: ContrlPolicy, numbers: ContrlNumbers) {
    this.#policy = policy;
    this.#numbers = numbers;
  }

  take(event: EdiEvent): Buffer | undefined {
    // Nearly all events are segments.
    if (event.kind === 'segment') return undefined;
    if (event.kind === 'interchange-opened') this.#begin(event.interchange);
    else if (event.kind === 'set-closed') this.#add(event.set);
    else if (event.kind === 'group-closed') this.#closeGroup(event.group);
    else if (event.kind === 'interchange-closed') return this.#answer(event.interchange);
    return undefined;
  }

  /** An interchange without number or parties cannot be named in an answer. */
  #begin(header: InterchangeHeader): void {
    const { standard, isImplied, control, sender, receiver, wantsAcknowledgment } = header;
    const isNamed = !isImplied && control !== '' && sender.id !== '' && receiver.id !== '';
    const { answer } = this.#policy;
    const isAnswered = answer !== 'none' && (answer !== 'on-request' || wantsAcknowledgment);
    const dialect = edifactDialect({ delimiters: EDIFACT_DELIMITERS, characters: charactersFor(header) });
    const isOn = standard === 'EDIFACT' && isNamed && isAnswered;
    this.#messages = isOn ? new MessageAnswers(this.#policy, dialect) : undefined;
    this.#groups = [];
    this.#hasBusiness = false;
  }

  #add(set: SetResult): void {
    if (set.header.type === 'CONTRL') return;
    this.#hasBusiness = true;
    this.#messages?.add(set);
  }

  #closeGroup(result: GroupResult): void {
    if (this.#messages !== undefined) this.#groups.push({ result, messages: this.#messages.take(result) });
  }

  #answer({ header, verdict, sets, findings }: InterchangeResult): Buffer | undefined {
    if (this.#messages === undefined || (sets > 0 && !this.#hasBusiness)) return undefined;
    const rejecting = verdict === 'R' ? findings : this.#rejectingLooseGroup();
    const action = this.#policy.answer === 'receipt' ? RECEIVED : rejecting !== undefined ? REJECTED : ACCEPTED;
    const writer = this.#writerTo(header);
    const [, sender = [], receiver = []] = header.elements;
    const why = action === REJECTED ? errorOf(rejecting ?? [], 'UNB') : [];
    writer.segment('UCI', [header.control, sender, receiver, action, ...why]);
    if (action === ACCEPTED) for (const group of this.#groups) writeGroup(writer, group);
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
  #writerTo(header: InterchangeHeader): EdifactWriter {
    const { sender, receiver, elements, isTest } = header;
    const [identifier = '', received = ''] = elements[0] ?? [];
    const syntaxVersion = received === '1' || received === '2' || received === '4' ? received : '3';
    const profile = {
      sender: receiver,
      receiver: sender,
      syntaxIdentifier: /^UNO[A-Z]$/.test(identifier) ? identifier : 'UNOC',
      syntaxVersion,
      characters: charactersFor(header),
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
}

/** In the code page that was announced, but with all letters of ASCII: references are given back as they came, also under UNOA. */
function charactersFor({ elements }: InterchangeHeader): EdifactProfile['characters'] {
  const name = repertoireOf(elements[0]?.[0] ?? '');
  const isNarrow = name === undefined || name === 'UNOA' || name === 'UNOB';
  return { repertoire: isNarrow ? 'UNOC' : name, missing: 'replace' };
}

function writeGroup(writer: EdifactWriter, { result, messages }: AnsweredGroup): void {
  const { header, findings } = result;
  const isRejected = rejects(findings);
  if (header.control !== null) {
    const [, sender = [], receiver = []] = header.elements;
    const why = isRejected ? errorOf(findings, 'UNG') : [];
    writer.segment('UCF', [header.control, sender, receiver, isRejected ? REJECTED : ACCEPTED, ...why]);
  }
  writer.writtenSegments(messages.bytes, messages.count);
}
