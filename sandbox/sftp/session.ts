import { constants, type Stats } from 'node:fs';
import { link, lstat, mkdir, open, readdir, rename, rm, rmdir, stat, truncate, unlink, utimes } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Attributes, FileEntry, SFTPWrapper } from 'ssh2';
import ssh2 from 'ssh2';
import type { Collector } from './collector.ts';
import type { Faults } from './faults.ts';
import { Handles } from './handles.ts';
import type { Journal } from './journal.ts';
import type { Tree } from './tree.ts';
import { attributesOf, localFlags, refuse, statusOf, wordsOf } from './wire.ts';

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp;

/** Entries in one answer; OpenSSH sends as many. */
const ENTRIES_PER_ANSWER = 100;

export interface World {
  readonly tree: Tree;
  readonly faults: Faults;
  readonly journal: Journal;
  readonly collector: Collector;
}

/**
 * Serves one SFTP session over the tree: requests one after the other, in the order of their arrival, so that what the
 * journal says is what happened. `cut` tears the connection.
 */
export function serveSession(sftp: SFTPWrapper, world: World, user: string, cut: () => void): void {
  const session = new Session(sftp, world, user, cut);
  session.listen();
}

class Session {
  readonly #sftp: SFTPWrapper;
  readonly #world: World;
  readonly #user: string;
  readonly #cut: () => void;
  readonly #handles = new Handles();
  #queue: Promise<void> = Promise.resolve();
  #ended = false;
  /** File bytes that went either way. */
  #moved = 0;

  constructor(sftp: SFTPWrapper, world: World, user: string, cut: () => void) {
    this.#sftp = sftp;
    this.#world = world;
    this.#user = user;
    this.#cut = cut;
  }

  listen(): void {
    const sftp = this.#sftp;
    sftp.on('OPEN', (id, path, flags) => this.#do(id, 'OPEN', path, () => this.#open(id, path, flags)));
    sftp.on('READ', (id, handle, at, length) => this.#do(id, 'READ', '', () => this.#read(id, handle, at, length)));
    sftp.on('WRITE', (id, handle, at, data) => this.#do(id, 'WRITE', '', () => this.#write(id, handle, at, data)));
    sftp.on('CLOSE', (id, handle) => this.#enqueue(id, () => this.#close(id, handle)));
    sftp.on('OPENDIR', (id, path) => this.#do(id, 'OPENDIR', path, () => this.#openFolder(id, path)));
    sftp.on('READDIR', (id, handle) => this.#do(id, 'READDIR', '', () => this.#readFolder(id, handle)));
    sftp.on('STAT', (id, path) => this.#do(id, 'STAT', path, () => this.#stat(id, path, stat)));
    sftp.on('LSTAT', (id, path) => this.#do(id, 'LSTAT', path, () => this.#stat(id, path, lstat)));
    sftp.on('FSTAT', (id, handle) => this.#do(id, 'FSTAT', this.#pathOf(handle), () => this.#fstat(id, handle)));
    sftp.on('SETSTAT', (id, path, to) => this.#do(id, 'SETSTAT', path, () => this.#setStat(id, path, to)));
    sftp.on('FSETSTAT', (id, handle, to) =>
      this.#do(id, 'FSETSTAT', this.#pathOf(handle), () => this.#setStat(id, this.#pathOf(handle), to)),
    );
    sftp.on('RENAME', (id, from, to) => this.#do(id, 'RENAME', from, () => this.#rename(id, from, to), to));
    sftp.on('REMOVE', (id, path) => this.#do(id, 'REMOVE', path, () => this.#remove(id, path)));
    sftp.on('MKDIR', (id, path) => this.#do(id, 'MKDIR', path, () => this.#makeFolder(id, path)));
    sftp.on('RMDIR', (id, path) => this.#do(id, 'RMDIR', path, () => this.#removeFolder(id, path)));
    sftp.on('REALPATH', (id, path) => this.#do(id, 'REALPATH', path, () => this.#realPath(id, path)));
    sftp.on('EXTENDED', (id, name) => this.#do(id, 'EXTENDED', name, () => refuse(STATUS_CODE.OP_UNSUPPORTED)));
    sftp.on('close', () => this.#end());
    sftp.on('error', () => this.#end());
  }

  #end(): void {
    this.#ended = true;
    this.#queue = this.#queue.then(() => this.#handles.closeAll());
  }

  #enqueue(id: number, work: () => Promise<number>): void {
    this.#queue = this.#queue.then(async () => {
      const slow = this.#world.faults.strike('slow');
      if (slow !== undefined) await sleep(slow.ms);
      if (this.#ended) return;
      const status = await work();
      if (status !== STATUS_CODE.OK) this.#sftp.status(id, status, wordsOf(status));
    });
  }

  #do(id: number, operation: string, path: string, work: () => Promise<void>, target?: string): void {
    this.#enqueue(id, async () => {
      const status = await work().then(() => STATUS_CODE.OK, statusOf);
      if (path !== '') this.#note({ operation, path, status, ...(target !== undefined && { target }) });
      return status;
    });
  }

  #note(row: { operation: string; path: string; status: number; bytesRead?: number; bytesWritten?: number }): void {
    this.#world.journal.note({ user: this.#user, ...row });
  }

  #pathOf(handle: Buffer): string {
    return this.#handles.get(handle)?.path ?? '?';
  }

  #ok(id: number): void {
    this.#sftp.status(id, STATUS_CODE.OK);
  }

  async #open(id: number, path: string, flags: number): Promise<void> {
    const file = await open(await this.#world.tree.locate(path), localFlags(flags), 0o644);
    const use = flags & OPEN_MODE.WRITE ? 'write' : 'read';
    this.#sftp.handle(id, this.#handles.add({ kind: 'file', path, file, use, bytesRead: 0, bytesWritten: 0 }));
  }

  async #read(id: number, handle: Buffer, at: number, length: number): Promise<void> {
    const opened = this.#handles.file(handle);
    const buffer = Buffer.alloc(Math.min(length, 32_768));
    const { bytesRead } = await opened.file.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) refuse(STATUS_CODE.EOF);
    if (this.#roomBeforeCut(bytesRead) < bytesRead) return this.#strikeCut();
    opened.bytesRead += bytesRead;
    this.#moved += bytesRead;
    this.#sftp.data(id, buffer.subarray(0, bytesRead));
  }

  async #write(id: number, handle: Buffer, at: number, data: Buffer): Promise<void> {
    const opened = this.#handles.file(handle);
    if (this.#world.faults.strike('no-space') !== undefined) refuse(STATUS_CODE.FAILURE);
    const room = this.#roomBeforeCut(data.length);
    await opened.file.write(data, 0, Math.min(room, data.length), at);
    if (room < data.length) return this.#strikeCut();
    opened.bytesWritten += data.length;
    this.#moved += data.length;
    this.#ok(id);
  }

  #roomBeforeCut(wanted: number): number {
    const fault = this.#world.faults.find('cut-after-bytes');
    return fault === undefined ? wanted : Math.max(0, fault.bytes - this.#moved);
  }

  #strikeCut(): void {
    this.#world.faults.strike('cut-after-bytes');
    this.#ended = true;
    this.#cut();
  }

  async #close(id: number, handle: Buffer): Promise<number> {
    const opened = this.#handles.get(handle);
    if (opened === undefined) return STATUS_CODE.FAILURE;
    await this.#handles.close(handle);
    if (opened.kind === 'file') {
      const { path, bytesRead, bytesWritten } = opened;
      if (opened.use === 'write') await this.#world.collector.arrived(path);
      this.#note({ operation: 'CLOSE', path, status: STATUS_CODE.OK, bytesRead, bytesWritten });
    }
    this.#ok(id);
    return STATUS_CODE.OK;
  }

  async #openFolder(id: number, path: string): Promise<void> {
    const local = await this.#world.tree.locate(path);
    const entries: FileEntry[] = [];
    for (const name of await readdir(local)) {
      const stats = await lstat(join(local, name)).catch(() => undefined);
      if (stats !== undefined) entries.push({ filename: name, longname: name, attrs: attributesOf(stats) });
    }
    const extra = this.#world.faults.strike('list-names')?.names ?? [];
    const attrs = { mode: constants.S_IFREG | 0o644, uid: 0, gid: 0, size: 1, atime: 0, mtime: 0 };
    for (const filename of extra) entries.push({ filename, longname: filename, attrs });
    this.#sftp.handle(id, this.#handles.add({ kind: 'folder', path, entries }));
  }

  async #readFolder(id: number, handle: Buffer): Promise<void> {
    const opened = this.#handles.get(handle);
    if (opened?.kind !== 'folder') return refuse(STATUS_CODE.FAILURE);
    if (opened.entries.length === 0) refuse(STATUS_CODE.EOF);
    this.#sftp.name(id, opened.entries.splice(0, ENTRIES_PER_ANSWER));
  }

  async #stat(id: number, path: string, look: (local: string) => Promise<Stats>): Promise<void> {
    this.#sftp.attrs(id, attributesOf(await look(await this.#world.tree.locate(path))));
  }

  async #fstat(id: number, handle: Buffer): Promise<void> {
    this.#sftp.attrs(id, attributesOf(await this.#handles.file(handle).file.stat()));
  }

  async #setStat(id: number, path: string, to: Partial<Attributes>): Promise<void> {
    const local = await this.#world.tree.locate(path);
    if (to.size !== undefined) await truncate(local, to.size);
    if (to.atime !== undefined && to.mtime !== undefined) await utimes(local, to.atime, to.mtime);
    this.#ok(id);
  }

  /** SFTP v3 renames never overwrite. For a file, a hard link makes that hold even when two do it at once. */
  async #rename(id: number, from: string, to: string): Promise<void> {
    const fault = this.#world.faults.strike('refuse-rename');
    if (fault !== undefined) refuse(fault.code);
    const source = await this.#world.tree.locate(from);
    const target = await this.#world.tree.locate(to);
    if ((await lstat(source)).isDirectory()) {
      if (await lstat(target).catch(() => undefined)) refuse(STATUS_CODE.FAILURE);
      await rename(source, target);
    } else {
      await link(source, target);
      await unlink(source);
      await this.#world.collector.arrived(to);
    }
    this.#ok(id);
  }

  async #remove(id: number, path: string): Promise<void> {
    await rm(await this.#world.tree.locate(path));
    this.#ok(id);
  }

  async #makeFolder(id: number, path: string): Promise<void> {
    await mkdir(await this.#world.tree.locate(path));
    this.#ok(id);
  }

  async #removeFolder(id: number, path: string): Promise<void> {
    await rmdir(await this.#world.tree.locate(path));
    this.#ok(id);
  }

  async #realPath(id: number, path: string): Promise<void> {
    const filename = this.#world.tree.clean(posix.normalize(path));
    this.#sftp.name(id, [{ filename, longname: filename, attrs: {} as Attributes }]);
  }
}
