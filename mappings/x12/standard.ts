import type { MapStandard } from '../edi/define-map.ts';

/** What the maps of X12 have in common. The places of money are those of 004010; SAC07 and SAC08 matter where SAC05 is missing. */
export const X12: MapStandard = {
  frame: ['LS', 'LE'],
  money: {
    ADX: [1],
    AMT: [2],
    BPR: [2],
    CSH: [3],
    CTP: [3, 8],
    DED: [6],
    DIS: [3],
    IT1: [2, 4],
    ITA: [7, 8, 9],
    ITD: [8, 10],
    PAM: [5],
    PO1: [4],
    POC: [6],
    RMR: [4, 5, 6, 8],
    SAC: [5, 7, 8],
    SLN: [6],
    TDS: [1, 2, 3, 4],
    TXI: [2, 3],
    TXP: [5, 7, 9],
  },
};
