import type { Layer } from '../edi/finding.ts';
import type { FindingCode } from '../edi/finding-codes.ts';
import type { FoundAt, ReportFound } from '../edi/set-checker.ts';
import type { ElementFaults } from './element-faults.ts';
import { openingTag } from './following.ts';
import type { Occurrence, PlaceModel, Trait } from './model.ts';
import type { RouteFaults } from './route.ts';
import type { ConditionRule, ElementRule } from './segment-rule.ts';

/** What of an element a finding is about: whose word that is says which layer finds it. */
const TRAITS: Readonly<Partial<Record<FindingCode, Trait>>> = {
  'element-missing': 'usage',
  'element-not-used': 'usage',
  'too-many-repetitions': 'times',
  'element-too-short': 'length',
  'element-too-long': 'length',
  'element-type': 'type',
  'element-date': 'type',
  'element-time': 'type',
  'element-code': 'codes',
};

/** Turns what is wrong by a table into findings, each with a message that says what the table would have. */
export class TableFaults implements RouteFaults, ElementFaults {
  readonly #report: ReportFound;

  constructor(report: ReportFound) {
    this.#report = report;
  }

  missing(place: PlaceModel, { min, isOfProfile }: Occurrence, code: string): void {
    const tag = openingTag(place);
    const which = code === '' ? tag : `${tag} with ${code}`;
    const what = place.kind === 'loop' ? `The loop ${which}` : which;
    const message = min > 1 ? `${what} must stand ${min} times here.` : `${what} must stand here and is missing.`;
    this.#report('segment-missing', { tag, message, layer: layerOf(isOfProfile) });
  }

  overMaximum(place: PlaceModel, { max, isOfProfile }: Occurrence): void {
    const code = place.kind === 'loop' ? 'loop-over-maximum' : 'segment-over-maximum';
    const what = place.kind === 'loop' ? 'The loop' : 'The segment';
    const message = max === 0 ? `${what} must not stand here.` : `${what} may stand ${timesOf(max)} here.`;
    this.#report(code, { message, layer: layerOf(isOfProfile) });
  }

  outOfOrder(): void {
    this.#report('segment-out-of-order');
  }

  unexpected(): void {
    this.#report('segment-unexpected');
  }

  unlisted(): void {
    this.#report('segment-unlisted');
  }

  unknown(): void {
    this.#report('segment-unknown');
  }

  beyond(code: FindingCode, element: number, component: number): void {
    this.#report(code, { element, component });
  }

  element(code: FindingCode, rule: ElementRule, element: number, component: number, repetition: number): void {
    const trait = TRAITS[code];
    const layer = layerOf(trait !== undefined && rule.ofProfile.has(trait));
    const message = messageOf(code, rule);
    const at: FoundAt = { element, component, repetition, layer };
    this.#report(code, message === undefined ? at : { ...at, message });
  }

  condition(condition: ConditionRule, element: number, code: FindingCode): void {
    const message = conditionMessage(condition);
    this.#report(code, { element, message, layer: layerOf(condition.isOfProfile) });
  }
}

function layerOf(isOfProfile: boolean): Layer {
  return isOfProfile ? 'profile' : 'table';
}

function timesOf(count: number): string {
  return count === 1 ? 'once' : `at most ${count} times`;
}

function messageOf(code: FindingCode, { min, max, times, codes }: ElementRule): string | undefined {
  if (code === 'element-too-long') return `The value is longer than the ${max} characters that it may have.`;
  if (code === 'element-too-short') return `The value is shorter than the ${min} characters that it must have.`;
  if (code === 'too-many-repetitions') return `The element may stand ${timesOf(times)}.`;
  if (code === 'element-code' && codes !== undefined && codes.size <= 20) {
    return `The value is none of the codes that may stand here: ${[...codes].join(', ')}.`;
  }
  return undefined;
}

/** P0304 in words. */
function conditionMessage({ letter, positions }: ConditionRule): string {
  const names = positions.map((position) => String(position).padStart(2, '0'));
  const [first, ...others] = names;
  if (letter === 'P') return `Elements ${names.join(', ')} stand together or not at all.`;
  if (letter === 'R') return `At least one of the elements ${names.join(', ')} must stand.`;
  if (letter === 'E') return `Only one of the elements ${names.join(', ')} may stand.`;
  if (letter === 'C') return `Element ${first} needs ${others.join(', ')} beside it.`;
  return `Element ${first} needs one of ${others.join(', ')} beside it.`;
}
