import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { freeFor, paceOf } from '../../ledger/quota-shares.ts';

const SHARES = { operator: 5, poll: 20, post: 50, bulk: 10 };
const CLASSES = Object.keys(SHARES);
const settings = { sharesPercent: SHARES };

const counts = (max: number) =>
  fc.record({ operator: fc.nat(max), poll: fc.nat(max), post: fc.nat(max), bulk: fc.nat(max) });
const total = (byClass: Readonly<Record<string, number>>) => Object.values(byClass).reduce((sum, n) => sum + n, 0);

test('a class gets what others have not been guaranteed', () => {
  const fresh = { callLimit: 100, used: 0, usedBy: {} };
  assert.equal(freeFor(settings, fresh, 'operator'), 100 - 80);
  assert.equal(freeFor(settings, fresh, 'post'), 100 - 35);
  assert.equal(freeFor(settings, { callLimit: 100, used: 65, usedBy: { post: 65 } }, 'post'), 0);
  assert.equal(freeFor(settings, { callLimit: 100, used: 65, usedBy: { post: 65 } }, 'operator'), 5);
});

test('hundreds who wait in one class leave the guarantee of another untouched', () => {
  const fresh = { callLimit: 100, used: 0, usedBy: {} };
  assert.equal(freeFor(settings, fresh, 'operator', { bulk: 500 }), 5);
  assert.equal(freeFor(settings, fresh, 'operator', { bulk: 500, operator: 4 }), 1);
  assert.equal(freeFor(settings, fresh, 'operator', { bulk: 500, operator: 5 }), 0);
});

test('what others than us have used is taken from everybody in proportion, not from one class', () => {
  const foreign = { callLimit: 100, used: 60, usedBy: {} };
  assert.equal(freeFor(settings, foreign, 'poll'), 40 - 2 - 20 - 4);
  assert.ok(CLASSES.every((name) => freeFor(settings, foreign, name) > 0));
});

test('with a limit of one call there is still somebody who may take it', () => {
  for (const name of CLASSES) assert.equal(freeFor(settings, { callLimit: 1, used: 0, usedBy: {} }, name), 1);
});

test('the limit is never exceeded, and no class is refused what it was guaranteed, in whatever order they come', () => {
  const order = fc.array(fc.constantFrom(...CLASSES), { maxLength: 300 });
  const property = fc.property(fc.integer({ min: 0, max: 120 }), order, (callLimit, takers) => {
    const usedBy: Record<string, number> = {};
    for (const name of takers) {
      const used = total(usedBy);
      const isFree = freeFor(settings, { callLimit, used, usedBy }, name) > 0;
      const guarantee = Math.floor(((SHARES[name as keyof typeof SHARES] ?? 0) / 100) * callLimit);
      if ((usedBy[name] ?? 0) < guarantee) assert.ok(isFree, `${name} is guaranteed ${guarantee}`);
      if (isFree) usedBy[name] = (usedBy[name] ?? 0) + 1;
    }
    assert.ok(total(usedBy) <= callLimit);
  });
  fc.assert(property, { numRuns: 300 });
});

test('who waits is never given more than is left, and nobody is starved by those behind', () => {
  const property = fc.property(counts(60), counts(300), fc.nat(50), (usedBy, ahead, foreign) => {
    const spent = { callLimit: 200, used: total(usedBy) + foreign, usedBy };
    for (const name of CLASSES) {
      const alone = freeFor(settings, spent, name);
      const behind = freeFor(settings, spent, name, ahead);
      assert.ok(behind <= alone);
      assert.ok(alone <= Math.max(0, 200 - spent.used));
    }
  });
  fc.assert(property, { numRuns: 300 });
});

test('writes are spread over the rest of a window when a fifth of its calls is left, one behind the other', () => {
  const spent = (used: number) => ({ callLimit: 100, used, usedBy: {} });
  assert.equal(paceOf(spent(79), 'post', {}, 60_000), 0);
  assert.equal(paceOf(spent(81), 'post', {}, 60_000), 3000);
  assert.equal(paceOf(spent(81), 'post', { post: 3, poll: 1 }, 60_000), 15_000);
  assert.equal(paceOf(spent(81), 'bulk', { post: 300 }, 60_000), 60_000);
  assert.equal(paceOf(spent(99), 'operator', {}, 60_000), 0);
  assert.equal(paceOf(spent(99), 'poll', {}, 60_000), 0);
});
