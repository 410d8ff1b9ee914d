import { type Chain, chainsOf } from './find-place.ts';
import type { Change, Patch, SegmentForm } from './form.ts';
import { type Path, readPath } from './grammar.ts';
import type { Fault, LoopModel, Occurrence, PlaceModel, SegmentModel, TableModel, VariantModel } from './model.ts';
import { patchElement } from './patch-element.ts';
import { occurrence, readBody } from './read-body.ts';
import { type Origin, readConditions, readSegment } from './read-elements.ts';

/** A patch, and whose it is. */
export interface OwnedPatch extends Origin {
  readonly patch: Patch;
}

interface Entry {
  readonly text: string;
  readonly path: Path;
  readonly change: Change;
  readonly origin: Origin;
}

/**
 * Applies patches in their order. What holds for a segment wherever it stands comes first, then lines that are added, then
 * what holds at one place only, so that no place keeps what a later release changed everywhere.
 */
export function patchTable(model: TableModel, patches: readonly OwnedPatch[], fault: Fault): void {
  const entries = patches.flatMap(({ patch, isOfProfile }) => entriesOf(patch, { isOfProfile }, fault));
  const everywhere = entries.filter(isEverywhere);
  const added = entries.filter((entry) => !isEverywhere(entry) && isAddition(entry.change));
  const atPlaces = entries.filter((entry) => !isEverywhere(entry) && !isAddition(entry.change));
  for (const entry of everywhere) patchSegment(model.segments, entry, fault);
  for (const entry of added) addLines(model.body, entry, fault);
  for (const entry of atPlaces) patchPlace(model, entry, fault);
}

/** Changes segments wherever they stand. */
export function patchSegments(segments: Map<string, SegmentModel>, patch: Patch, fault: Fault): void {
  for (const entry of entriesOf(patch, { isOfProfile: false }, fault)) {
    if (isEverywhere(entry)) patchSegment(segments, entry, fault);
    else fault(entry.text, 'a library of segments has no places: name a segment, or an element of one, as in "REF.02"');
  }
}

function entriesOf(patch: Patch, origin: Origin, fault: Fault): Entry[] {
  return Object.entries(patch).flatMap(([text, change]) => {
    const path = readPath(text);
    if (path !== undefined) return [{ text, path, change, origin }];
    fault(text, 'it is no path: write "REF.02", "N1/N3", "/REF", "N1[ST]", "SAC.conditions"');
    return [];
  });
}

function isEverywhere({ path, change }: Entry): boolean {
  if (path.isFromSet || path.steps.length !== 1 || path.steps[0]?.code !== undefined) return false;
  return path.element !== undefined || path.isConditions || isSegment(change);
}

function patchSegment(segments: Map<string, SegmentModel>, entry: Entry, fault: Fault): void {
  const tag = entry.path.steps[0]?.name ?? '';
  const segment = segments.get(tag);
  if (isSegment(entry.change) && entry.path.element === undefined && !entry.path.isConditions) {
    segments.set(tag, readSegment(tag, entry.change, entry.origin, fault));
  } else if (segment === undefined) {
    fault(
      entry.text,
      `the table has no segment ${tag}: correct the path, or give the segment first, as "${tag}": [elements]`,
    );
  } else changeSegment(segment, entry, fault);
}

function changeSegment(segment: SegmentModel, { path, text, change, origin }: Entry, fault: Fault): void {
  if (path.element !== undefined) patchElement(segment, path, text, change, origin, fault);
  else if (isTexts(change)) segment.conditions = readConditions(text, change, segment.elements.length, origin, fault);
  else fault(text, 'conditions are changed by a list of them, as in ["R0203", "P0304"]');
}

function addLines(body: LoopModel, { path, text, change, origin }: Entry, fault: Fault): void {
  if (!isAddition(change)) return;
  const lines = path.steps.length === 0 ? body.lines : bodyAt(body, path, text, fault);
  const beside = change.before ?? change.after;
  const at = beside === undefined ? (lines?.length ?? 0) - 1 : (lines?.findIndex(({ id }) => id === beside) ?? -1);
  if (lines === undefined) return;
  if (at === -1 && beside !== undefined) fault(text, `it has no "${beside}" to add lines before or after`);
  else lines.splice(change.before === undefined ? at + 1 : at, 0, ...readBody(text, change.add, origin, fault));
}

function bodyAt(body: LoopModel, path: Path, text: string, fault: Fault): PlaceModel[] | undefined {
  const place = enter(body, path, text, fault);
  if (place?.kind === 'loop') return ownLines(place, path.steps.at(-1)?.code);
  if (place !== undefined) fault(text, 'lines are added to a loop, or to the set as "/"');
  return undefined;
}

function patchPlace({ body, segments }: TableModel, entry: Entry, fault: Fault): void {
  const { path, text, change, origin } = entry;
  const place = enter(body, path, text, fault);
  if (place === undefined) return;
  const isOfSegment = path.element !== undefined || path.isConditions || isSegment(change);
  if (!isOfSegment) setOccurrence(place, path, text, change, origin, fault);
  else if (place.kind === 'loop')
    fault(text, `it is a loop: name a segment in it, as in "${text.split('.')[0]}/${place.id}"`);
  else if (isSegment(change) && path.element === undefined && !path.isConditions) {
    place.segment = readSegment(text, change, origin, fault);
  } else {
    place.segment ??= copyOf(segments.get(place.tag));
    changeSegment(place.segment, entry, fault);
  }
}

function setOccurrence(
  place: PlaceModel,
  path: Path,
  text: string,
  change: Change,
  origin: Origin,
  fault: Fault,
): void {
  const code = path.steps.at(-1)?.code;
  if (typeof change !== 'string') {
    fault(text, 'how often it stands is a least and a most, as in "0 5"');
    return;
  }
  const target: Occurrence = code === undefined ? place : variantOf(place, code);
  Object.assign(target, occurrence(text, change, origin, fault));
}

/** The one place that a path means; variants on the way there get a body of their own. */
function enter(body: LoopModel, path: Path, text: string, fault: Fault): PlaceModel | undefined {
  const chains = chainsOf(body, path);
  const [chain] = chains;
  if (chain === undefined)
    fault(text, 'the table has no such place: correct the path, or add the line first with { add }');
  if (chains.length > 1) {
    fault(
      text,
      `${chains.length} places have this name: begin with the loop it stands in, or with "/" for the set itself`,
    );
  }
  return chain === undefined || chains.length > 1 ? undefined : followed(chain, path);
}

function followed(chain: Chain, { steps }: Path): PlaceModel | undefined {
  let place = chain[0];
  for (const [index, { code }] of steps.slice(0, -1).entries()) {
    if (place?.kind !== 'loop') return undefined;
    const next = steps[index + 1]?.name;
    place = ownLines(place, code).find(({ id }) => id === next);
  }
  return place;
}

/** The body of a loop, or the one that it has for a code. */
function ownLines(loop: LoopModel, code: string | undefined): PlaceModel[] {
  if (code === undefined) return loop.lines;
  const variant = variantOf(loop, code);
  variant.lines ??= structuredClone(loop.lines);
  return variant.lines;
}

/** The variant of a place for a code; a new one may stand any number of times. */
function variantOf(place: LoopModel, code: string): VariantModel;
function variantOf(place: PlaceModel, code: string): Occurrence;
function variantOf(place: PlaceModel, code: string): Occurrence {
  const known = place.variants.get(code);
  if (known !== undefined) return known;
  const unlimited = { min: 0, max: Number.POSITIVE_INFINITY, isOfProfile: place.isOfProfile, lines: undefined };
  place.variants.set(code, unlimited);
  return unlimited;
}

function copyOf(segment: SegmentModel | undefined): SegmentModel {
  return segment === undefined ? { elements: [], conditions: [] } : structuredClone(segment);
}

function isTexts(change: Change): change is readonly string[] {
  return Array.isArray(change) && change.every((text) => typeof text === 'string');
}

function isAddition(change: Change): change is Extract<Change, { readonly add: unknown }> {
  return typeof change === 'object' && 'add' in change;
}

function isSegment(change: Change): change is SegmentForm {
  return Array.isArray(change) || (typeof change === 'object' && 'elements' in change);
}
