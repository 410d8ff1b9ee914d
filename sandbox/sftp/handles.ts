import type { FileHandle } from 'node:fs/promises';
import type { FileEntry } from 'ssh2';

export interface OpenFile {
  readonly kind: 'file';
  readonly path: string;
  readonly file: FileHandle;
  readonly use: 'read' | 'write';
  bytesRead: number;
  bytesWritten: number;
}

export interface OpenFolder {
  readonly kind: 'folder';
  readonly path: string;
  /** What is still to be told. */
  readonly entries: FileEntry[];
}

/** The open files and folders of one session, by the opaque handle its client holds. */
export class Handles {
  readonly #open = new Map<number, OpenFile | OpenFolder>();
  #last = 0;

  add(opened: OpenFile | OpenFolder): Buffer {
    this.#last += 1;
    this.#open.set(this.#last, opened);
    const handle = Buffer.alloc(4);
    handle.writeUInt32BE(this.#last);
    return handle;
  }

  get(handle: Buffer): OpenFile | OpenFolder | undefined {
    return handle.length === 4 ? this.#open.get(handle.readUInt32BE()) : undefined;
  }

  /** Throws EBADF when the handle is not one of an open file. */
  file(handle: Buffer): OpenFile {
    const opened = this.get(handle);
    if (opened?.kind !== 'file') throw Object.assign(new Error('no such open file'), { code: 'EBADF' });
    return opened;
  }

  async close(handle: Buffer): Promise<void> {
    const opened = this.get(handle);
    this.#open.delete(handle.readUInt32BE());
    if (opened?.kind === 'file') await opened.file.close();
  }

  async closeAll(): Promise<void> {
    const open = [...this.#open.values()];
    this.#open.clear();
    for (const opened of open) if (opened.kind === 'file') await opened.file.close();
  }
}
