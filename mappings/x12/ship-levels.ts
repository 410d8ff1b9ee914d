import type { ShipItem, ShipNotice, ShipOrder, ShipPackage } from '../canonical/ship-notice.ts';
import { freeCode, identifier, pattern, whole } from '../edi/codec.ts';
import { day } from '../edi/days.ts';
import { real } from '../edi/decimals.ts';
import { at, fixed, key, must, qualified } from '../edi/parts.ts';
import type { Part, Rule } from '../edi/rule.ts';
import { segment, within } from '../edi/rules.ts';
import { sscc } from '../edi/sscc.ts';
import { itemNumbers } from './item-numbers.ts';
import { parties, partner } from './parties.ts';
import { carrier, date, description, references } from './trade-rules.ts';

const unit = freeCode('units', 2);

/** What stands under HL S. TD102 counts the packages, TD107 and TD108 are their weight. */
export const shipment: readonly Rule<ShipNotice>[] = [
  segment<ShipNotice>('TD1', [
    at(2, 'packages', pattern(/^\d{1,7}$/)),
    qualified(6, 'G', at(7, 'grossWeight', real(10, 'positive'))),
    at(8, 'weightUnit', unit),
  ]),
  carrier,
  references,
  date('shippedOn', '011'),
  date('deliverOn', '017', '067'),
  within('supplier', [partner(['SU', 'SE', 'VN'], 'buyer')]),
  parties,
];

/** HL O. */
export const order: readonly Rule<ShipOrder>[] = [
  segment<ShipOrder>('PRF', [must(1, 'number', identifier(22)), at(4, 'date', day)]),
  segment('REF', [fixed(1, 'VN'), key(2, 'sellerOrder', whole(30))]),
  parties,
];

/** HL T and HL P. MEA04 is a composite that begins with the unit. */
export const packaged: readonly Rule<ShipPackage>[] = [
  segment<ShipPackage>('MEA', [
    fixed(1, 'PD'),
    fixed(2, 'G'),
    key(3, 'grossWeight', real(20, 'positive')),
    at(4, 'weightUnit', unit),
  ]),
  segment('MAN', [fixed(1, 'GM'), key(2, 'sscc', sscc)]),
  segment('MAN', [fixed(1, 'CP'), key(2, 'tracking', whole(48))]),
];

/** SN105 and SN106: what was ordered, in the unit of what was shipped. */
const ordered: Part<ShipItem> = {
  ...at<ShipItem>(5, 'ordered', real(9)),
  read(sn1, into, work) {
    if (sn1.see(6) !== sn1.see(3)) return;
    sn1.take(6);
    at<ShipItem>(5, 'ordered', real(9)).read(sn1, into, work);
  },
  write(from, to, work) {
    at<ShipItem>(5, 'ordered', real(9)).write(from, to, work);
    const written = unit.write(from.see('unit') ?? '', work);
    if (to.has(5) && written !== undefined) to.fill(written.text, 6);
  },
};

/** HL I. */
export const item: readonly Rule<ShipItem>[] = [
  segment<ShipItem>('LIN', [at(1, 'number', whole(20)), itemNumbers(2, 15)]),
  segment<ShipItem>('SN1', [must(2, 'quantity', real(10)), must(3, 'unit', unit), ordered]),
  segment('PRF', [key(1, 'orderNumber', identifier(22))]),
  description,
  segment('REF', [fixed(1, 'LT'), key(2, 'lot', whole(30))]),
  date('expires', '036'),
];
