import { type Model, numbering, type Step } from '../search.ts';
import { type Doing, workerSteps } from '../workers.ts';
import { confirm, gone, recover, reject, remove, rename, taken, tidy } from './publish.ts';
import { ends, type State, type Worker, withoutTemp } from './state.ts';
import { begin, clear, create, fill, permit, reopen, verify } from './upload.ts';
import { type Setting, startOf } from './world.ts';

/** The protocol for files in one world, under the given rules. */
export function fileModel(setting: Setting): Model<State> {
  return {
    start: startOf(setting),
    steps: (state) => steps(setting, state),
    keyOf: keyMaker(),
    broken: (state) => state.broken ?? brokenAt(setting, state),
    isAtRest: ({ intent }) => intent.state === 'confirmed' || intent.state === 'uncertain',
  };
}

function* steps(setting: Setting, state: State): Generator<Step<State>> {
  yield* workerSteps(DOING, ends, setting, state);
  const { folder } = state;
  const freed: State = { ...state, folder: { ...folder, final: 'none' } };
  if (folder.final === 'ours') yield ['the partner collects it', freed];
  if (folder.final === 'theirs') yield ['the other file is moved away', freed];
  if (!setting.world.isTidied) return;
  for (const { name } of folder.temps) {
    yield ['somebody removes a temporary file', { ...withoutTemp(state, name), wasTidied: true }];
  }
}

const DOING: Doing<Setting, State, Worker> = {
  idle: begin,
  reopen,
  clear,
  create,
  fill,
  verify,
  permit,
  recover,
  rename,
  taken,
  gone,
  reject,
  confirm,
  remove,
  tidy,
};

/** Workers are alike. */
function keyMaker(): (state: State) => string {
  const idOf = numbering();
  return ({ workers, intent, folder, ...rest }) =>
    [idOf(intent), idOf(folder), workers.map(idOf).sort(), Object.values(rest)].join(' ');
}

function brokenAt({ world }: Setting, { intent, folder, published, wasTidied }: State): string | undefined {
  if (published > 1) return 'a file is published once';
  if (folder.final === 'half') return 'no half file has its final name';
  if (intent.state !== 'confirmed' || published === 1) return undefined;
  // What the setting asks for: a temporary file that somebody took away looks like one that was collected.
  const isAccepted = intent.isInferred && wasTidied && world.collected === 'inferred';
  return isAccepted ? undefined : 'what is confirmed was published';
}
