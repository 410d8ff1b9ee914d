import { PurchaseOrderAcknowledgment } from '../canonical/purchase-order-acknowledgment.ts';
import { identifier, whole } from '../edi/codec.ts';
import { defineMap } from '../edi/define-map.ts';
import { at, fixed, key, must } from '../edi/parts.ts';
import type { Rule } from '../edi/rule.ts';
import { header, loop, loops, readOnly, segment, within, writeOnly } from '../edi/rules.ts';
import { answer, lineStatus, outcomes } from './answer-parts.ts';
import { date } from './dates.ts';
import { currencyOfAmounts, documentCode, lineCount, numbered, sumsFollow } from './frame-rules.ts';
import { additionalItems, itemInLine } from './item-numbers.ts';
import { orderSums, statedLineAmount } from './order-sums.ts';
import { parties, partner, SUPPLIER } from './parties.ts';
import { linePrice } from './price-rule.ts';
import { D01B, D96A, EDIFACT } from './standard.ts';
import { adjustments, amount, currency, description, note, quantity, references } from './trade-rules.ts';

type Line = PurchaseOrderAcknowledgment['lines'][number];

const line: readonly Rule<Line>[] = [
  segment<Line>('LIN', [at(1, 'number', whole(6)), lineStatus, itemInLine]),
  additionalItems,
  description,
  quantity('21'),
  outcomes,
  linePrice,
  statedLineAmount,
];

/** ORDRSP: a seller's answer to an order, whose number stands in RFF ON. BGM has the number the seller has for it, unless RFF VN has. */
export const ORDRSP = defineMap<PurchaseOrderAcknowledgment>({
  standard: EDIFACT,
  set: 'ORDRSP',
  kind: 'PurchaseOrderAcknowledgment',
  schema: PurchaseOrderAcknowledgment,
  begins: () => ({ kind: 'PurchaseOrderAcknowledgment', lines: [] }),
  releases: [D96A, D01B],
  implied: ['kind'],
  rules: [
    readOnly(segment('RFF', [fixed([1, 1], 'VN'), key([1, 2], 'sellerOrder', whole(35))])),
    header('BGM', [documentCode('231'), at(2, 'sellerOrder', whole(35)), answer]),
    date('date', '137'),
    date('shipOn', '11', '10', '79'),
    date('deliverOn', '69', '67', '76', '17', '2'),
    note,
    loop('RFF', [
      segment('RFF', [fixed([1, 1], 'ON'), must([1, 2], 'number', identifier(35))]),
      date('orderDate', '171', '4'),
    ]),
    readOnly(date('orderDate', '4')),
    references('sellerOrder'),
    within('supplier', [partner(SUPPLIER)]),
    parties,
    currency('9'),
    adjustments,
    loops('lines', 'LIN', line, 200_000),
    sumsFollow(),
    writeOnly(amount('total', '79')),
    lineCount(),
    orderSums,
    currencyOfAmounts,
  ],
  prepare: (document) => ({ ...document, lines: numbered(document.lines) }),
});
