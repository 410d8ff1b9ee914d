import type { MapStandard } from '../edi/define-map.ts';

/** Directories that messages are written by. */
export const D96A = 'D.96A';
export const D01B = 'D.01B';

/**
 * What the maps of EDIFACT have in common. ALC and TAX are money by being there: their amount may stand in another segment, or follow
 * from a percentage.
 */
export const EDIFACT: MapStandard = {
  frame: ['UNH', 'UNT', 'UNS'],
  money: { AJT: [1], ALC: [1], MOA: [1], TAX: [1, 5] },
};
