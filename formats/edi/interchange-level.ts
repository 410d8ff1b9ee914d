import { createHash } from 'node:crypto';
import { type ControlNumbers, ControlScope } from './control-numbers.ts';
import type { InterchangeResult } from './events.ts';
import type { FoundHeader } from './find-header.ts';
import type { InterchangeHeader } from './header.ts';
import type { Limits } from './limits.ts';
import { closedInterchange, type OpenInterchange } from './open-levels.ts';
import type { EnvelopeRules, Note } from './rules.ts';
import type { SegmentFindings } from './segment-findings.ts';
import type { EdiSettings } from './settings.ts';
import { Tally } from './tally.ts';

/** What is shared by the interchanges of one file. */
export interface FileContext {
  readonly settings: EdiSettings;
  readonly limits: Limits;
  readonly controls: ControlNumbers;
  readonly interchangeControls: Set<string>;
}

/** Opens an interchange with the segment at hand: its header, or a set or group that stands in the open. */
export function openedInterchange(found: FoundHeader, findings: SegmentFindings, file: FileContext): OpenInterchange {
  const tally = new Tally(file.limits.findingsPerSet);
  const note: Note = (code, element = 0) => tally.add(findings.make(code, element, 0));
  const header = headerOf(found, findings, note);
  for (const code of found.codes) note(code);
  if (!found.isImplied && usesOthers(header, file.settings)) note('delimiters-other');
  return {
    header,
    tally,
    groupControls: new ControlScope(),
    hash: file.settings.seen === undefined ? undefined : createHash('sha256'),
    earlierHash: found.isImplied ? undefined : earlierHash(header, note, file),
    groups: 0,
    looseSets: 0,
    sets: 0,
    before: { previous: undefined, numbered: undefined },
    hasOtherSegments: false,
  };
}

/** Closes an interchange, with what can be said only when all of it was read. */
export function endedInterchange(
  open: OpenInterchange,
  rules: EnvelopeRules,
  findings: SegmentFindings,
): InterchangeResult {
  const note: Note = (code, element = 0) => open.tally.add(findings.make(code, element, 0));
  if (open.sets === 0 && !open.hasOtherSegments) note('interchange-empty');
  if (open.before.previous !== undefined) rules.ends?.(open.before.previous, note);
  const hash = open.hash?.digest('hex') ?? '';
  if (open.earlierHash !== undefined) {
    note(hash === open.earlierHash ? 'interchange-seen-same' : 'interchange-seen-other');
  }
  return closedInterchange(open, hash);
}

/** What the first element of the trailer should say. */
export function expectedCount(open: OpenInterchange, { interchangeCounts }: EnvelopeRules): number {
  if (interchangeCounts === 'sets') return open.sets;
  return interchangeCounts === 'groups' || open.groups > 0 ? open.groups : open.sets;
}

/** Whether a delimiter is another one than was agreed. */
function usesOthers({ standard, delimiters }: InterchangeHeader, settings: EdiSettings): boolean {
  const { element, component, repetition, terminator } = settings.delimiters?.[standard] ?? {};
  const differs = (agreed: number | undefined, used: number) => agreed !== undefined && used !== 0 && agreed !== used;
  return (
    differs(element, delimiters.element) ||
    differs(component, delimiters.component) ||
    differs(repetition, delimiters.repetition) ||
    differs(terminator, delimiters.terminator)
  );
}

function headerOf(found: FoundHeader, findings: SegmentFindings, note: Note): InterchangeHeader {
  const { rules, delimiters, una, isImplied } = found;
  const place = { standard: rules.standard, offset: findings.offset, delimiters, una, isImplied };
  if (!isImplied) return { ...place, ...rules.interchange(findings.header, note) };
  note('interchange-header-missing');
  const nobody = { id: '', qualifier: '' };
  const unknown = { version: '', control: '', isTest: false, wantsAcknowledgment: false, elements: [] };
  return { ...place, ...unknown, sender: nobody, receiver: nobody };
}

function earlierHash(header: InterchangeHeader, note: Note, file: FileContext): string | undefined {
  const { standard, sender, receiver, control } = header;
  const key = JSON.stringify([standard, sender, receiver, control]);
  if (file.controls.isRepeated(file.interchangeControls, key)) note('interchange-repeated');
  return file.settings.seen?.({ standard, sender: sender.id, receiver: receiver.id, control });
}
