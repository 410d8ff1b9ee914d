import type { EdiEvent, SetResult } from '../../formats/edi/events.ts';
import type { Finding } from '../../formats/edi/finding.ts';
import type { Standard } from '../../formats/edi/header.ts';
import { type KeptSet, SetTrees } from '../../formats/tables/set-trees.ts';
import type { MapFinding } from '../../mappings/edi/map.ts';
import { readingMapOf } from '../../mappings/edi/registry.ts';
import type { Reading } from './reading.ts';

/** Acknowledgments are no documents. */
const NO_DOCUMENTS = new Set(['997', '999', 'CONTRL']);

/**
 * One JSON object a line for each set, as it closes, and one for each interchange. A set stands only when the line of its
 * interchange does not reject it: GE, IEA and the like come late.
 */
export class MapReport {
  readonly #file: string;
  readonly #reading: Reading;
  readonly #at: Date;
  readonly #write: (text: string) => void;
  readonly #trees: SetTrees;
  #interchange: { standard: Standard; control: string } = { standard: 'X12', control: '' };
  #group: string | null = null;
  #isWhole = true;

  constructor(file: string, reading: Reading, at: Date, write: (text: string) => void) {
    this.#file = file;
    this.#reading = reading;
    this.#at = at;
    this.#write = write;
    this.#trees = new SetTrees(reading.shelf);
  }

  /** Whether every set became a document. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  take(event: EdiEvent): void {
    const kept = this.#trees.take(event);
    if (event.kind === 'interchange-opened') this.#interchange = event.interchange;
    else if (event.kind === 'group-opened') this.#group = event.group.control;
    else if (event.kind === 'set-closed') this.#set(event.set, kept);
    else if (event.kind === 'group-closed') {
      const { verdict, findings } = event.group;
      this.#line({ group: this.#group, accepted: verdict, findings: findings.map(shown) });
    } else if (event.kind === 'interchange-closed') {
      const { verdict, findings } = event.interchange;
      this.#line({ accepted: verdict, findings: findings.map(shown) });
    } else if (event.kind === 'file-closed' && (event.interchanges === 0 || event.findings.length > 0)) {
      this.#write(`${JSON.stringify({ file: this.#file, findings: event.findings.map(shown) })}\n`);
    }
  }

  #set({ header, verdict, findings }: SetResult, kept: KeptSet | undefined): void {
    const { type, control } = header;
    const outcome = verdict === 'R' ? { outcome: 'rejected' as const } : this.#map(type, kept);
    if (outcome.outcome !== 'read' && !NO_DOCUMENTS.has(type)) this.#isWhole = false;
    const found = 'findings' in outcome ? outcome.findings.map(shownOfMap) : [];
    const set = { type, control, accepted: verdict };
    this.#line({ group: this.#group, set, ...outcome, findings: [...findings.map(shown), ...found] });
  }

  #map(type: string, kept: KeptSet | undefined) {
    const { standard, control: interchange } = this.#interchange;
    const map = readingMapOf(standard, type);
    if (map === undefined || kept === undefined) return { outcome: 'no-map' as const };
    const control = { interchange, set: kept.header.control };
    return map.read(kept.tree, { at: this.#at, terms: this.#reading.profile.map, control });
  }

  #line(members: Readonly<Record<string, unknown>>): void {
    const { standard, control } = this.#interchange;
    this.#write(`${JSON.stringify({ file: this.#file, standard, interchange: control, ...members })}\n`);
  }
}

/** A finding without the value that stood there. */
function shown({ value: _, ...finding }: Finding): object {
  return finding;
}

function shownOfMap({ position, ...finding }: MapFinding): object {
  return { layer: 'map', segment: position, ...finding };
}
