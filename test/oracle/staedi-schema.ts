import type { ElementModel, LoopModel, PlaceModel, SegmentModel, TableModel } from '../../formats/tables/model.ts';

/** StAEDI counts occurrences in 32 bits. */
const ANY_NUMBER = 2_000_000_000;
/** More than any segment has: what is not described may hold anything. */
const ANY_ELEMENTS = 40;

const BASES: Readonly<Record<string, string>> = {
  R: 'decimal',
  n: 'decimal',
  DT: 'date',
  TM: 'time',
  ID: 'identifier',
};
const RULES = { P: 'paired', R: 'required', E: 'exclusion', C: 'conditional', L: 'list' } as const;

type Attributes = Readonly<Record<string, string | number>>;

/**
 * A table in the XML form of StAEDI's schemas, version 4 of their namespace. It has no discriminators: places are told apart by
 * their order alone. It has no types without digits either; they are strings.
 */
export function staediSchema(table: TableModel): string {
  const schema = new SchemaWriter(table);
  return `<schema xmlns="http://xlate.io/EDISchema/v4">${schema.write()}</schema>`;
}

class SchemaWriter {
  readonly #table: TableModel;
  readonly #types: string[] = [];
  #loops = 0;

  constructor(table: TableModel) {
    this.#table = table;
  }

  write(): string {
    const body = this.#sequence(this.#table.body);
    for (const tag of tagsIn(this.#table.body.lines)) this.#segmentType(tag, this.#table.segments.get(tag));
    return xml('transaction', {}, body) + this.#types.join('');
  }

  #sequence({ lines }: LoopModel): string {
    return xml('sequence', {}, lines.map((place) => this.#place(place)).join(''));
  }

  #place(place: PlaceModel): string {
    const occurs = { minOccurs: place.min, maxOccurs: Math.min(place.max, ANY_NUMBER) };
    if (place.kind === 'loop') {
      this.#loops += 1;
      return xml('loop', { code: `LOOP${this.#loops}`, ...occurs }, this.#sequence(place));
    }
    if (place.segment !== undefined)
      throw new Error(`${place.id} has elements of its own, which StAEDI has no form for`);
    return xml('segment', { type: place.tag, ...occurs });
  }

  #segmentType(tag: string, segment: SegmentModel | undefined): void {
    const elements = segment?.elements.map((element, index) => this.#element(element, `${tag}.${index + 1}`));
    const sequence = xml('sequence', {}, elements?.join('') ?? xml('any', { maxOccurs: ANY_ELEMENTS }));
    const rules = (segment?.conditions ?? []).map(({ letter, positions }) =>
      xml('syntax', { type: RULES[letter] }, positions.map((at) => xml('position', {}, String(at))).join('')),
    );
    this.#types.push(xml('segmentType', { name: tag }, sequence + rules.join('')));
  }

  /** A reference to an element, whose type is written down under a name of its own. */
  #element(element: ElementModel, name: string): string {
    if (element.usage === 'N' || element.isComplete)
      throw new Error(`${name} is told in a way that is not exported yet`);
    const reference = {
      type: name,
      minOccurs: element.usage === 'M' ? 1 : 0,
      maxOccurs: Math.min(element.times, ANY_NUMBER),
    };
    if (element.components.length > 0) {
      const parts = element.components.map((component, index) => this.#element(component, `${name}.${index + 1}`));
      this.#types.push(xml('compositeType', { name }, xml('sequence', {}, parts.join(''))));
      return xml('composite', reference);
    }
    const { min: minLength, max: maxLength } = element;
    this.#types.push(xml('elementType', { name, base: baseOf(element), minLength, maxLength }));
    return xml('element', reference);
  }
}

function baseOf({ type }: ElementModel): string {
  return BASES[type] ?? (/^N\d$/.test(type) ? 'numeric' : 'string');
}

function tagsIn(lines: readonly PlaceModel[]): Set<string> {
  return new Set(lines.flatMap((place) => (place.kind === 'segment' ? [place.tag] : [...tagsIn(place.lines)])));
}

/** Nothing of a table needs to be escaped: ids, numbers and codes are letters and digits. */
function xml(name: string, attributes: Attributes, content = ''): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${value}"`);
  return `<${name}${written.join('')}>${content}</${name}>`;
}
