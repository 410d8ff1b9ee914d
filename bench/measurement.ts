/** One measured figure, and what it was held against in the same run. */
export interface Measurement {
  readonly bench: string;
  readonly case: string;
  readonly value: number;
  readonly unit: string;
  readonly against: number | null;
  readonly ratio: number | null;
  /** What the ratio, or the value where there is none, has to reach. */
  readonly goal: number | null;
  readonly met: boolean;
}

/** The middle of some figures, so that one disturbed round does not decide. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  return (low + high) / 2;
}
