import type { EdiEvent } from '../../formats/edi/events.ts';
import type { Finding, Verdict } from '../../formats/edi/finding.ts';
import { counted, plain } from '../output.ts';

const VERDICTS = {
  A: 'would be accepted',
  E: 'would be accepted with errors',
  P: 'would be accepted in part',
  R: 'would be rejected',
} as const;

/** What a partner would complain about in one file. What is merely noted is left out. */
export class CheckReport {
  readonly #file: string;
  readonly #partner: string;
  readonly #withValues: boolean;
  readonly #print: (line: string) => void;
  #sets = 0;
  #accepted = 0;
  #complaints = 0;

  constructor(file: string, partner: string, layout: { readonly withValues: boolean }, print: (line: string) => void) {
    this.#file = file;
    this.#partner = partner;
    this.#withValues = layout.withValues;
    this.#print = print;
  }

  take(event: EdiEvent): void {
    if (event.kind === 'set-closed') {
      const { type, control } = event.set.header;
      this.#tell(`${plain(type)} ${plain(control)}`, event.set.verdict, event.set.findings);
    } else if (event.kind === 'group-closed') {
      const { header, received, accepted, verdict, findings } = event.group;
      this.#sets += received;
      this.#accepted += accepted;
      this.#tell(`group ${plain(header.control ?? 'without a number')}`, verdict, findings);
    } else if (event.kind === 'interchange-closed') {
      const { header, verdict, findings } = event.interchange;
      this.#tell(`interchange ${plain(header.control) || 'without a number'}`, verdict, findings);
      if (verdict === 'R') this.#accepted = 0;
    } else if (event.kind === 'file-closed') this.#end(event.interchanges, event.findings);
  }

  #tell(subject: string, verdict: Verdict, findings: readonly Finding[]): void {
    const complaints = findings.filter(({ severity }) => severity !== 'note');
    if (complaints.length === 0) return;
    this.#complaints += complaints.length;
    this.#print(`${plain(this.#file)}: ${subject} ${VERDICTS[verdict]}:`);
    for (const complaint of complaints) this.#complain(complaint);
  }

  #complain({ message, tag, element, component, segment, layer, value }: Finding): void {
    const places = [
      segment > 0 ? `segment ${segment}` : '',
      tag === '' ? '' : `${plain(tag)}${placeOf(element, component)}`,
    ];
    const where = places.filter((place) => place !== '').join(', ');
    const whose = layer === 'profile' ? ` ${plain(this.#partner)} asks for this.` : '';
    this.#print(`  ${where === '' ? '' : `${where}: `}${message}${whose}`);
    if (this.#withValues && value !== '') this.#print(`    ${plain(value)}`);
  }

  #end(interchanges: number, findings: readonly Finding[]): void {
    if (interchanges === 0) this.#print(`${plain(this.#file)}: no EDI`);
    this.#tell('the file', 'E', findings);
    const sets = `${this.#accepted} of ${counted(this.#sets, 'set')}`;
    if (interchanges > 0 && this.#complaints === 0) {
      this.#print(
        `${plain(this.#file)}: ${plain(this.#partner)} has nothing to complain about in ${counted(this.#sets, 'set')}.`,
      );
    } else if (interchanges > 0) this.#print(`${plain(this.#file)}: ${plain(this.#partner)} would accept ${sets}.`);
  }
}

function placeOf(element: number, component: number): string {
  if (element === 0) return '';
  return `${String(element).padStart(2, '0')}${component > 0 ? `.${component}` : ''}`;
}
