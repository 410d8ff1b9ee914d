import type { Json } from './json.ts';

/** One write that took effect. A doubled posting is two of these. */
export interface Commit {
  readonly sequence: number;
  readonly entity: string;
  readonly key: string;
  readonly operation: 'create' | 'update' | 'attachment' | `action ${string}`;
  readonly at: string;
  readonly requestId: number;
  /** As it was sent, wrapped. */
  readonly body: Json;
}

/** Append-only; only `reset` begins a new one. */
export class CommitLog {
  readonly #commits: Commit[] = [];

  append(commit: Omit<Commit, 'sequence'>): void {
    this.#commits.push({ sequence: this.#commits.length + 1, ...commit });
  }

  list(): readonly Commit[] {
    return this.#commits;
  }
}
