import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join, matchesGlob, posix } from 'node:path';
import type { Faults } from './faults.ts';
import { hashOf, type Tree } from './tree.ts';

/** A file that the partner took away. */
export interface Collected {
  readonly id: number;
  readonly name: string;
  readonly folder: string;
  readonly size: number;
  readonly sha256: string;
  readonly at: string;
  /** How often the same name or the same content was taken so far, this time included. */
  readonly copies: number;
}

/**
 * A partner that collects files the moment they have their final name, before the sender is told that the rename went
 * well. Where it collects from is set by `collect` faults.
 */
export class Collector {
  readonly #tree: Tree;
  readonly #faults: Faults;
  readonly #store: string;
  readonly #now: () => Date;
  #collected: Collected[] = [];
  #lastId = 0;

  constructor(parts: { tree: Tree; faults: Faults; store: string; now: () => Date }) {
    this.#tree = parts.tree;
    this.#faults = parts.faults;
    this.#store = parts.store;
    this.#now = parts.now;
  }

  /** Told of each file that appears; takes it if a rule wants it. */
  async arrived(path: string): Promise<void> {
    const clean = this.#tree.clean(path);
    const folder = posix.dirname(clean);
    const name = posix.basename(clean);
    if (!isFinal(name)) return;
    const wanted = this.#faults
      .all('collect')
      .some((rule) => this.#tree.clean(rule.folder) === folder && matchesGlob(name, rule.pattern));
    if (wanted) await this.#take(clean, folder, name);
  }

  /** Takes what is in a folder already. */
  async sweep(folder: string): Promise<void> {
    const local = await this.#tree.locate(folder);
    for (const name of await readdir(local).catch(() => [])) {
      if ((await stat(join(local, name))).isFile()) await this.arrived(posix.join(folder, name));
    }
  }

  async #take(path: string, folder: string, name: string): Promise<void> {
    const local = await this.#tree.locate(path);
    const { size } = await stat(local);
    const sha256 = await hashOf(local);
    this.#lastId += 1;
    const id = this.#lastId;
    await mkdir(this.#store, { recursive: true });
    await move(local, this.fileOf(id));
    const copies = 1 + this.#collected.filter((other) => other.name === name || other.sha256 === sha256).length;
    this.#collected.push({ id, name, folder, size, sha256, at: this.#now().toISOString(), copies });
  }

  list(): readonly Collected[] {
    return this.#collected;
  }

  /** Where the bytes of a collected file are kept. */
  fileOf(id: number): string {
    return join(this.#store, String(id));
  }

  async clear(): Promise<void> {
    this.#collected = [];
    await rm(this.#store, { recursive: true, force: true });
  }
}

function isFinal(name: string): boolean {
  return !name.startsWith('.') && !name.endsWith('.part') && !name.endsWith('.tmp');
}

async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    await copyFile(from, to);
    await rm(from);
  }
}
