import assert from 'node:assert/strict';
import test from 'node:test';
import type { WrittenSegment } from '../../../formats/edi/set-tree.ts';
import { BUILT_IN_TABLES } from '../../../formats/tables/built-in.ts';
import { TableShelf } from '../../../formats/tables/shelf.ts';
import { WrittenChecker } from '../../../formats/tables/written-checker.ts';

const SHELF = new TableShelf(BUILT_IN_TABLES, { '850': { patch: { '/N1[ST]': '1 1' } } });
const table = (type: string, release: string, standard: 'X12' | 'EDIFACT' = 'X12') => {
  const found = SHELF.find({ standard, type, release });
  assert.ok(found);
  return new WrittenChecker(found.graph);
};

const ORDER: readonly WrittenSegment[] = [
  { tag: 'BEG', elements: ['00', 'SA', 'PO1', '', '20260101'] },
  { tag: 'N1', elements: ['ST', 'Bjørn Ærlig'] },
  { tag: 'PO1', elements: ['1', '5', 'EA', '12.50', '', 'UP', '1'] },
];

function told(checker: WrittenChecker, segments: readonly WrittenSegment[]): string[] {
  for (const segment of segments) checker.take(segment);
  return checker.end().map(({ code, tag, element, component, segment, layer }) => {
    return `${code} ${tag}${element === 0 ? '' : `.${element}${component === 0 ? '' : `.${component}`}`} ${segment} ${layer}`;
  });
}

test('a set that its table describes may be written, one after the other', () => {
  const checker = table('850', '004010');
  assert.deepEqual(told(checker, ORDER), []);
  assert.deepEqual(told(checker, ORDER), []);
});

test('what a partner would find in a set is found before it is written', () => {
  const [beginning, , line] = ORDER;
  assert.ok(beginning && line);
  const faulty: readonly WrittenSegment[] = [
    { tag: 'BEG', elements: ['00', 'SA', 'A-NUMBER-OF-MORE-THAN-22', '', '20261301'] },
    { tag: 'N1', elements: ['BY'] },
    { tag: 'PO1', elements: ['1', '5,0', 'EA', '12.50', '', 'UP'] },
    { tag: 'BEG', elements: [] },
  ];
  assert.deepEqual(told(table('850', '004010'), faulty), [
    'element-too-long BEG.3 2 table',
    'element-date BEG.5 2 table',
    'element-condition N1.2 3 table',
    'segment-missing N1 4 profile',
    'element-type PO1.2 4 table',
    'element-condition PO1.7 4 table',
    'segment-out-of-order BEG 5 table',
    'element-missing BEG.1 5 table',
    'element-missing BEG.2 5 table',
    'element-missing BEG.3 5 table',
    'element-missing BEG.5 5 table',
  ]);
  assert.deepEqual(told(table('850', '004010'), ORDER.slice(0, 2)), ['segment-missing PO1 4 table']);
});

test('composites and repetitions of a set to be written are looked at', () => {
  const lines: readonly WrittenSegment[] = [
    { tag: 'BGM', elements: ['220', 'PO1', '9'] },
    { tag: 'DTM', elements: [['137', '20260132', '102']] },
    { tag: 'FTX', elements: ['AAI', '', '', ['a', 'b']] },
    { tag: 'LIN', elements: ['1', '', ['123', 'EN']] },
    {
      tag: 'QTY',
      elements: [
        {
          repetitions: [
            ['21', '5'],
            ['21', '6'],
          ],
        },
      ],
    },
    { tag: 'UNS', elements: ['S'] },
  ];
  assert.deepEqual(told(table('ORDERS', 'D.96A', 'EDIFACT'), lines), [
    'element-date DTM.1.2 3 table',
    'too-many-repetitions QTY.1 6 table',
  ]);
});

test('the value at fault is kept apart from the message', () => {
  const checker = table('850', '004010');
  checker.take({ tag: 'BEG', elements: ['00', 'SA', 'PO1', '', 'SECRET'] });
  const [finding] = checker.end();
  assert.deepEqual([finding?.value, finding?.severity, finding?.ackCode], ['SECRET', 'reject', '8']);
  assert.doesNotMatch(finding?.message ?? '', /SECRET/);
});
