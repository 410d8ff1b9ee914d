import type { Step } from '../search.ts';
import { goes, type Who } from '../workers.ts';
import { type At, ends, type State, tempNamed, withoutTemp } from './state.ts';
import { moved, standsBack, uploading } from './upload.ts';
import type { Setting } from './world.ts';

export function* recover(_: Setting, state: State, who: Who, { intent }: At<'recover'>): Generator<Step<State>> {
  if (tempNamed(state, intent.temp)) yield ['finds the temporary file', goes(state, who, { at: 'rename', intent })];
  else yield ['finds no temporary file', goes(state, who, { at: 'gone', intent })];
}

export function* rename(setting: Setting, state: State, who: Who, { intent }: At<'rename'>): Generator<Step<State>> {
  const { final } = state.folder;
  const temp = tempNamed(state, intent.temp);
  if (!temp) return yield ['cannot rename: it is gone', goes(state, who, { at: 'gone', intent })];
  if (final !== 'none' && setting.guards.neverOverwrite) {
    return yield ['cannot rename: the name is taken', goes(state, who, { at: 'taken', intent })];
  }
  const renamed = withoutTemp(state, intent.temp);
  const after: State = {
    ...goes(renamed, who, { at: 'confirm', intent, isInferred: false }),
    folder: { ...renamed.folder, final: temp.isWhole ? 'ours' : 'half' },
    published: state.published + 1,
  };
  yield ['renames it', final === 'theirs' ? { ...after, broken: "nobody else's file is overwritten" } : after];
}

/** Ours from an earlier rename, or another one, which a person must move away. */
export function* taken(setting: Setting, state: State, who: Who, { intent }: At<'taken'>): Generator<Step<State>> {
  const { final } = state.folder;
  if (final === 'none') return yield ['finds the name free again', ends(state, who)];
  if (final === 'ours' || !setting.guards.compareContent) {
    return yield ['takes it for ours', goes(state, who, { at: 'confirm', intent, isInferred: false })];
  }
  yield ['finds another file', goes(state, who, { at: 'reject', intent })];
}

/** The temporary file stays for the replay; or goes, where that rule is taken away. */
export function* reject(setting: Setting, state: State, who: Who, { intent }: At<'reject'>): Generator<Step<State>> {
  const after = moved(setting, state, intent, { state: 'rejected' });
  if (!after) return yield standsBack(state, who);
  if (setting.guards.keepStaged) return yield ['records the refusal', ends(after, who)];
  yield ['records the refusal', goes(after, who, { at: 'remove', temp: intent.temp })];
}

/** The temporary file is gone: renamed, and collected since unless it is there. */
export function* gone(setting: Setting, state: State, who: Who, { intent }: At<'gone'>): Generator<Step<State>> {
  const { world, guards } = setting;
  const { final } = state.folder;
  if (final === 'ours')
    return yield ['finds it published', goes(state, who, { at: 'confirm', intent, isInferred: false })];
  if (final === 'none' && !guards.neverAgain) {
    const after = moved(setting, state, intent, { state: 'planned' });
    return yield after ? uploading(setting, after, who) : standsBack(state, who);
  }
  if (final === 'none' && (world.collected === 'inferred' || !guards.inferBySetting)) {
    return yield ['infers that it was collected', goes(state, who, { at: 'confirm', intent, isInferred: true })];
  }
  const after = moved(setting, state, intent, { state: 'uncertain' });
  yield after ? ['leaves it to a person', ends(after, who)] : standsBack(state, who);
}

export function* confirm(setting: Setting, state: State, who: Who, here: At<'confirm'>): Generator<Step<State>> {
  const { intent, isInferred } = here;
  const after = moved(setting, state, intent, { state: 'confirmed', isInferred });
  yield after ? ['confirms it', goes(after, who, { at: 'tidy' })] : standsBack(state, who);
}

export function* remove(_: Setting, state: State, who: Who, { temp }: At<'remove'>): Generator<Step<State>> {
  yield ['removes its temporary file', ends(withoutTemp(state, temp), who)];
}

export function* tidy(_: Setting, state: State, who: Who): Generator<Step<State>> {
  yield ['removes what is left', ends({ ...state, folder: { ...state.folder, temps: [] } }, who)];
}
