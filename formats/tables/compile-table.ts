import { Failure } from '../../failures/failure.ts';
import { findCollisions } from './collisions.ts';
import { innerBodies } from './find-place.ts';
import type { Patch, SegmentForm, SegmentLibrary, SetTable } from './form.ts';
import type { Fault, PlaceModel, SegmentModel, TableModel } from './model.ts';
import { type OwnedPatch, patchSegments, patchTable } from './patch-table.ts';
import { readBody } from './read-body.ts';
import { readSegment } from './read-elements.ts';
import { compareReleases } from './releases.ts';

export interface TableOptions {
  /** The release wanted: that of the table, or a later one. */
  readonly release: string;
  /** Where segments stand that the table does not describe itself. */
  readonly library?: SegmentLibrary | undefined;
  /** What a partner's guide changes. */
  readonly profile?: Patch | undefined;
}

const OF_TABLE = { isOfProfile: false };
const MOST_FAULTS = 20;

/**
 * Reads a table, patches of its releases and of a profile applied.
 *
 * @throws Failure EDI_TABLE_INVALID; its message names set, path and what to do, for each of the first twenty faults
 */
export function compileTable(table: SetTable, options: TableOptions): TableModel {
  const faults: string[] = [];
  const fault: Fault = (path, problem) => faults.push(`${table.set} ${options.release}, ${path}: ${problem}`);
  const model = readTable(table, options, fault);
  patchTable(model, patchesOf(table, options, fault), fault);
  checkSegments(table, model, fault);
  findCollisions(model.body, fault);
  if (faults.length > 0) throw new Failure('EDI_TABLE_INVALID', { message: said(faults) });
  return model;
}

function readTable(table: SetTable, { release, library }: TableOptions, fault: Fault): TableModel {
  const { standard, set, group = '', closed } = table;
  return {
    ...{ standard, set, group, release, isClosed: closed },
    body: {
      kind: 'loop',
      id: '',
      ...{ min: 1, max: 1, isOfProfile: false, by: { element: 1, component: 1 }, own: [], variants: new Map() },
      tree: undefined,
      lines: readBody('', table.body, OF_TABLE, fault),
    },
    segments: readSegments(table, release, library, fault),
  };
}

/** The library's segments as they are in the release, and those of the table in their place. */
function readSegments(
  table: SetTable,
  release: string,
  library: SegmentLibrary | undefined,
  fault: Fault,
): Map<string, SegmentModel> {
  const segments = segmentsOf(library?.segments ?? {}, fault);
  if (library !== undefined) {
    for (const [, patch] of until(library, release)) patchSegments(segments, patch, fault);
  }
  for (const [tag, segment] of segmentsOf(table.segments ?? {}, fault)) segments.set(tag, segment);
  return segments;
}

function segmentsOf(forms: Readonly<Record<string, SegmentForm>>, fault: Fault): Map<string, SegmentModel> {
  return new Map(Object.entries(forms).map(([tag, form]) => [tag, readSegment(tag, form, OF_TABLE, fault)]));
}

function patchesOf(table: SetTable, { release, profile }: TableOptions, fault: Fault): OwnedPatch[] {
  for (const later of Object.keys(table.patches ?? {})) {
    if (compareReleases(table.standard, later, table.release) > 0) continue;
    fault(later, `patches are for releases after that of the table, ${table.release}`);
  }
  const releases = until(table, release).map(([, patch]) => ({ patch, isOfProfile: false }));
  return profile === undefined ? releases : [...releases, { patch: profile, isOfProfile: true }];
}

/** The patches of all releases up to one, in the order of the releases. */
function until({ standard, patches = {} }: Pick<SetTable, 'standard' | 'patches'>, release: string): [string, Patch][] {
  return Object.entries(patches)
    .filter(([name]) => compareReleases(standard, name, release) <= 0)
    .toSorted(([one], [other]) => compareReleases(standard, one, other));
}

function checkSegments(table: SetTable, { body, segments, isClosed }: TableModel, fault: Fault): void {
  const placed = new Set([body.lines, ...innerBodies(body)].flat().flatMap(tagsOf));
  for (const tag of Object.keys(table.segments ?? {})) {
    if (!placed.has(tag)) fault(tag, 'the segment stands nowhere in the body: add a line for it, or leave it out');
  }
  for (const tag of placed) {
    if (isClosed && !segments.has(tag))
      fault(tag, 'a closed table describes every segment: add its elements, or make the table open');
  }
}

function tagsOf(place: PlaceModel): string[] {
  return place.kind === 'segment' ? [place.tag] : [];
}

function said(faults: readonly string[]): string {
  const more = faults.length > MOST_FAULTS ? [`and ${faults.length - MOST_FAULTS} more`] : [];
  return [...faults.slice(0, MOST_FAULTS), ...more].join('; ');
}
