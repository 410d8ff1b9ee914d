import { type OneSet, unreleased } from './one-set.ts';

type Below = (bound: number) => number;
type Segments = readonly string[];
type Marks = OneSet['marks'];

const VALUES = ['X', '9', '0', '-1', '1.5', 'ABC', '20261301', '2460', '12345', 'Z'.repeat(90), '9'.repeat(40)];
const FOREIGN = ['ZZZ', 'NTE', 'N1', 'REF', 'DTM', 'RFF', 'NAD', 'TAX', 'MOA', 'ALC', 'UNS', 'HL', 'CTT', 'AK5'];

/** What may go wrong with the order of segments. */
const ORDERS: readonly ((body: Segments, below: Below, marks: Marks) => Segments)[] = [
  function leaveOut(body, below) {
    return body.toSpliced(below(body.length), 1 + below(2));
  },
  function repeat(body, below) {
    const at = below(body.length);
    return body.toSpliced(at, 0, ...Array<string>(1 + below(4) * below(8)).fill(body[at] ?? ''));
  },
  function move(body, below) {
    const from = below(body.length);
    return body.toSpliced(from, 1).toSpliced(below(body.length), 0, body[from] ?? '');
  },
  function copyRun(body, below) {
    const from = below(body.length);
    return body.toSpliced(below(body.length), 0, ...body.slice(from, from + 1 + below(5)));
  },
  function insertForeign(body, below, { element }) {
    return body.toSpliced(below(body.length + 1), 0, `${FOREIGN[below(FOREIGN.length)]}${element}1`);
  },
];

/** What may go wrong with the elements of one segment. */
const ELEMENTS: readonly ((parts: Segments, below: Below, marks: Marks) => Segments)[] = [
  function blank(parts, below) {
    return parts.with(below(parts.length), '');
  },
  function replace(parts, below) {
    return parts.with(below(parts.length), VALUES[below(VALUES.length)] ?? '');
  },
  function leaveOut(parts, below) {
    return parts.toSpliced(below(parts.length), 1);
  },
  function cutShort(parts, below) {
    return parts.slice(0, below(parts.length));
  },
  function insert(parts, below) {
    return parts.toSpliced(below(parts.length + 1), 0, VALUES[below(VALUES.length)] ?? '');
  },
  function addMany(parts, below) {
    return [...parts, ...Array<string>(1 + below(20)).fill('1')];
  },
  function addComponent(parts, below, { component }) {
    const at = below(parts.length);
    return parts.with(at, `${parts[at]}${component.repeat(1 + below(3))}X`);
  },
  function changeCharacter(parts, below) {
    const at = below(parts.length);
    const value = parts[at] ?? '';
    const place = below(value.length + 1);
    return parts.with(at, `${value.slice(0, place)}${'0123456789AZ.-'[below(14)]}${value.slice(place + 1)}`);
  },
];

/** The body of a set with one or two things wrong with it, or none that matters. */
export function mutatedBody({ body, marks }: OneSet, below: Below): Segments {
  let mutant: Segments = body;
  for (let left = 1 + below(2); left > 0 && mutant.length > 0; left -= 1) {
    mutant = below(2) === 0 ? pick(ORDERS, below)(mutant, below, marks) : inOneSegment(mutant, below, marks);
  }
  return mutant;
}

function inOneSegment(body: Segments, below: Below, marks: Marks): Segments {
  const at = below(body.length);
  const [tag = '', ...parts] = (body[at] ?? '').split(unreleased(marks.element));
  if (parts.length === 0) return body;
  return body.with(at, [tag, ...pick(ELEMENTS, below)(parts, below, marks)].join(marks.element));
}

function pick<T>(choices: readonly T[], below: Below): T {
  return choices[below(choices.length)]!;
}
