import { isGroup } from './from-file.ts';
import { formatUnit, type Unit, unitOf } from './units.ts';

/** One setting with its values as a file would write them; undefined where there is none. */
export interface SettingChange {
  /** `source.settle`, `rows.columns[2].name` (items count from 1). */
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** The settings in which two groups of settings differ, those of `after` in its order, then those that are gone. */
export function settingChanges(before: unknown, after: unknown): SettingChange[] {
  const old = new Map(settingsOf(before));
  const now = new Map(settingsOf(after));
  return [...new Set([...now.keys(), ...old.keys()])]
    .map((path) => ({ path, before: old.get(path), after: now.get(path) }))
    .filter((change) => change.before !== change.after);
}

/** Every scalar below a value with its path; an empty list or group counts as one. */
function settingsOf(value: unknown, path = '', unit?: Unit): (readonly [string, string])[] {
  if (Array.isArray(value) && value.length > 0) {
    return value.flatMap((item, index) => settingsOf(item, `${path}[${index + 1}]`, unit));
  }
  if (isGroup(value) && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([key, item]) => {
      const known = unitOf(key);
      const name = known?.name ?? key;
      return settingsOf(item, path === '' ? name : `${path}.${name}`, known?.unit ?? unit);
    });
  }
  return value === undefined ? [] : [[path, textOf(value, unit)]];
}

function textOf(value: unknown, unit: Unit | undefined): string {
  if (typeof value === 'number' && unit !== undefined) return formatUnit(value, unit);
  return typeof value === 'string' && /^[^\s"]+( [^\s"]+)*$/.test(value) ? value : JSON.stringify(value);
}
