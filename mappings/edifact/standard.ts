import type { MapStandard } from '../edi/define-map.ts';

/**
 * What the maps of EDIFACT have in common. ALC and TAX are money by being there: their amount may stand in another segment, or follow
 * from a percentage.
 */
export const EDIFACT: MapStandard = {
  frame: ['UNH', 'UNT', 'UNS'],
  money: { AJT: [1], ALC: [1], MOA: [1], TAX: [1, 5] },
};
