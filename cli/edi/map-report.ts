import type { EdiEvent, SetResult } from '../../formats/edi/events.ts';
import type { Finding } from '../../formats/edi/finding.ts';
import type { Standard } from '../../formats/edi/header.ts';
import { type KeptSet, SetTrees } from '../../formats/tables/set-trees.ts';
import { wantedTable } from '../../formats/tables/table-checker.ts';
import type { CanonicalDocument } from '../../mappings/canonical/document.ts';
import type { MapFinding, ReadOutcome } from '../../mappings/edi/map.ts';
import { readingMapOf } from '../../mappings/edi/registry.ts';
import { TradacomsFile } from '../../mappings/tradacoms/file.ts';
import type { Reading } from './reading.ts';

/** Acknowledgments are no documents. */
const NO_DOCUMENTS = new Set(['997', '999', 'CONTRL']);

/** Messages of a TRADACOMS file that are no document, and belong to those of the file. */
const FRAME = new Set(['ORDHDR', 'ORDTLR', 'INVFIL', 'VATTLR', 'INVTLR', 'RSGRSG']);

/** What a set is for us. `frame`: the header or trailer of a TRADACOMS file, which belongs to its documents. */
type Meaning =
  | ReadOutcome<CanonicalDocument>
  | { readonly outcome: 'frame'; readonly findings: readonly MapFinding[] }
  | { readonly outcome: 'no-map' | 'rejected' };

const NO_MAP: Meaning = { outcome: 'no-map' };
const REJECTED: Meaning = { outcome: 'rejected' };

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
  #tradacoms = new TradacomsFile();
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
    if (event.kind === 'interchange-opened') {
      this.#interchange = event.interchange;
      this.#tradacoms = new TradacomsFile();
    } else if (event.kind === 'group-opened') this.#group = event.group.control;
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
    const meant = verdict === 'R' ? REJECTED : this.#map(type, kept);
    const isDocument = meant.outcome === 'read' || meant.outcome === 'frame' || NO_DOCUMENTS.has(type);
    const found = 'findings' in meant ? meant.findings : [];
    if (!isDocument || found.some(({ severity }) => severity === 'reject')) this.#isWhole = false;
    const set = { type, control, accepted: verdict };
    this.#line({ group: this.#group, set, ...meant, findings: [...findings.map(shown), ...found.map(shownOfMap)] });
  }

  #map(type: string, kept: KeptSet | undefined): Meaning {
    if (kept === undefined) return NO_MAP;
    const { standard, control: interchange } = this.#interchange;
    const control = { interchange, set: kept.header.control };
    const { release } = wantedTable({ ...kept, set: kept.header });
    const context = { at: this.#at, terms: this.#reading.profile.map, release, control };
    if (standard !== 'TRADACOMS') return readingMapOf(standard, type)?.read(kept.tree, context) ?? NO_MAP;
    const part = this.#tradacoms.take(type, kept.tree, context);
    if (part.kind === 'document') return part.read;
    if (!FRAME.has(type)) return NO_MAP;
    return { outcome: 'frame', findings: part.kind === 'trailer' ? part.findings : [] };
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
