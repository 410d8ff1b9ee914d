import type { WrittenElement } from './segment-writer.ts';

/** A segment kept as text beyond its set. Elements from the first after the tag, each with its repetitions and their components. */
export interface KeptSegment {
  readonly tag: string;
  /** Number in its set, from 1. */
  readonly position: number;
  /** Bytes from the beginning of the file. */
  readonly offset: number;
  readonly elements: readonly (readonly (readonly string[])[])[];
}

/**
 * A loop of a set (a segment group of EDIFACT) as its table nests it; the set itself is the outermost. `id` is that of the
 * table: the tag of its trigger, with the section after an `@` where the same tag opens loops in two sections (`TAX@summary`).
 * Segments and loops stand in the order of the file; the first segment is the trigger.
 */
export interface SetLoop {
  readonly id: string;
  readonly segments: readonly KeptSegment[];
  readonly loops: readonly SetLoop[];
}

/** One decoded component of a kept segment; '' when absent. Elements, components and repetitions count from 1. */
export function valueIn(segment: KeptSegment, element: number, component = 1, repetition = 1): string {
  return segment.elements[element - 1]?.[repetition - 1]?.[component - 1] ?? '';
}

/** A segment as it is handed to a writer. */
export interface WrittenSegment {
  readonly tag: string;
  readonly elements: readonly WrittenElement[];
}
