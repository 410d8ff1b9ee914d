import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PurchaseOrder } from '../../../mappings/canonical/purchase-order.ts';
import { STANDARD_TERMS } from '../../../mappings/edi/terms.ts';
import { ORDER_850 } from '../../../mappings/x12/purchase-order.ts';
import { carriedPart, documentsOf } from '../edi/carried.ts';
import { kept, nest } from '../edi/nest.ts';
import { NESTINGS } from './nestings.ts';

const context = {
  at: new Date('2026-11-27T00:00:00Z'),
  terms: STANDARD_TERMS,
  control: { interchange: '1', set: '1' },
};

test('an order comes back from 850 as it was, in all that is carried', () => {
  const orders = documentsOf(PurchaseOrder, ORDER_850.carries, ['lines.quantity', 'lines.ids.value']).filter(
    (order) => PurchaseOrder.safeParse(order).success,
  );
  fc.assert(
    fc.property(orders, (order) => {
      const written = ORDER_850.write(order, context);
      assert.ok(written.outcome === 'written', JSON.stringify(written));
      assert.deepEqual(written.lost, []);
      const st = { tag: 'ST', position: 1, offset: 0, elements: [[['850']], [['0001']]] };
      const read = ORDER_850.read(nest(kept(written.segments, st), NESTINGS['850']!), context);
      assert.ok(read.outcome === 'read', JSON.stringify([read, written.segments]));
      assert.deepEqual(read.unmapped, []);
      assert.deepEqual(read.findings, []);
      assert.deepEqual(carriedPart(read.document, ORDER_850.carries), carriedPart(order, ORDER_850.carries));
    }),
    { numRuns: 60 },
  );
});
