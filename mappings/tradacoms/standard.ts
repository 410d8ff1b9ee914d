import type { MapStandard } from '../edi/define-map.ts';

/**
 * What the maps of TRADACOMS have in common. Money are the cost and the subsidy of a line, and all sums. Recommended prices and what
 * was before a discount only tell of prices.
 */
export const TRADACOMS: MapStandard = {
  frame: ['MHD', 'MTR'],
  money: {
    ILD: [8, 9, 20],
    OLD: [7],
    STL: [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    TLR: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  },
};

/** The loop under which the header message of a file stands in the tree of each of its details. */
export const HEADER = 'HEADER';
