import { Failure } from '../../failures/failure.ts';
import { quote } from './errors.ts';

/** The longest name that Linux file systems take, in bytes. */
const MAX_NAME_BYTES = 255;

/**
 * Why a file name from a listing cannot be used, or undefined when it is plain. A listing is outside data: a name with a
 * separator would leave its folder, a control or invisible character would forge logs, and U+FFFD stands for bytes that
 * are not UTF-8, so the file could not be opened by the name we hold.
 */
export function refusalOf(name: string): string | undefined {
  if (name === '' || name === '.' || name === '..') return 'it is not a name';
  if (/[/\\]/.test(name)) return 'it contains a path separator';
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name)) return 'it contains a control character';
  if (/[\uFFFD\p{Cs}]/u.test(name)) return 'it is not UTF-8';
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) return 'it is longer than 255 bytes';
  return undefined;
}

/** Folder and name as one POSIX path. Throws SFTP_NAME_UNUSABLE for a name that could leave the folder. */
export function pathOf(folder: string, name: string): string {
  const refusal = refusalOf(name);
  if (refusal !== undefined) {
    throw new Failure('SFTP_NAME_UNUSABLE', { message: `The file name ${quote(name)} cannot be used: ${refusal}.` });
  }
  return folder === '' || folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`;
}

/** The folder of a POSIX path: `/` for `/a`, `.` for `a`. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  if (slash < 0) return '.';
  return slash === 0 ? '/' : path.slice(0, slash);
}

/** The name with a mark before its extension, for a folder in which the name is taken: `a.csv` with 1 is `a.1.csv`. */
export function markedName(name: string, mark: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? `${name.slice(0, dot)}.${mark}${name.slice(dot)}` : `${name}.${mark}`;
}

/** The last part of a POSIX path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/**
 * A file-name pattern as partners write it: `*` for any characters, `?` for one, `{a,b}` for one of several words; all else
 * stands for itself, case included. As in a shell, a name with a leading dot needs a pattern with one.
 */
export function matcherOf(pattern: string): (name: string) => boolean {
  const source = pattern.replace(/\{[^{}]*\}|[\s\S]/gu, (part) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    if (part.length > 1 && part.startsWith('{')) return `(?:${part.slice(1, -1).split(',').map(literally).join('|')})`;
    return literally(part);
  });
  const shape = new RegExp(`^${source}$`, 'su');
  return (name) => shape.test(name) && (!name.startsWith('.') || pattern.startsWith('.'));
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
