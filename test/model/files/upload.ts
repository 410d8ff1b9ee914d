import type { Step } from '../search.ts';
import { goes, type Who } from '../workers.ts';
import { type At, ends, type Intent, type State, type Temp, tempNamed, withoutTemp } from './state.ts';
import type { Setting } from './world.ts';

/** Compare-and-set: undefined when another attempt was faster. */
export function moved(
  { guards }: Setting,
  state: State,
  read: Intent,
  change: Pick<Intent, 'state'> & Partial<Intent>,
): State | undefined {
  const { intent } = state;
  const isSame = intent.state === read.state && intent.attempt === read.attempt;
  if (guards.compareAndSet && !isSame) return undefined;
  return { ...state, intent: { ...intent, ...change } };
}

export function standsBack(state: State, who: Who): Step<State> {
  return ['stands back: another attempt was faster', ends(state, who)];
}

/** A worker takes up the file, and does what the state of its intent asks for. */
export function* begin(setting: Setting, state: State, who: Who): Generator<Step<State>> {
  const { intent } = state;
  if (intent.state === 'planned') yield uploading(setting, state, who);
  if (intent.state === 'staged') yield ['finds it staged', goes(state, who, { at: 'recover', intent })];
  if (intent.state === 'rejected') yield ['finds it rejected', goes(state, who, { at: 'reopen', intent })];
}

export function* reopen(setting: Setting, state: State, who: Who, { intent }: At<'reopen'>): Generator<Step<State>> {
  const after = moved(setting, state, intent, { state: setting.guards.keepStaged ? 'staged' : 'planned' });
  if (!after) return yield standsBack(state, who);
  if (!setting.guards.keepStaged) return yield uploading(setting, after, who);
  yield ['goes on with what was staged', goes(after, who, { at: 'recover', intent: after.intent })];
}

export function uploading({ world }: Setting, state: State, who: Who): Step<State> {
  if (state.uploads === world.uploads) return ['begins an upload', 'beyond the bound'];
  const upload = state.uploads + 1;
  const after = goes(state, who, { at: 'clear', intent: state.intent, upload });
  return [`begins upload ${upload}`, { ...after, uploads: upload }];
}

function nameFor({ guards }: Setting, upload: number): number {
  return guards.tempPerAttempt ? upload : 1;
}

/** Whatever has the temporary name was left there by an attempt that died. */
export function* clear(setting: Setting, state: State, who: Who, here: At<'clear'>): Generator<Step<State>> {
  const cleared = withoutTemp(state, nameFor(setting, here.upload));
  const tidied = { ...state, folder: { ...state.folder, temps: [] } };
  yield ['clears the way', goes(setting.guards.tidyLast ? cleared : tidied, who, { ...here, at: 'create' })];
}

export function* create(setting: Setting, state: State, who: Who, here: At<'create'>): Generator<Step<State>> {
  const { folder } = state;
  const name = nameFor(setting, here.upload);
  if (tempNamed(state, name)) return yield ['may not create it', ends(state, who)];
  const after = goes(state, who, { ...here, at: 'fill' });
  const temps = [...folder.temps, { name, upload: here.upload, isWhole: false }];
  if (setting.guards.tempName) yield ['writes the first half', { ...after, folder: { ...folder, temps } }];
  else yield ['writes the first half', { ...after, folder: { ...folder, final: 'half' } }];
}

/** A handle goes on with the file it was opened on, also when that has lost its name. */
export function* fill(setting: Setting, state: State, who: Who, here: At<'fill'>): Generator<Step<State>> {
  const filled = (temp: Temp): Temp => (temp.upload === here.upload ? { ...temp, isWhole: true } : temp);
  const after = goes(state, who, { ...here, at: 'verify' });
  const folder = { ...state.folder, temps: state.folder.temps.map(filled) };
  yield ['writes the second half', { ...after, folder }];
  if (setting.world.losesBytes) yield ['writes the second half, which is lost', after];
}

export function* verify(setting: Setting, state: State, who: Who, here: At<'verify'>): Generator<Step<State>> {
  const name = nameFor(setting, here.upload);
  const isWhole = tempNamed(state, name)?.isWhole ?? false;
  if (isWhole || !setting.guards.sizeVerified) return yield ['is content', goes(state, who, { ...here, at: 'permit' })];
  yield ['finds it incomplete', ends(withoutTemp(state, name), who)];
}

export function* permit(setting: Setting, state: State, who: Who, here: At<'permit'>): Generator<Step<State>> {
  const { intent } = here;
  const temp = nameFor(setting, here.upload);
  if (!setting.guards.writeAhead) {
    return yield ['goes on', goes(state, who, { at: 'rename', intent: { ...intent, temp } })];
  }
  const after = moved(setting, state, intent, { state: 'staged', attempt: intent.attempt + 1, temp });
  if (!after) return yield ['is too late', goes(state, who, { at: 'remove', temp })];
  yield ['is permitted: staged', goes(after, who, { at: 'rename', intent: after.intent })];
}
