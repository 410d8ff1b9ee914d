import type { EdiEvent, GroupResult, InterchangeResult, SetResult } from '../../formats/edi/events.ts';
import type { Finding } from '../../formats/edi/finding.ts';
import type { InterchangeHeader } from '../../formats/edi/header.ts';
import { counted, plain } from '../output.ts';
import type { Layout } from './inspect.ts';

const VERDICTS = { A: 'accepted', E: 'accepted with errors', P: 'partly accepted', R: 'rejected' } as const;

/** What is in a file, for people: every interchange and group, and those sets in which something was found. */
export class PlainReport {
  readonly #file: string;
  readonly #layout: Layout;
  readonly #print: (line: string) => void;

  constructor(file: string, layout: Layout, print: (line: string) => void) {
    this.#file = file;
    this.#layout = layout;
    this.#print = print;
  }

  take(event: EdiEvent): void {
    if (event.kind === 'interchange-opened') this.#interchange(event.interchange);
    else if (event.kind === 'set-closed' && event.set.findings.length > 0) this.#set(event.set);
    else if (event.kind === 'group-closed') this.#group(event.group);
    else if (event.kind === 'interchange-closed') this.#end(event.interchange);
    else if (event.kind === 'file-closed') {
      if (event.interchanges === 0) this.#print(`${plain(this.#file)}: no EDI`);
      else if (event.findings.length > 0) this.#print(`${plain(this.#file)}:`);
      this.#findings(event.findings, '  ');
    }
  }

  #interchange({ standard, version, sender, receiver, control }: InterchangeHeader): void {
    const parties = `from ${plain(sender.id) || 'nobody'} to ${plain(receiver.id) || 'nobody'}`;
    this.#print(
      `${plain(this.#file)}: ${standard} ${plain(version)} ${parties}, interchange ${plain(control) || 'without number'}`,
    );
  }

  #set({ header, segments, verdict, findings }: SetResult): void {
    const name = `${plain(header.type)} ${plain(header.control)}`;
    this.#print(`    ${name}: ${VERDICTS[verdict]}, ${counted(segments, 'segment')}`);
    this.#findings(findings, '      ');
  }

  #group({ header, received, accepted, verdict, findings }: GroupResult): void {
    const name =
      header.functionalId === null ? 'no group' : `group ${plain(`${header.functionalId} ${header.control ?? ''}`)}`;
    this.#print(`  ${name}: ${VERDICTS[verdict]}, ${accepted} of ${counted(received, 'set')}`);
    this.#findings(findings, '    ');
  }

  #end({ verdict, findings }: InterchangeResult): void {
    this.#print(`  interchange: ${VERDICTS[verdict]}`);
    this.#findings(findings, '    ');
  }

  #findings(findings: readonly Finding[], indent: string): void {
    for (const { severity, code, message, tag, element, segment, offset, value } of findings) {
      const place = [
        segment > 0 ? `segment ${segment}` : '',
        tag === '' ? '' : `${plain(tag)}${element > 0 ? two(element) : ''}`,
      ];
      const where = [...place, `byte ${offset}`].filter((part) => part !== '').join(', ');
      this.#print(`${indent}${severity}: ${message} (${where}; ${code})`);
      if (this.#layout.withValues && value !== '') this.#print(`${indent}  ${plain(value)}`);
    }
  }
}

function two(element: number): string {
  return String(element).padStart(2, '0');
}
