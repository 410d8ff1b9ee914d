import assert from 'node:assert/strict';
import test from 'node:test';
import { deliveryWorkflowId, showable } from '../../activities/delivery.ts';

test('business keys stand in workflow ids as they are: supplier, voucher and file names', () => {
  for (const key of ['50001', 'Invoice/700001', 'outbound/invoices/invoices-20261121-000001.csv', '4500912345678']) {
    assert.equal(showable(key), key);
  }
});

test('a number that may be a birth number never stands in a workflow id', () => {
  for (const key of ['01019012345', '010190 12345', '900101-1234', '19900101-1234', '199001011234', '311299-1234']) {
    assert.match(showable(key), /^#[0-9a-f]{12}$/);
    const id = deliveryWorkflowId({ flow: 'acme/vendors-in', sourceKey: key, sourceVersion: '1', generation: 0 });
    assert.ok(!id.includes(key));
  }
});

test('two versions of a key, and two generations of a version, have workflows of their own', () => {
  const identity = { flow: 'acme/vendors-in', sourceKey: '50001', sourceVersion: 'a', generation: 0 };
  const ids = [identity, { ...identity, sourceVersion: 'b' }, { ...identity, generation: 1 }].map(deliveryWorkflowId);
  assert.equal(new Set(ids).size, 3);
});
