import type { EdiEvent, SetResult } from '../../formats/edi/events.ts';
import type { Finding } from '../../formats/edi/finding.ts';
import type { InterchangeHeader } from '../../formats/edi/header.ts';
import type { Layout } from './inspect.ts';

/** One JSON object a line for each interchange, written piece by piece as it is read, so that none is ever held whole. */
export class JsonLines {
  readonly #file: string;
  readonly #layout: Layout;
  readonly #write: (text: string) => void;
  #groups = 0;
  #sets = 0;

  constructor(file: string, layout: Layout, write: (text: string) => void) {
    this.#file = file;
    this.#layout = layout;
    this.#write = write;
  }

  take(event: EdiEvent): void {
    if (event.kind === 'interchange-opened') this.#openInterchange(event.interchange);
    else if (event.kind === 'group-opened') this.#openGroup(event.group.functionalId, event.group.control);
    else if (event.kind === 'set-closed') this.#set(event.set);
    else if (event.kind === 'group-closed') {
      const { accepted, received, verdict, findings } = event.group;
      this.#write(`],${inner({ received, stand: accepted, accepted: verdict })},${this.#findings(findings)}}`);
    } else if (event.kind === 'interchange-closed') {
      this.#write(
        `],${inner({ accepted: event.interchange.verdict })},${this.#findings(event.interchange.findings)}}\n`,
      );
    } else if (event.kind === 'file-closed' && (event.findings.length > 0 || event.interchanges === 0)) {
      this.#write(`{${inner({ file: this.#file, standard: null })},${this.#findings(event.findings)}}\n`);
    }
  }

  #openInterchange({ standard, version, sender, receiver, control }: InterchangeHeader): void {
    const head = { file: this.#file, standard, version, sender: sender.id, receiver: receiver.id, control };
    this.#groups = 0;
    this.#write(`{${inner(head)},"groups":[`);
  }

  #openGroup(functionalId: string | null, control: string | null): void {
    this.#write(`${this.#groups > 0 ? ',' : ''}{${inner({ functionalId, control })},"sets":[`);
    this.#groups += 1;
    this.#sets = 0;
  }

  #set({ header, segments, verdict, findings }: SetResult): void {
    const { type, control } = header;
    const set = inner({ type, control, segments, accepted: verdict });
    this.#write(`${this.#sets > 0 ? ',' : ''}{${set},${this.#findings(findings)}}`);
    this.#sets += 1;
  }

  #findings(findings: readonly Finding[]): string {
    const shown = findings.map(({ value, ...rest }) => (this.#layout.withValues ? { ...rest, value } : rest));
    return `"findings":${JSON.stringify(shown)}`;
  }
}

/** The members of an object, without its braces. */
function inner(members: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(members).slice(1, -1);
}
