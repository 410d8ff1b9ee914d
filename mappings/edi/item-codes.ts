import { type ItemScheme, isGtin } from '../canonical/trade.ts';
import type { Carried, Codec } from './codec.ts';
import type { DocumentSource } from './document-source.ts';
import type { Draft } from './draft.ts';
import type { MapContext } from './map.ts';
import { inDocument, type Work } from './rule.ts';

/** What has numbers of an item: the ERP's own one, and others. */
export interface Numbered {
  readonly item?: string | undefined;
  readonly ids?: readonly ItemNumber[] | undefined;
}

interface ItemNumber {
  readonly scheme: ItemScheme;
  readonly value: string;
}

/** How a standard tells by its codes whose a number of an item is. */
export class ItemCodes {
  readonly #schemes: Codec;
  readonly #numbers: Codec;
  readonly #own: string;

  /** `own`: the code of the ERP's own numbers where the terms name no other. */
  constructor(schemes: Codec, numbers: Codec, own: string) {
    this.#schemes = schemes;
    this.#numbers = numbers;
    this.#own = own;
  }

  /** `most`: so many numbers beside the ERP's own one. */
  carries(most: number): Carried[] {
    const { form } = this.#numbers;
    return [
      { path: 'item', form },
      { path: 'ids', form: { kind: 'list', most } },
      { path: 'ids.scheme', form: this.#schemes.form },
      { path: 'ids.value', form },
    ];
  }

  own({ terms }: MapContext): string {
    return terms.itemQualifier ?? this.#own;
  }

  /** Takes a number into the document. Whether it was understood. */
  read(code: string, value: string, into: Draft<Numbered>, work: Work): boolean {
    if (value === '') return false;
    if (code === this.own(work) && into.get('item') === undefined) {
      into.set('item', value);
      return true;
    }
    const scheme = this.#schemes.read(code, work);
    if (scheme === undefined || (scheme === 'gtin' && !isGtin(value))) return false;
    const id = into.add('ids');
    id.set('scheme', scheme);
    id.set('value', value);
    return true;
  }

  /** The ERP's own number, still to be taken; undefined where there is none. One that does not fit refuses the document. */
  ownNumber(from: DocumentSource<Numbered>, work: Work): string | undefined {
    const value = from.see('item') ?? '';
    const written = value === '' ? undefined : this.#numbers.write(value, work)?.text;
    if (value !== '' && written === undefined) {
      const message = 'The item number does not fit its place in the set, and must not be cut.';
      work.tell({ ...inDocument(from.where('item')), severity: 'reject', code: 'value-unfit', message });
    }
    return written;
  }

  /** The code for another number. Undefined where it would not be read again as what it is. */
  codeOf(id: DocumentSource<ItemNumber>, work: Work): string | undefined {
    const [scheme = '', value = ''] = [id.see('scheme'), id.see('value')];
    if (this.#numbers.write(value, work) === undefined) return undefined;
    const code = this.#schemes.write(scheme, work)?.text;
    return scheme !== 'gtin' && code === this.own(work) ? undefined : code;
  }
}
