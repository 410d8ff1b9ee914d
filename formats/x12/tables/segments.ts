import type { SegmentLibrary } from '../../tables/form.ts';
import { GOODS } from './segments/goods.ts';
import { MONEY } from './segments/money.ts';
import { PARTIES } from './segments/parties.ts';
import { REFERENCES } from './segments/references.ts';
import { TRANSPORT } from './segments/transport.ts';

/**
 * Segments that sets of 004010 share, and what 005010 changed in them. Conditions stand here where two guides agree on them;
 * what no guide showed is left out, and so is noted at most.
 */
export const X12_SEGMENTS: SegmentLibrary = {
  standard: 'X12',
  release: '004010',
  segments: { ...PARTIES, ...REFERENCES, ...MONEY, ...GOODS, ...TRANSPORT },
  patches: {
    '005010': {
      'REF.02': '127 AN 1 50',
      'REF.04.2': '127 AN 1 50',
      'REF.04.4': '127 AN 1 50',
      'REF.04.6': '127 AN 1 50',
      'N9.02': '127 AN 1 50',
      'N9.07.2': '127 AN 1 50',
      'N9.07.4': '127 AN 1 50',
      'N9.07.6': '127 AN 1 50',
      'SAC.13': '127 AN 1 50',
      'PER.04': '364 AN 1 256',
      'PER.06': '364 AN 1 256',
      'PER.08': '364 AN 1 256',
      'IT1.02': '358 R 1 15',
      'TD3.03': '207 AN 1 15',
    },
  },
};
