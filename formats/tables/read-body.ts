import type { BodyLine, LoopForm, LoopVariant, SegmentLine } from './form.ts';
import { readCodePlace, readCount, readLine, readOccurrence, tagOf } from './grammar.ts';
import type { CodePlace, Fault, LoopModel, Occurrence, PlaceModel, SegmentPlace, VariantModel } from './model.ts';
import type { Origin } from './read-elements.ts';

const FIRST: CodePlace = { element: 1, component: 1 };
const NEVER: Occurrence = { min: 0, max: 0, isOfProfile: false };

/** The lines of a body, as places in their order. */
export function readBody(path: string, lines: readonly BodyLine[], origin: Origin, fault: Fault): PlaceModel[] {
  return lines.map((line) => {
    if (typeof line === 'string') return readSegmentLine(path, { segment: line }, origin, fault);
    return 'loop' in line ? readLoop(path, line, origin, fault) : readSegmentLine(path, line, origin, fault);
  });
}

function readSegmentLine(path: string, line: SegmentLine, origin: Origin, fault: Fault): SegmentPlace {
  const read = readLine(line.segment);
  if (read === undefined) fault(path, `"${line.segment}" is no line: write tag, least and most, as in "REF 0 *"`);
  const { id = '', min = 0, max = 0 } = read ?? {};
  const here = `${path}/${id}`;
  const variants = Object.entries(line.variants ?? {}).map(
    ([code, text]) => [code, occurrence(`${here}[${code}]`, text, origin, fault)] as const,
  );
  return {
    kind: 'segment',
    ...{ id, tag: tagOf(id), min, max, ...origin },
    by: readBy(here, line.by, fault),
    own: line.own ?? [],
    variants: new Map(variants),
    segment: undefined,
  };
}

function readLoop(path: string, form: LoopForm, origin: Origin, fault: Fault): LoopModel {
  const here = `${path}/${form.loop}`;
  const lines = readBody(here, form.body, origin, fault);
  checkTrigger(here, form.loop, lines, fault);
  const variants = Object.entries(form.variants ?? {}).map(([code, variant]) => {
    return [code, readVariant(`${here}[${code}]`, form.loop, variant, origin, fault)] as const;
  });
  return {
    kind: 'loop',
    id: form.loop,
    ...{ min: form.min ?? 0, max: readCount(String(form.max)), ...origin },
    by: readBy(here, form.by, fault),
    own: form.own ?? [],
    variants: new Map(variants),
    tree: form.tree && { id: readBy(here, form.tree.id, fault), parent: readBy(here, form.tree.parent, fault) },
    lines,
  };
}

function readVariant(path: string, loop: string, form: LoopVariant, origin: Origin, fault: Fault): VariantModel {
  const lines = form.body === undefined ? undefined : readBody(path, form.body, origin, fault);
  if (lines !== undefined) checkTrigger(path, loop, lines, fault);
  return { min: form.min ?? 0, max: readCount(String(form.max ?? '*')), ...origin, lines };
}

function checkTrigger(path: string, loop: string, [first]: readonly PlaceModel[], fault: Fault): void {
  const tag = tagOf(loop);
  if (first?.kind === 'segment' && first.tag === tag && first.min === 1 && first.max === 1) return;
  fault(path, `a loop begins with its trigger: make "${tag} 1 1" the first line of its body`);
}

/** `MIN MAX`, or never when it is not. */
export function occurrence(path: string, text: string, origin: Origin, fault: Fault): Occurrence {
  const read = readOccurrence(text);
  if (read !== undefined) return { ...read, ...origin };
  fault(path, `"${text}" is no least and most: write two numbers, or * for any, as in "0 5"`);
  return { ...NEVER };
}

function readBy(path: string, text: string | undefined, fault: Fault): CodePlace {
  const place = text === undefined ? FIRST : readCodePlace(text);
  if (place === undefined)
    fault(path, `"${text}" is no place of a code: write an element as "03", or a component as "01.1"`);
  return place ?? FIRST;
}
