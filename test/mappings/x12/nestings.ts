import type { Nesting } from '../edi/nest.ts';

const N1: Nesting = { tags: 'N2 N3 N4 REF PER' };
const SAC: Nesting = { tags: 'CUR TXI' };
const N9: Nesting = { tags: 'DTM MSG' };
const ADX: Nesting = { tags: 'NTE PER', loops: { REF: { tags: 'DTM' } } };
const RMR: Nesting = { tags: 'NTE REF DTM', loops: { IT1: { tags: '' }, ADX } };
const PID: Nesting = { tags: 'MEA' };

/** The loops of the sets as far as the maps look into them. */
export const NESTINGS: Readonly<Record<string, Nesting>> = {
  '850': {
    tags: 'ST BEG CUR REF PER TAX FOB ITD DTM TD5 PID SE',
    loops: {
      SAC,
      N9,
      N1,
      PO1: { tags: 'CTP REF ITD TAX FOB SDQ DTM TD5', loops: { PID, SAC, N9, N1 } },
      CTT: { tags: 'AMT' },
    },
  },
  '810': {
    tags: 'ST BIG NTE CUR REF PER ITD DTM FOB PID TDS TXI CAD AMT CTT SE',
    loops: { SAC, N1, IT1: { tags: 'CUR IT3 TXI CTP PAM MEA PO4 ITD REF SDQ DTM CAD', loops: { PID, SAC, N1 } } },
  },
  '855': {
    tags: 'ST BAK CUR REF PER DTM TD5 PID SE',
    loops: {
      SAC,
      N9,
      N1,
      PO1: { tags: 'REF DTM', loops: { PID, SAC, ACK: { tags: 'DTM' }, N1 } },
      CTT: { tags: 'AMT' },
    },
  },
  '860': {
    tags: 'ST BCH CUR REF PER FOB ITD DTM TD5 SE',
    loops: { SAC, N9, N1, POC: { tags: 'REF DTM', loops: { PID, SAC, N9, N1 } }, CTT: { tags: 'AMT' } },
  },
  '820': {
    tags: 'ST BPR NTE TRN CUR REF DTM SE',
    loops: { N1, ENT: { tags: '', loops: { NM1: N1, ADX, RMR } }, ADX, RMR },
  },
  '856': {
    tags: 'ST BSN DTM CTT SE',
    loops: { HL: { tags: 'LIN SN1 SLN PRF PO4 PID MEA PWK PKG TD1 TD5 TD3 TD4 REF PER MAN DTM FOB', loops: { N1 } } },
  },
};
