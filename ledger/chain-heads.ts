/** Where the chain of events of a document or batch ends. */
export interface ChainHead {
  readonly id: string;
  readonly eventCount: number;
  readonly eventHead: Buffer | null;
}

const MOST_HEADS = 10_000;

/**
 * Where chains ended when this process last saw them. It spares a question and a lock, and is a guess: others append too, and
 * transactions are taken back. The statement that relies on one does nothing where it is wrong.
 */
export class ChainHeads {
  readonly #heads = new Map<string, ChainHead>();

  get(id: string): ChainHead | undefined {
    return this.#heads.get(id);
  }

  learn({ id, eventCount, eventHead }: ChainHead): void {
    this.#heads.delete(id);
    this.#heads.set(id, { id, eventCount, eventHead });
    const [oldest] = this.#heads.size > MOST_HEADS ? this.#heads.keys() : [];
    if (oldest !== undefined) this.#heads.delete(oldest);
  }
}
