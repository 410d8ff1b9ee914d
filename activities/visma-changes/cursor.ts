import type { CallPurpose } from '../../connectors/visma/budget.ts';
import type { VismaClient } from '../../connectors/visma/client.ts';
import type { Page } from '../../connectors/visma/pages.ts';
import type { FlowConfig } from '../configuration.ts';
import type { Position } from '../flow-steps.ts';

/** A cursor that an operator can set back: the place in time up to which changes were read, as Visma.net writes time. */
export interface RewindableCursor {
  /** The connection that is read, by its name in the integration file. */
  readonly connection: (config: FlowConfig) => string;
  /** Undefined where Visma.net cannot tell what changed: every run reads all of it, and there is nothing to set back. */
  readonly stampOf: (config: FlowConfig, position: Position) => string | undefined;
  /** The first page of what a run from a position would read, for its count. Costs one call. */
  readonly firstPage: (
    config: FlowConfig,
    client: VismaClient,
    position: Position,
    purpose: CallPurpose,
  ) => Promise<Page<unknown>>;
}

/** The highest time received, which a walk goes on from, less its overlap. */
export function highestIn(position: Position): string | undefined {
  return typeof position.highest === 'string' ? position.highest : undefined;
}

/** The same position with another time: everything that changed since will be read again. */
export function setBack(position: Position, stamp: string): Position {
  return { ...position, highest: stamp };
}
