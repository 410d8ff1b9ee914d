import { createHash } from 'node:crypto';
import { createReadStream, type Dirent } from 'node:fs';
import { lstat, mkdir, readdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, posix, relative, sep } from 'node:path';

export interface TreeFile {
  /** As an SFTP client sees it: `/inbound/x.csv`. */
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  readonly modifiedAt: string;
}

/** A request that would leave the served folder. */
export class PathEscape extends Error {
  readonly code = 'EACCES';
}

/** The served folder. Remote paths are POSIX and rooted in it, as behind a chroot. */
export class Tree {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  /** Makes the root if need be. */
  static async open(root: string): Promise<Tree> {
    await mkdir(root, { recursive: true });
    return new Tree(await realpath(root));
  }

  /** The remote path without `.` and `..`; the latter cannot climb above the root. */
  clean(path: string): string {
    return posix.normalize(`/${path}`).replace(/(?<=.)\/$/, '');
  }

  /** The local path of a remote one. Throws PathEscape when a link on the way leads out of the root. */
  async locate(path: string): Promise<string> {
    if (path.includes('\0')) throw new PathEscape('a path cannot hold NUL');
    const local = join(this.root, this.clean(path));
    if (local === this.root || local === `${this.root}${sep}`) return this.root;
    await this.#assertInside(dirname(local));
    const found = await lstat(local).catch(() => undefined);
    if (found?.isSymbolicLink()) await this.#assertInside(local);
    return local;
  }

  async #assertInside(local: string): Promise<void> {
    const real = await realpath(local);
    if (real !== this.root && !real.startsWith(`${this.root}${sep}`)) throw new PathEscape(`${local} leaves the root`);
  }

  async makeFolder(path: string): Promise<void> {
    await mkdir(join(this.root, this.clean(path)), { recursive: true });
  }

  /** Puts a file in place at once, over one of that name if there is one. */
  async put(path: string, content: Uint8Array): Promise<void> {
    await this.makeFolder(posix.dirname(this.clean(path)));
    const local = await this.locate(path);
    const temp = join(dirname(local), `.${process.pid}-${posix.basename(local)}.part`);
    await writeFile(temp, content);
    await rename(temp, local);
  }

  async remove(path: string): Promise<void> {
    await rm(await this.locate(path), { force: true });
  }

  async empty(): Promise<void> {
    for (const name of await readdir(this.root)) await rm(join(this.root, name), { recursive: true, force: true });
  }

  /** Everything there is, sorted by path. */
  async contents(): Promise<{ files: TreeFile[]; folders: string[] }> {
    const found = await readdir(this.root, { recursive: true, withFileTypes: true });
    const folders = found.filter((entry) => entry.isDirectory()).map((entry) => this.#remotePath(entry));
    const files: TreeFile[] = [];
    for (const entry of found) if (entry.isFile()) files.push(await this.#describe(entry));
    return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), folders: folders.sort() };
  }

  #remotePath(entry: Dirent): string {
    return `/${relative(this.root, join(entry.parentPath, entry.name)).split(sep).join('/')}`;
  }

  async #describe(entry: Dirent): Promise<TreeFile> {
    const local = join(entry.parentPath, entry.name);
    const { size, mtime } = await stat(local);
    return { path: this.#remotePath(entry), size, sha256: await hashOf(local), modifiedAt: mtime.toISOString() };
  }
}

/** SHA-256 of a file, hex. */
export async function hashOf(local: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(local)) hash.update(chunk);
  return hash.digest('hex');
}
