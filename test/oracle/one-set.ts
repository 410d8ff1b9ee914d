import type { Standard } from '../../formats/edi/header.ts';

/** A file of one set, taken apart so that it can be written with other segments between header and trailer. */
export interface OneSet {
  readonly name: string;
  readonly standard: Standard;
  /** `850`, `ORDERS`. */
  readonly type: string;
  /** GS08, or version and release of UNH: `D.96A`. */
  readonly release: string;
  readonly marks: { readonly element: string; readonly component: string; readonly terminator: string };
  /** Everything up to the header of the set, which is the last of them. */
  readonly head: readonly string[];
  readonly body: readonly string[];
  /** The trailer of the set, and what closes the rest. */
  readonly tail: readonly string[];
}

const EDIFACT = { element: '+', component: ':', terminator: "'" };

/** What an EDIFACT file begins with that says that its delimiters are the usual ones. */
const USUAL = /^UNA:\+[.,]\? '/;

/** Takes apart an X12 file, or an EDIFACT file with the usual delimiters; undefined for any other, and when it holds not one set. */
export function takeApart(name: string, file: string): OneSet | undefined {
  const text = file.replace(USUAL, '').trimStart();
  if (text.startsWith('UNA')) return undefined;
  const standard = text.startsWith('ISA') ? 'X12' : 'EDIFACT';
  const marks = standard === 'X12' ? { element: text[3]!, component: text[104]!, terminator: text[105]! } : EDIFACT;
  const segments = text
    .split(unreleased(marks.terminator))
    .map((segment) => segment.trim())
    .filter((segment) => segment !== '');
  const tags = segments.map((segment) => segment.split(marks.element)[0]);
  const headers = tags.flatMap((tag, at) => (tag === 'ST' || tag === 'UNH' ? [at] : []));
  const [header = 0, ...others] = headers;
  const trailer = tags.findIndex((tag) => tag === 'SE' || tag === 'UNT');
  if (others.length > 0 || trailer < header) return undefined;
  const head = segments.slice(0, header + 1);
  const body = segments.slice(header + 1, trailer);
  return { name, standard, marks, head, body, tail: segments.slice(trailer), ...namesOf(head, marks.element) };
}

/** A mark that no release character stands before. */
export function unreleased(mark: string): RegExp {
  return new RegExp(`(?<!\\?)\\x${mark.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** The file with other segments in its set, counted in its trailer. */
export function withBody({ head, tail, marks }: OneSet, body: readonly string[]): Buffer {
  const [trailer = '', ...closing] = tail;
  const [tag, , ...control] = trailer.split(marks.element);
  const counted = [tag, body.length + 2, ...control].join(marks.element);
  const segments = [...head, ...body, counted, ...closing];
  return Buffer.from(segments.map((segment) => `${segment}${marks.terminator}`).join(''), 'latin1');
}

/** The same file as one of a later release; undefined when it is none of 004010 or D.96A. */
export function inLaterRelease(set: OneSet): OneSet | undefined {
  const { element } = set.marks;
  const head = set.head.map((segment) =>
    segment
      .replace(`${element}U${element}00401${element}`, `${element}^${element}00501${element}`)
      .replace(/^(GS.*)004010$/, '$1005010')
      .replace(':D:96A:', ':D:01B:'),
  );
  const names = namesOf(head, element);
  return names.release === set.release ? undefined : { ...set, head, name: `${set.name}, later`, ...names };
}

function namesOf(head: readonly string[], element: string): Pick<OneSet, 'type' | 'release'> {
  const [group = [], header = []] = head.slice(-2).map((segment) => segment.split(element));
  if (header[0] === 'ST') return { type: header[1] ?? '', release: group[8] ?? '' };
  const [type = '', directory, release] = (header[2] ?? '').split(':');
  return { type, release: `${directory}.${release}` };
}
