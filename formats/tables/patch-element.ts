import type { Change, ElementChange } from './form.ts';
import { isUsage, type Path, readElement } from './grammar.ts';
import type { ElementModel, Fault, SegmentModel, Trait } from './model.ts';
import { type Origin, readElementForm } from './read-elements.ts';

/** Changes one element or component of a segment; the element after the last is a new one. */
export function patchElement(
  segment: SegmentModel,
  path: Path,
  text: string,
  change: Change,
  origin: Origin,
  fault: Fault,
): void {
  const { element, component } = path.element ?? { element: 0, component: 0 };
  const owner = path.hasComponent ? segment.elements[element - 1]?.components : segment.elements;
  const position = path.hasComponent ? component : element;
  if (owner === undefined || position < 1 || position > owner.length + 1) {
    fault(text, `there is no such element: the last one has number ${owner?.length ?? 0}`);
    return;
  }
  if (typeof change !== 'string' && ('add' in change || 'elements' in change || Array.isArray(change))) {
    fault(
      text,
      'an element is changed by its text, as in "127 AN 1 50", by its usage, as in "M", or by { element, components, codes }',
    );
    return;
  }
  const changed = changedElement(text, owner[position - 1], change as string | ElementChange, origin, fault);
  if (changed !== undefined) owner[position - 1] = changed;
}

function changedElement(
  path: string,
  old: ElementModel | undefined,
  change: string | ElementChange,
  origin: Origin,
  fault: Fault,
): ElementModel | undefined {
  const { element: text, components, codes } = typeof change === 'string' ? { element: change } : change;
  if (old === undefined && (text === undefined || isUsage(text))) {
    fault(path, 'there is no such element yet: give number, type, least, most, usage, as in "127 AN 1 50"');
    return undefined;
  }
  if (old === undefined)
    return readElementForm(path, { ...(change as ElementChange), element: text ?? '' }, origin, fault);
  const parts = components?.map((component, index) =>
    readElementForm(`${path}.${index + 1}`, component, origin, fault),
  );
  const changed: ElementModel = {
    ...old,
    ...changedText(path, old, text, fault),
    ...(parts === undefined ? {} : { components: parts }),
    ...(codes === undefined ? {} : { codes: new Map(Object.entries(codes)), isComplete: true }),
  };
  return origin.isOfProfile
    ? { ...changed, ofProfile: new Set([...old.ofProfile, ...changedTraits(old, changed)]) }
    : changed;
}

/** What a text says anew; what it leaves out (usage, times) stays. */
function changedText(path: string, old: ElementModel, text: string | undefined, fault: Fault): Partial<ElementModel> {
  if (text === undefined) return {};
  if (isUsage(text)) return { usage: text };
  const read = readElement(text);
  if (read !== undefined) return { ...read, usage: read.usage ?? old.usage, times: read.times ?? old.times };
  fault(
    path,
    `"${text}" is no element: write number, type, least, most, usage, as in "127 AN 1 50 M", or the usage alone`,
  );
  return {};
}

function changedTraits(old: ElementModel, changed: ElementModel): Trait[] {
  const traits: Trait[] = [];
  if (old.type !== changed.type) traits.push('type');
  if (old.min !== changed.min || old.max !== changed.max) traits.push('length');
  if (old.usage !== changed.usage) traits.push('usage');
  if (old.times !== changed.times) traits.push('times');
  if (old.codes !== changed.codes) traits.push('codes');
  return traits;
}
