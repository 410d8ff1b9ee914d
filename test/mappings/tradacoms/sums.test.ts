import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { TradacomsFile } from '../../../mappings/tradacoms/file.ts';
import { contextOf } from '../edi/context.ts';
import { junk } from '../edi/junk.ts';
import { setsIn } from '../edi/sets-in.ts';

const FOLDER = new URL('golden/', import.meta.url);
const INVOICE = readFileSync(new URL('invoices-two-rates.edi', FOLDER), 'latin1');

function read(text: string) {
  const file = new TradacomsFile();
  return setsIn(Buffer.from(text, 'latin1')).map((set) => file.take(set.header.type, set.tree, contextOf(set)));
}

function findingsOf(text: string): string[] {
  return read(text).flatMap((part) => {
    const findings = part.kind === 'document' ? part.read.findings : part.kind === 'trailer' ? part.findings : [];
    return findings.map(({ severity, message }) => `${severity}: ${message}`);
  });
}

test('a sum of a rate that its lines do not come to stands with both sums in the finding', () => {
  const findings = findingsOf(INVOICE.replace('432500+S', '442500+S'));
  assert.ok(findings.includes('reject: The invoice comes to 44.25 here, it says 43.25.'), findings.join('\n'));
});

test('a sum of the invoice that its rates do not come to stands with both sums in the finding', () => {
  assert.deepEqual(findingsOf(INVOICE.replace('+757++7482', '+757++7481')), [
    'reject: The invoice comes to 74.82 here, it says 74.81.',
    'reject: The file comes to 74.81 here, it says 74.82.',
  ]);
});

test('a sum of the file that its invoices do not come to stands with both sums in the finding', () => {
  assert.deepEqual(findingsOf(INVOICE.replace('TOT=6725+6725+757++7482', 'TOT=6725+6725+757++7582')), [
    'reject: The file comes to 74.82 here, it says 75.82.',
  ]);
});

test('each amount of an invoice is needed as it is', () => {
  const invoice = INVOICE.slice(0, INVOICE.indexOf('VATTLR'));
  const amounts = [...invoice.matchAll(/(?<=STL=[^']*\+|TLR=[^']*\+)(4325|2400|6725|757|5082|7482)(?=[+'])/g)];
  assert.equal(amounts.length, 14);
  for (const { 0: amount, index } of amounts) {
    const changed = invoice.slice(0, index) + String(Number(amount) + 1) + invoice.slice(index + amount.length);
    const [document] = read(changed).flatMap((part) => (part.kind === 'document' ? [part.read] : []));
    assert.equal(document!.outcome, 'refused', `${amount} at ${index}`);
  }
});

test('whatever stands in a message, a map gives an outcome', () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.edi'));
  const mutant = fc.tuple(fc.constantFrom(...files), fc.nat(), fc.nat(), junk);
  fc.assert(
    fc.property(mutant, ([name, atSegment, atValue, value]) => {
      const segments = readFileSync(new URL(name, FOLDER), 'latin1').split("'\n");
      const index = 2 + (atSegment % (segments.length - 4));
      const values = segments[index]!.split(/(?=[+:=])/);
      values[1 + (atValue % (values.length - 1))] = `+${value}`;
      segments[index] = values.join('');
      for (const part of read(segments.join("'\n"))) {
        if (part.kind !== 'document') continue;
        const isRefused = part.read.findings.some(({ severity }) => severity === 'reject');
        assert.equal(part.read.outcome, isRefused ? 'refused' : 'read');
      }
    }),
    { numRuns: 300 },
  );
});
