import type { FindingRule } from './finding-rule.ts';

/** What can be wrong with a set by its table, or by the profile of the partner. A message may be made more exact where it is found. */
export const TABLE_CODES = {
  // The set
  'set-without-table': {
    layer: 'table',
    severity: 'note',
    message: 'No table is known for sets of this type: what is in it was not checked.',
  },
  'release-without-table': {
    layer: 'table',
    severity: 'note',
    message: 'The release of the set has no table: it was checked by that of the nearest one.',
  },

  // Segments
  'segment-missing': {
    layer: 'table',
    severity: 'reject',
    message: 'A segment that must stand here is missing.',
    x12: ['segment', '3'],
    edifact: '13',
  },
  'segment-unexpected': {
    layer: 'table',
    severity: 'reject',
    message: 'The segment has no place where it stands.',
    x12: ['segment', '2'],
    edifact: '15',
  },
  'segment-out-of-order': {
    layer: 'table',
    severity: 'accept-with-error',
    message: 'The segment belongs further up.',
    x12: ['segment', '7'],
    edifact: '15',
  },
  'segment-unknown': {
    layer: 'table',
    severity: 'reject',
    message: 'The set has no such segment.',
    x12: ['segment', '6'],
    edifact: '15',
  },
  'segment-unlisted': {
    layer: 'table',
    severity: 'note',
    message: 'The table does not list the segment; it may not be complete.',
    x12: ['segment', '6'],
    edifact: '15',
  },
  'segment-over-maximum': {
    layer: 'table',
    severity: 'accept-with-error',
    message: 'The segment stands more often than it may.',
    x12: ['segment', '5'],
    edifact: '35',
  },
  'loop-over-maximum': {
    layer: 'table',
    severity: 'accept-with-error',
    message: 'The loop stands more often than it may.',
    x12: ['segment', '4'],
    edifact: '36',
  },

  'loop-repeated': {
    layer: 'table',
    severity: 'reject',
    message: 'An earlier loop of the set has the same number.',
    x12: ['element', '7'],
    edifact: '12',
  },
  'loop-parent-missing': {
    layer: 'table',
    severity: 'reject',
    message: 'The set has no loop of the number that the loop names as its parent.',
    x12: ['element', '7'],
    edifact: '12',
  },
  'loop-in-itself': {
    layer: 'table',
    severity: 'reject',
    message: 'The loop is its own parent, by way of others or at once.',
    x12: ['element', '7'],
    edifact: '12',
  },

  // Elements
  'element-missing': {
    layer: 'table',
    severity: 'reject',
    message: 'An element that must stand is missing.',
    x12: ['element', '1'],
    edifact: '13',
  },
  'element-condition': {
    layer: 'table',
    severity: 'accept-with-error',
    message: 'An element is missing that others call for.',
    x12: ['element', '2'],
    edifact: '13',
  },
  'element-excluded': {
    layer: 'table',
    severity: 'accept-with-error',
    message: 'An element stands beside one that excludes it.',
    x12: ['element', '10'],
    edifact: '15',
  },
  // 997 has no code for it; the nearest is that of an element that others exclude.
  'element-not-used': {
    layer: 'table',
    severity: 'accept-with-error',
    message: 'An element stands that must not.',
    x12: ['element', '10'],
    edifact: '15',
  },
  'too-many-elements': {
    layer: 'table',
    severity: 'accept-with-error',
    message: 'The segment has more elements than it may.',
    x12: ['element', '3'],
    edifact: '16',
  },
  'element-unlisted': {
    layer: 'table',
    severity: 'note',
    message: 'The table does not list the element; it may not be complete.',
    x12: ['element', '3'],
    edifact: '16',
  },
  // Codes 12 and 13 came with 005010; before it both are too many elements.
  'too-many-repetitions': {
    layer: 'table',
    severity: 'accept-with-error',
    message: 'The element is repeated more often than it may be.',
    x12: ['element', '3', '12'],
    edifact: '35',
  },
  'too-many-components': {
    layer: 'table',
    severity: 'accept-with-error',
    message: 'The element has more components than it may.',
    x12: ['element', '3', '13'],
    edifact: '16',
  },
  'element-too-short': {
    layer: 'table',
    severity: 'accept-with-error',
    message: 'The value is shorter than it may be.',
    x12: ['element', '4'],
    edifact: '40',
  },
  'element-too-long': {
    layer: 'table',
    severity: 'accept-with-error',
    message: 'The value is longer than it may be.',
    x12: ['element', '5'],
    edifact: '39',
  },
  'element-type': {
    layer: 'table',
    severity: 'reject',
    message: 'The value holds characters that its type does not have.',
    x12: ['element', '6'],
    edifact: '37',
  },
  'element-code': {
    layer: 'table',
    severity: 'accept-with-error',
    message: 'The value is none of the codes that may stand here.',
    x12: ['element', '7'],
    edifact: '12',
  },
  'element-date': {
    layer: 'table',
    severity: 'reject',
    message: 'The value is no date.',
    x12: ['element', '8'],
    edifact: '12',
  },
  'element-time': {
    layer: 'table',
    severity: 'reject',
    message: 'The value is no time of day.',
    x12: ['element', '9'],
    edifact: '12',
  },
} as const satisfies Record<string, FindingRule>;
