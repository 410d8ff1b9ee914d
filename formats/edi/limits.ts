/** How much of one thing is held in memory before it is given up; what lies beyond is read past and found fault with. */
export interface Limits {
  /** Elements of one segment; every component and repetition counts as one. */
  readonly elementsPerSegment: number;
  readonly bytesPerElement: number;
  readonly bytesPerSegment: number;
  readonly segmentsPerSet: number;
  /** Findings of each severity kept for one set, group, interchange and file; more are counted into the verdict only. */
  readonly findingsPerSet: number;
  /** Rejected sets of one group; beyond it the group is rejected whole. */
  readonly faultySetsPerGroup: number;
  /** Findings kept of all those sets together; beyond it the next one is one too many. */
  readonly findingsPerGroup: number;
  /** Control numbers of one file remembered to find repeated ones. */
  readonly controlNumbersPerFile: number;
}

export const DEFAULT_LIMITS: Limits = {
  elementsPerSegment: 10_000,
  bytesPerElement: 4_194_304,
  bytesPerSegment: 16_777_216,
  segmentsPerSet: 5_000_000,
  findingsPerSet: 1_000,
  faultySetsPerGroup: 10_000,
  findingsPerGroup: 100_000,
  controlNumbersPerFile: 1_000_000,
};
