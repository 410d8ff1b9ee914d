import assert from 'node:assert/strict';
import test from 'node:test';
import { checkIntegration } from '../../config/parse.ts';
import { formatProblem } from '../../config/problem.ts';
import { ENV, SAMPLE } from './sample.ts';

const FLOW = `
  records:
    kind: records-out
    schedule: { every: 1h }
    source:
      connection: visma
      entity: supplierInvoice
      filters:
        status: Open
    target:
      connection: partner
      folder: records
      name: records-{sequence:6}.csv
    format: { type: csv }
    rows:
      layout: lines
      columns:
        - { name: Number, field: referenceNumber }
        - { name: Account, field: invoiceLines.account.number }
`;

function problemsWith(text = '', replacement = ''): string[] {
  assert.ok(FLOW.includes(text));
  return checkIntegration(SAMPLE.trimEnd() + FLOW.replace(text, replacement), 'acme.yaml', ENV).problems.map((one) =>
    formatProblem(one).replace(/^acme\.yaml:\d+:\d+ flows\.records\./, ''),
  );
}

test('columns are paths into the record of the entity, and its filters are those of its list', () => {
  assert.deepEqual(problemsWith(), []);
});

test('a path that the record does not have is named with its line and the path that was meant', () => {
  const broken = FLOW.replace('field: referenceNumber', 'field: referenceNumbr');
  const [problem] = checkIntegration(SAMPLE.trimEnd() + broken, 'acme.yaml', ENV).problems;
  const line = (SAMPLE.trimEnd() + broken).split('\n').findIndex((text) => text.includes('referenceNumbr')) + 1;
  assert.equal(problem?.line, line);
  assert.equal(problem?.path, 'flows.records.rows.columns[1].field');
  assert.equal(problem?.message, 'supplierInvoice has no field "referenceNumbr"; did you mean "referenceNumber"?');
});

test('a path to a group, a line field outside of lines, and lines of what has none are refused', () => {
  assert.match(
    problemsWith('field: referenceNumber', 'field: supplier').join(),
    /is a group; name one of its fields: supplier\.internalId/,
  );
  assert.match(problemsWith('layout: lines', 'layout: headers').join(), /columns\[2\]\.field: is a field of lines/);
  const account = FLOW.replace('supplierInvoice', 'account').replace('status: Open', 'active: "true"');
  const messages = checkIntegration(SAMPLE.trimEnd() + account, 'acme.yaml', ENV).problems.map(
    ({ message }) => message,
  );
  assert.equal(messages[0], 'account has no lines; use headers');
});

test('a filter that the list does not have is refused', () => {
  assert.deepEqual(problemsWith('status: Open', 'statuss: Open'), [
    'source.filters.statuss: is no filter of supplierInvoice; it has: supplier, documentType, status, branch, financialPeriod',
  ]);
});
