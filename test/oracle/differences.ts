import { openingTag } from '../../formats/tables/following.ts';
import type { PlaceModel } from '../../formats/tables/model.ts';
import type { Compared } from './compare-with-staedi.ts';
import { unreleased } from './one-set.ts';

/** A difference between us and StAEDI that is as it should be. */
interface Difference {
  readonly reason: string;
  /** Who finds fault with what the other lets pass, or comes to only later. */
  readonly foundBy: 'us' | 'StAEDI';
  explains(compared: Compared): boolean;
}

/** Why the two sides may differ; undefined when there is no reason for it. */
export function reasonFor(compared: Compared): string | undefined {
  return DIFFERENCES.find(({ foundBy, explains }) => isFirst(foundBy, compared) && explains(compared))?.reason;
}

function isFirst(side: Difference['foundBy'], { ours, theirs }: Compared): boolean {
  const mine = ours?.segment ?? Number.POSITIVE_INFINITY;
  const other = typeof theirs === 'object' && 'segment' in theirs ? theirs.segment : Number.POSITIVE_INFINITY;
  return side === 'us' ? mine <= other : other <= mine;
}

const DIFFERENCES: readonly Difference[] = [
  {
    reason: 'Separators at the end of a segment or of an element are noise to us; StAEDI counts what they part.',
    foundBy: 'StAEDI',
    explains: (compared) => /^TOO_MANY_/.test(errorOf(compared)) && isEmptyThere(compared),
  },
  {
    reason: 'A date may stand without its century, as partners of 004010 write it; StAEDI goes by the length alone.',
    foundBy: 'StAEDI',
    explains: (compared) => errorOf(compared) === 'DATA_ELEMENT_TOO_SHORT' && /^\d{6}$/.test(valueThere(compared)),
  },
  {
    reason: 'Blanks at the end of text are not significant to us; StAEDI counts them.',
    foundBy: 'StAEDI',
    explains: (compared) => errorOf(compared) === 'DATA_ELEMENT_TOO_LONG' && valueThere(compared).endsWith(' '),
  },
  {
    reason: 'The type a of EDIFACT has no digits; StAEDI has no such type, and takes it for text.',
    foundBy: 'us',
    explains: (compared) => compared.ours?.code === 'element-type' && typeOf(compared) === 'a',
  },
  {
    reason: 'A number of EDIFACT has digits on both sides of its mark; to StAEDI they may be missing.',
    foundBy: 'us',
    explains: (compared) => {
      const { ours } = compared;
      return ours?.code === 'element-type' && typeOf(compared) === 'n' && /^[.,]|[.,]$/.test(ours.value);
    },
  },
  {
    reason: 'A point in time has to be as its format (2379) says; StAEDI looks at no format.',
    foundBy: 'us',
    explains: ({ ours, table }) => ours?.code === 'element-date' && table.standard === 'EDIFACT',
  },
  {
    reason: 'Sums go to the summary by their codes, also where UNS is missing; StAEDI goes by the order of tags alone.',
    foundBy: 'us',
    explains: (compared) => {
      const { ours, table } = compared;
      return ours?.code === 'segment-missing' && ownCodes(table.body.lines).has(firstCode(compared, ours.segment));
    },
  },
  {
    reason: 'StAEDI stops at a segment that has no sound tag; we go on, and find fault with the tag.',
    foundBy: 'us',
    explains: ({ ours, theirs }) => ours?.code === 'tag-invalid' && typeof theirs === 'object' && 'failed' in theirs,
  },
];

function errorOf({ theirs }: Compared): string {
  return typeof theirs === 'object' && 'error' in theirs ? theirs.error : '';
}

/** The type of the element of which we complain. */
function typeOf({ ours, table }: Compared): string | undefined {
  if (ours === undefined) return undefined;
  const element = table.segments.get(ours.tag)?.elements[ours.element - 1];
  return (element?.components[ours.component - 1] ?? element)?.type;
}

/** The codes by which segments find their places, each with its tag: `MOA+77`. */
function ownCodes(lines: readonly PlaceModel[]): Set<string> {
  return new Set(
    lines.flatMap((place) => {
      const own = place.own.map((code) => `${openingTag(place)}+${code}`);
      return place.kind === 'loop' ? [...own, ...ownCodes(place.lines)] : own;
    }),
  );
}

/** A segment up to its first component: `MOA+77`. */
function firstCode({ body }: Compared, segment: number): string {
  return body[segment - 2]?.split(':')[0] ?? '';
}

/** The element of which StAEDI complains. */
function valueThere({ theirs, body, marks }: Compared): string {
  if (typeof theirs === 'string' || 'failed' in theirs) return '';
  const segment = body[theirs.segment - 2] ?? '';
  return segment.split(unreleased(marks.element))[theirs.element] ?? '';
}

function isEmptyThere(compared: Compared): boolean {
  return valueThere(compared) === '';
}
