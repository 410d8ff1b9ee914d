import type { AlertSink } from '../../connectors/alert-sink/post.ts';
import type { Dependencies } from '../dependencies.ts';

/** A flow's schedule as Temporal has it; `nextAt` is null when it will not run again. */
export type ScheduleView =
  | { readonly state: 'missing' }
  | { readonly state: 'paused' }
  | { readonly state: 'on'; readonly nextAt: Date | null };

/** What the watch asks Temporal. */
export interface TemporalView {
  readonly scheduleOf: (flow: string) => Promise<ScheduleView>;
  /** How many open workflows cannot go on since their tasks fail, by type. A sample where thousands are open. */
  readonly stuckWorkflows: () => Promise<ReadonlyMap<string, number>>;
}

/** What the watch works with. Without a sink, alerts are logged only. */
export interface WatchDependencies extends Dependencies {
  readonly temporal: TemporalView;
  readonly sink: AlertSink | undefined;
}
