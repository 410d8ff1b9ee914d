import type { ShipItem, ShipNotice, ShipOrder, ShipPackage } from '../canonical/ship-notice.ts';
import { freeCode, identifier, whole } from '../edi/codec.ts';
import { at, fixed, key } from '../edi/parts.ts';
import type { Part, Rule } from '../edi/rule.ts';
import { loop, readOnly, segment, within } from '../edi/rules.ts';
import { sscc } from '../edi/sscc.ts';
import { number } from './codecs.ts';
import { date } from './dates.ts';
import { additionalItems } from './item-numbers.ts';
import { opens } from './opens.ts';
import { parties, partner, SUPPLIER } from './parties.ts';
import { carrier, description, quantity, references } from './trade-rules.ts';

/** 7065 of packages as they are written. */
export const PACKAGE_TYPES = { tare: '201', pack: 'CT' } as const;

interface Weighed {
  readonly grossWeight?: string | undefined;
  readonly weightUnit?: string | undefined;
}

/** MEA of the gross weight: AAD of a whole, AAB of one package, G of either. */
function weight(written: 'AAD' | 'AAB'): Rule<Weighed> {
  return segment('MEA', [
    fixed(1, 'PD', 'WT', 'AAE'),
    fixed([2, 1], written, 'AAD', 'AAB', 'G'),
    at([3, 1], 'weightUnit', freeCode('units', 3)),
    key([3, 2], 'grossWeight', number(18, 'positive')),
  ]);
}

/** The order of all that was sent, where one order is. */
export const orderOfAll: readonly Rule<ShipOrder>[] = [
  loop('RFF', [
    segment<ShipOrder>('RFF', [fixed([1, 1], 'ON'), key([1, 2], 'number', identifier(35))]),
    date('date', '171', '4'),
  ]),
  segment<ShipOrder>('RFF', [fixed([1, 1], 'VN'), key([1, 2], 'sellerOrder', whole(35))]),
];

/** What stands before the first CPS, beside the order. */
export const datesAndWeight: readonly Rule<ShipNotice>[] = [
  date('shippedOn', '11'),
  date('deliverOn', '17', '69', '67', '132', '2', '35'),
  weight('AAD'),
];

export const partiesAndCarrier: readonly Rule<ShipNotice>[] = [
  references('sellerOrder'),
  within('supplier', [partner(SUPPLIER)]),
  parties,
  carrier,
];

/** What a PAC loop says of the package: PCI 33E is marked with an SSCC, which GIN BJ has. */
export const packaged: readonly Rule<ShipPackage>[] = [
  weight('AAB'),
  loop('PCI', [
    segment<ShipPackage>('PCI', [opens(1, '33E', 'sscc')]),
    segment<ShipPackage>('GIN', [fixed(1, 'BJ'), key([2, 1], 'sscc', sscc)]),
  ]),
];

const unit = freeCode('units', 3);
const lot = segment<ShipItem>('GIN', [fixed(1, 'BX'), key([2, 1], 'lot', whole(35))]);
const expires = date<ShipItem>('expires', '36', '361');

const orderedQuantity = key<ShipItem>([1, 2], 'ordered', number(15));

/** QTY 21: what was ordered, in the unit of what was sent. In another unit it is left. */
const ordered: Part<ShipItem> = {
  ...orderedQuantity,
  read(qty, into, work) {
    if (unit.read(qty.see(1, 3), work) !== into.get('unit')) return;
    for (const component of [1, 3]) qty.take(1, component);
    orderedQuantity.read(qty, into, work);
  },
  matches: (qty, work) => qty.see(1, 1) === '21' && orderedQuantity.matches(qty, work),
  write(from, to, work) {
    to.fill('21', 1, 1);
    orderedQuantity.write(from, to, work);
    const written = unit.write(from.see('unit') ?? '', work);
    if (written !== undefined) to.fill(written.text, 1, 3);
  },
};

/** What a LIN loop says of the goods. */
export const goods: readonly Rule<ShipItem>[] = [
  additionalItems,
  description,
  quantity('12'),
  segment<ShipItem>('QTY', [ordered]),
  lot,
  expires,
];

/** What was ordered: its line beside its number in RFF ON, or in RFF LI. Lot and expiry may stand under a PCI. */
export const orderOfGoods: readonly Rule<ShipItem>[] = [
  segment<ShipItem>('RFF', [
    fixed([1, 1], 'ON'),
    key([1, 2], 'orderNumber', identifier(35)),
    at([1, 3], 'number', whole(6)),
  ]),
  segment<ShipItem>('RFF', [fixed([1, 1], 'LI'), key([1, 2], 'number', whole(6))]),
  readOnly(loop('PCI', [segment<ShipItem>('PCI', [fixed(1, '36E', '10', '17')]), lot, expires])),
];
