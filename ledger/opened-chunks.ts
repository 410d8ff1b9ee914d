/** Chunks of at most a mebibyte each. */
const MOST_CHUNKS = 8;

/**
 * Chunks of bodies that were opened last. A file of ten thousand records is one chunk, which each of its documents asks for; whoever
 * asks while it is being opened waits for the same.
 */
export class OpenedChunks {
  readonly #chunks = new Map<string, Promise<Buffer>>();

  /** The chunk of this name, opened now unless it is at hand. One that cannot be opened is not kept. */
  get(name: string, open: () => Promise<Buffer>): Promise<Buffer> {
    const chunk = this.#chunks.get(name) ?? open();
    this.#chunks.delete(name);
    this.#chunks.set(name, chunk);
    chunk.catch(() => this.#chunks.delete(name));
    const [oldest] = this.#chunks.size > MOST_CHUNKS ? this.#chunks.keys() : [];
    if (oldest !== undefined) this.#chunks.delete(oldest);
    return chunk;
  }
}
