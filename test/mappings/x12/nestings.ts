import type { Nesting } from '../edi/nest.ts';

const N1: Nesting = { tags: 'N2 N3 N4 REF PER' };
const SAC: Nesting = { tags: 'CUR TXI' };
const N9: Nesting = { tags: 'DTM MSG' };

/** The loops of the sets as far as the maps look into them. */
export const NESTINGS: Readonly<Record<string, Nesting>> = {
  '850': {
    tags: 'ST BEG CUR REF PER TAX FOB ITD DTM TD5 PID SE',
    loops: {
      SAC,
      N9,
      N1,
      PO1: { tags: 'CTP REF ITD TAX FOB SDQ DTM TD5', loops: { PID: { tags: 'MEA' }, SAC, N9, N1 } },
      CTT: { tags: 'AMT' },
    },
  },
};
