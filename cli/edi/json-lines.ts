import type { EdiEvent, GroupResult, InterchangeResult, SetResult } from '../../formats/edi/events.ts';
import type { Finding } from '../../formats/edi/finding.ts';
import type { GroupHeader, InterchangeHeader } from '../../formats/edi/header.ts';
import { Tally } from '../../formats/edi/tally.ts';
import type { Layout } from './inspect.ts';

/** Findings of all groups of one interchange kept until its end, of each severity. */
const MOST_OF_GROUPS = 1000;

/**
 * One JSON object a line for each interchange, written piece by piece as it is read, so that none is ever held whole. What is
 * wrong with a group stands among the findings of its interchange; so do, in a line of their own, those of the file.
 */
export class JsonLines {
  readonly #file: string;
  readonly #layout: Layout;
  readonly #write: (text: string) => void;
  #groups = 0;
  #sets = 0;
  #ofGroups = new Tally(MOST_OF_GROUPS);

  constructor(file: string, layout: Layout, write: (text: string) => void) {
    this.#file = file;
    this.#layout = layout;
    this.#write = write;
  }

  take(event: EdiEvent): void {
    if (event.kind === 'interchange-opened') this.#openInterchange(event.interchange);
    else if (event.kind === 'group-opened') this.#openGroup(event.group);
    else if (event.kind === 'set-closed') this.#set(event.set);
    else if (event.kind === 'group-closed') this.#closeGroup(event.group);
    else if (event.kind === 'interchange-closed') this.#closeInterchange(event.interchange);
    else if (event.kind === 'file-closed' && (event.findings.length > 0 || event.interchanges === 0)) {
      this.#write(`{${inner({ file: this.#file, ...NOTHING, groups: [] })},${this.#findings(event.findings)}}\n`);
    }
  }

  #openInterchange({ standard, version, sender, receiver, control, isImplied }: InterchangeHeader): void {
    const known = { version, sender: sender.id, receiver: receiver.id, control };
    const head = { file: this.#file, ...NOTHING, standard, ...(isImplied ? {} : known) };
    this.#groups = 0;
    this.#ofGroups = new Tally(MOST_OF_GROUPS);
    this.#write(`{${inner(head)},"groups":[`);
  }

  /** A batch of TRADACOMS has a number and no functional id. */
  #openGroup({ functionalId, control }: GroupHeader): void {
    const ids = { functionalId: functionalId === '' ? null : functionalId, control };
    this.#write(`${this.#groups > 0 ? ',' : ''}{${inner(ids)},"sets":[`);
    this.#groups += 1;
    this.#sets = 0;
  }

  #set({ header, segments, verdict, findings }: SetResult): void {
    const { type, control } = header;
    const set = inner({ type, control, segments, accepted: verdict });
    this.#write(`${this.#sets > 0 ? ',' : ''}{${set},${this.#findings(findings)}}`);
    this.#sets += 1;
  }

  #closeGroup({ findings }: GroupResult): void {
    for (const finding of findings) this.#ofGroups.add(finding);
    this.#write(']}');
  }

  #closeInterchange({ findings }: InterchangeResult): void {
    this.#write(`],${this.#findings([...this.#ofGroups.findings, ...findings])}}\n`);
  }

  #findings(findings: readonly Finding[]): string {
    const { withValues } = this.#layout;
    const shown = findings.map((finding) => ({ ...members(finding), ...(withValues ? { value: finding.value } : {}) }));
    return `"findings":${JSON.stringify(shown)}`;
  }
}

/** The members of a finding in their order, all but the value. */
function members(finding: Finding): Omit<Finding, 'value'> {
  const { layer, severity, code, ackCode, offset, segment, tag, element, component, repetition, message } = finding;
  return { layer, severity, code, ackCode, offset, segment, tag, element, component, repetition, message };
}

/** What is said of an interchange that has no header, and of a file beside its interchanges. */
const NOTHING = { standard: null, version: null, sender: null, receiver: null, control: null } as const;

/** The members of an object, without its braces. */
function inner(members: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(members).slice(1, -1);
}
