import { ShipNotice } from '../canonical/ship-notice.ts';
import { identifier, word } from '../edi/codec.ts';
import { defineMap } from '../edi/define-map.ts';
import { Draft } from '../edi/draft.ts';
import { must } from '../edi/parts.ts';
import { header } from '../edi/rules.ts';
import { checkSsccs } from '../edi/sscc.ts';
import { moment } from './dates.ts';
import { documentCode, lineCount } from './frame-rules.ts';
import { datesAndWeight, partiesAndCarrier } from './ship-levels.ts';
import { shipTree, soleOrderWritten } from './ship-tree.ts';
import { D01B, D96A, EDIFACT } from './standard.ts';

/** DESADV: a shipment and what is in it. It has no sections: CPS name the ones that hold them. */
export const DESADV = defineMap<ShipNotice>({
  standard: EDIFACT,
  set: 'DESADV',
  kind: 'ShipNotice',
  schema: ShipNotice,
  begins: () => ({ kind: 'ShipNotice' }),
  releases: [D96A, D01B],
  implied: ['kind'],
  rules: [
    header('BGM', [
      documentCode('351'),
      must(2, 'number', identifier(35)),
      must(3, 'action', word({ create: '9', replace: '5', cancel: '1' })),
    ]),
    moment('date', 'time', '137'),
    ...datesAndWeight,
    soleOrderWritten,
    ...partiesAndCarrier,
    shipTree,
    lineCount(),
  ],
  settle(draft, work) {
    if (draft.get('action') === undefined) draft.set('action', 'create');
    checkSsccs(draft.items('contents'), 'note', work);
  },
  prepare(document, work) {
    checkSsccs(new Draft<ShipNotice>({ ...document }).items('contents'), 'reject', work);
    return document;
  },
});
