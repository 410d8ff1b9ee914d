import { ShipNotice } from '../canonical/ship-notice.ts';
import { identifier, word } from '../edi/codec.ts';
import { day } from '../edi/days.ts';
import { defineMap } from '../edi/define-map.ts';
import { Draft } from '../edi/draft.ts';
import { at, must } from '../edi/parts.ts';
import type { Part } from '../edi/rule.ts';
import { count, header, readOnly } from '../edi/rules.ts';
import { checkSsccs } from '../edi/sscc.ts';
import { time } from '../edi/times.ts';
import { shipTree } from './ship-tree.ts';
import { X12 } from './standard.ts';
import { date } from './trade-rules.ts';

/** BSN05. It only announces what the HLs say. */
const structure: Part<ShipNotice> = {
  carries: [],
  matches: () => true,
  fits: () => true,
  read: (bsn) => void bsn.take(5),
  write: (_, to, { terms }) => to.fill(terms.shipStructure === 'packages' ? '0001' : '0004', 5),
};

/** 856: a shipment and what is in it. CTT01 counts the HLs. */
export const SHIP_NOTICE_856 = defineMap<ShipNotice>({
  standard: X12,
  set: '856',
  kind: 'ShipNotice',
  schema: ShipNotice,
  begins: () => ({ kind: 'ShipNotice' }),
  implied: ['kind'],
  rules: [
    header('BSN', [
      must(1, 'action', word({ create: '00', cancel: '01', replace: '05' })),
      must(2, 'number', identifier(30)),
      must(3, 'date', day),
      at(4, 'time', time),
      structure,
    ]),
    readOnly(date('shippedOn', '011')),
    readOnly(date('deliverOn', '017', '067')),
    shipTree,
    count('CTT', 1, 'HL'),
  ],
  settle: (draft, work) => checkSsccs(draft.items('contents'), 'note', work),
  /** BSN04 has to be there. */
  prepare(document, work) {
    checkSsccs(new Draft<ShipNotice>({ ...document }).items('contents'), 'reject', work);
    return { time: work.at.toISOString().slice(11, 16), ...document };
  },
});
