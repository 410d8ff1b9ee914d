/** Running sums of whole numbers, by the element they come from. */
export class Sums {
  readonly #sums = new Map<number, bigint>();
  readonly #unknown = new Set<number>();

  /** Adds a value; the sum of an element that was once left out, or is no number, is not known. */
  add(element: number, text: string): void {
    const value = wholeOf(text);
    if (value === undefined) this.#unknown.add(element);
    else this.#sums.set(element, (this.#sums.get(element) ?? 0n) + value);
  }

  /** Whether a total says otherwise. One that is left out, or of an unknown sum, says nothing. */
  differs(element: number, total: string): boolean {
    if (total === '' || this.#unknown.has(element)) return false;
    return wholeOf(total) !== (this.#sums.get(element) ?? 0n);
  }
}

function wholeOf(text: string): bigint | undefined {
  return /^-?\d{1,18}$/.test(text) ? BigInt(text) : undefined;
}
