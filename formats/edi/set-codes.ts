import type { FindingRule } from './finding-rule.ts';

/** What can be wrong with groups, sets, segments and elements, as far as it takes no table of the set. */
export const SET_CODES = {
  // The group
  'group-header-missing': {
    layer: 'envelope',
    severity: 'reject',
    message: 'A set stands outside any functional group.',
    x12: ['interchange', '024'],
  },
  'group-unreadable': {
    layer: 'envelope',
    severity: 'reject',
    message: 'The header of a group lacks its type or its control number, so the group cannot be answered for itself.',
    x12: ['interchange', '024'],
    edifact: '13',
  },
  'group-trailer-missing': {
    layer: 'envelope',
    severity: 'reject',
    message: 'The group does not end with its trailer.',
    x12: ['group', '3'],
    edifact: '13',
  },
  'group-control-differs': {
    layer: 'envelope',
    severity: 'reject',
    message: 'Header and trailer of the group have different control numbers.',
    x12: ['group', '4'],
    edifact: '28',
  },
  'set-count-differs': {
    layer: 'envelope',
    severity: 'reject',
    message: 'The trailer of the group counts other sets than were read.',
    x12: ['group', '5'],
    edifact: '29',
  },
  'group-control-invalid': {
    layer: 'envelope',
    severity: 'reject',
    message: 'The group has no usable control number.',
    x12: ['group', '6'],
    edifact: '13',
  },
  'group-repeated': {
    layer: 'envelope',
    severity: 'reject',
    message: 'The interchange has an earlier group with the same control number.',
    x12: ['group', '6', '19'],
    edifact: '26',
  },
  'group-version-unknown': {
    layer: 'envelope',
    severity: 'accept-with-error',
    message: 'The version of the group is not known.',
    x12: ['group', '2'],
  },
  'set-unreadable': {
    layer: 'envelope',
    severity: 'reject',
    message: 'The header of a set lacks its type or its control number, so the set cannot be answered for itself.',
    x12: ['group', '5'],
    edifact: '13',
  },
  'too-many-faulty-sets': {
    layer: 'envelope',
    severity: 'reject',
    message: 'More sets of the group are faulty than are kept.',
    x12: ['group', '5'],
    edifact: '18',
  },

  // The set
  'set-trailer-missing': {
    layer: 'envelope',
    severity: 'reject',
    message: 'The set does not end with its trailer.',
    x12: ['set', '2'],
    edifact: '13',
  },
  'set-control-differs': {
    layer: 'envelope',
    severity: 'reject',
    message: 'Header and trailer of the set have different control numbers.',
    x12: ['set', '3'],
    edifact: '28',
  },
  'segment-count-differs': {
    layer: 'envelope',
    severity: 'reject',
    message: 'The trailer of the set counts other segments than were read.',
    x12: ['set', '4'],
    edifact: '29',
  },
  'set-id-invalid': {
    layer: 'envelope',
    severity: 'reject',
    message: 'The header of the set does not name its type.',
    x12: ['set', '6'],
    edifact: '13',
  },
  'set-control-invalid': {
    layer: 'envelope',
    severity: 'reject',
    message: 'The set has no usable control number.',
    x12: ['set', '7'],
    edifact: '13',
  },
  'set-repeated': {
    layer: 'envelope',
    severity: 'reject',
    message: 'An earlier set has the same control number.',
    x12: ['set', '23'],
    edifact: '26',
  },
  'set-out-of-order': {
    layer: 'envelope',
    severity: 'reject',
    message: 'The messages are not numbered from 1 without gaps.',
  },
  'set-unsupported': {
    layer: 'envelope',
    severity: 'reject',
    message: 'Sets of this type are not taken from this partner.',
    x12: ['set', '1'],
    edifact: '14',
  },
  'set-order': {
    layer: 'envelope',
    severity: 'reject',
    message: 'The messages of the file do not follow as header, details and trailers.',
  },
  'total-differs': {
    layer: 'envelope',
    severity: 'reject',
    message: 'A total is not the sum of what it sums up.',
  },
  'file-total-differs': {
    layer: 'envelope',
    severity: 'reject',
    message: 'A total of the file is not the sum, or the number, of its messages; the file is rejected whole.',
  },
  'too-many-segments': {
    layer: 'syntax',
    severity: 'reject',
    message: 'The set has more segments than are read.',
    x12: ['set', '5'],
    edifact: '18',
  },

  // Segments and elements
  'tag-invalid': {
    layer: 'syntax',
    severity: 'accept-with-error',
    message: 'The tag of a segment is not made of letters and digits as the standard has them.',
    x12: ['segment', '1'],
    edifact: '12',
  },
  'segment-too-long': {
    layer: 'syntax',
    severity: 'reject',
    message: 'A segment is longer than is read; its elements were passed over.',
    x12: ['segment', '8'],
    edifact: '39',
  },
  'segment-empty': { layer: 'syntax', severity: 'note', message: 'A segment has a tag and no element.' },
  'character-invalid': {
    layer: 'syntax',
    severity: 'accept-with-error',
    message: 'A value holds a control character.',
    x12: ['element', '6'],
    edifact: '21',
  },
} as const satisfies Record<string, FindingRule>;
