import { ControlScope, claimedCount, compareControls } from './control-numbers.ts';
import { BLANK_EVENT, type EdiEvent } from './events.ts';
import type { FoundHeader } from './find-header.ts';
import type { Finding } from './finding.ts';
import type { FindingCode } from './finding-codes.ts';
import type { GroupHeader } from './header.ts';
import { endedInterchange, expectedCount, type FileContext, openedInterchange } from './interchange-level.ts';
import { closedGroup, closedSet, type OpenGroup, type OpenInterchange, type OpenSet } from './open-levels.ts';
import type { FindingMaker } from './place-finding.ts';
import type { EnvelopeRules, Note } from './rules.ts';
import type { SegmentFindings } from './segment-findings.ts';
import type { FoundAt, SetChecker } from './set-checker.ts';
import { Tally } from './tally.ts';

/**
 * What is open - interchange, group, set - and what each service segment does to it. A level that is open when it should
 * have closed is closed with a finding, so that nothing inside it is lost.
 */
export class Envelope {
  readonly #file: FileContext;
  readonly #here: SegmentFindings;
  readonly #maker: FindingMaker;
  readonly #tell: (event: EdiEvent) => void;
  readonly #checker: SetChecker | undefined;
  #totals: SetChecker | undefined;
  #rules: EnvelopeRules | undefined;
  #interchange: OpenInterchange | undefined;
  #group: OpenGroup | undefined;
  #set: OpenSet | undefined;

  constructor(file: FileContext, here: SegmentFindings, maker: FindingMaker, tell: (event: EdiEvent) => void) {
    this.#file = file;
    this.#here = here;
    this.#maker = maker;
    this.#tell = tell;
    this.#checker = file.settings.checker?.((code, at = {}) => this.#report(code, at));
  }

  get rules(): EnvelopeRules | undefined {
    return this.#rules;
  }

  get isInSet(): boolean {
    return this.#set !== undefined;
  }

  /** Counts the segment at hand into its set. */
  countSegment(): number {
    if (this.#set === undefined) return 0;
    this.#set.segments += 1;
    if (this.#set.segments === this.#file.limits.segmentsPerSet + 1) this.note('too-many-segments');
    return this.#set.segments;
  }

  /** Checks the segment at hand, which stands in the body of a set. */
  checkSegment(): void {
    const position = this.#set?.segments ?? 0;
    this.#checker?.take(this.#here.segment, position);
    this.#totals?.take(this.#here.segment, position);
  }

  /** Takes the bytes of the segment at hand into the hash of its interchange, when there is one. */
  hashSegment(): void {
    this.#interchange?.hash?.update(this.#here.segment.copy()).update('\n');
  }

  /** Reports on the segment at hand, at the innermost level that is open. */
  note(code: FindingCode, element = 0): void {
    this.#report(code, { element });
  }

  /** Adds a finding to the innermost level that is open. */
  add(finding: Finding): void {
    this.#innermost?.tally.add(finding);
  }

  openInterchange(found: FoundHeader): void {
    this.#rules = found.rules;
    this.#maker.standard = found.rules.standard;
    this.#maker.release = '004010';
    this.#interchange = openedInterchange(found, this.#here, this.#file);
    this.#totals = found.rules.totals?.((code, at = {}) => this.#reportTotal(code, at));
    this.#tell({ ...BLANK_EVENT, kind: 'interchange-opened', interchange: this.#interchange.header });
  }

  closeInterchange(): void {
    this.#abandonGroup();
    const open = this.#interchange;
    if (open === undefined || this.#rules === undefined) return;
    this.#checkTrailer(open.tally, 'interchange-count-differs', expectedCount(open, this.#rules));
    this.#checkControl(open.tally, open.header.control.trim(), 'interchange-control-differs');
    this.#endInterchange(open, this.#rules);
  }

  /** Closes whatever is open because something else begins, or the file ends. */
  abandon(): void {
    this.#abandonGroup();
    const open = this.#interchange;
    if (open === undefined || this.#rules === undefined) return;
    if (!open.header.isImplied) open.tally.add(this.#finding('interchange-trailer-missing'));
    this.#endInterchange(open, this.#rules);
  }

  openGroup(): void {
    this.#abandonGroup();
    const open = this.#interchange;
    if (open === undefined || this.#rules === undefined) return;
    const tally = new Tally(this.#file.limits.findingsPerSet);
    const noted: [FindingCode, number][] = [];
    const header = {
      offset: this.#here.offset,
      ...this.#rules.group(this.#here.header, (...note) => noted.push([note[0], note[1] ?? 0])),
    };
    this.#maker.release = /^\d{6}/.exec(header.version)?.[0] ?? '004010';
    for (const [code, element] of noted) {
      const finding = this.#finding(code, element);
      tally.add(finding);
      if (code === 'group-unreadable') open.tally.add(finding);
    }
    if (this.#isRepeated(open.groupControls, header.control ?? '')) tally.add(this.#finding('group-repeated', 6));
    if (open.looseSets > 0) open.tally.add(this.#finding('groups-and-sets-mixed'));
    open.groups += 1;
    this.#startGroup(header, tally);
  }

  closeGroup(): void {
    this.abandonSet();
    const group = this.#group;
    if (group === undefined || group.header.control === null) {
      this.outsideSet();
      return;
    }
    this.#checkTrailer(group.tally, 'set-count-differs', group.received);
    this.#checkControl(group.tally, group.header.control, 'group-control-differs');
    this.#endGroup(group, claimedCount(this.#here.segment));
  }

  openSet(): void {
    this.abandonSet();
    const open = this.#interchange;
    if (open === undefined || this.#rules === undefined) return;
    const group = this.#group ?? this.#implyGroup(open, this.#rules);
    const tally = new Tally(this.#file.limits.findingsPerSet);
    const note: Note = (code, element) => {
      const finding = this.#finding(code, element, 1);
      tally.add(finding);
      if (code === 'set-unreadable') group.tally.add(finding);
    };
    const header = { ...this.#rules.set(this.#here.header, note), offset: this.#here.offset };
    if (this.#isRepeated(group.setControls, header.control)) note('set-repeated');
    const at = { set: header, group: group.header, interchange: open.header };
    if (this.#file.settings.supports?.(at) === false) note('set-unsupported');
    this.#rules.follows?.(header, open.before, note);
    const isNumbered = !tally.findings.some(({ code }) => code === 'set-out-of-order');
    open.before = { previous: header, numbered: isNumbered ? header : open.before.numbered };
    open.sets += 1;
    group.received += 1;
    this.#set = { header, tally, segments: 0 };
    this.#tell({ ...BLANK_EVENT, kind: 'set-opened', set: header });
    this.#checker?.open(at);
    this.#totals?.open(at);
  }

  closeSet(): void {
    const set = this.#set;
    if (set === undefined) {
      this.outsideSet();
      return;
    }
    this.#checker?.close();
    this.#checkTrailer(set.tally, 'segment-count-differs', set.segments);
    this.#checkControl(set.tally, set.header.control, 'set-control-differs');
    this.#endSet(set);
  }

  /** Closes the set that is open because something other than its trailer comes. */
  abandonSet(): void {
    if (this.#set === undefined) return;
    this.#set.tally.add(this.#finding('set-trailer-missing', 0, this.#set.segments));
    this.#endSet(this.#set);
  }

  get #innermost(): { readonly tally: Tally } | undefined {
    return this.#set ?? this.#group ?? this.#interchange;
  }

  #report(code: FindingCode, at: FoundAt): void {
    const tally = this.#innermost?.tally;
    const severity = this.#maker.severityOf(code);
    if (tally?.keeps(severity)) tally.add(this.#here.found(code, at, this.#set?.segments ?? 0));
    else tally?.count(severity);
  }

  /** A total of the file rejects all that it sums up. */
  #reportTotal(code: FindingCode, at: FoundAt): void {
    const finding = this.#here.found(code, at, this.#set?.segments ?? 0);
    this.add(finding);
    if (code === 'file-total-differs') this.#interchange?.tally.add(finding);
  }

  /** A segment that belongs to no set. Findings of one interchange say it once. */
  outsideSet(): void {
    const open = this.#interchange;
    if (open === undefined || this.#rules === undefined) return;
    const isKnown = this.#rules.between.has(this.#here.segment.packedTag);
    if (!isKnown && !open.hasOtherSegments) open.tally.add(this.#finding('segment-outside-set'));
    open.hasOtherSegments = true;
  }

  #implyGroup(open: OpenInterchange, rules: EnvelopeRules): OpenGroup {
    const header = { offset: this.#here.offset, functionalId: null, control: null, version: '', elements: [] };
    if (!rules.groupsAreOptional && !open.header.isImplied) open.tally.add(this.#finding('group-header-missing'));
    if (open.groups > 0 && rules.standard === 'EDIFACT') open.tally.add(this.#finding('groups-and-sets-mixed'));
    return this.#startGroup(header, new Tally(this.#file.limits.findingsPerSet));
  }

  #startGroup(header: GroupHeader, tally: Tally): OpenGroup {
    const counts = { received: 0, accepted: 0, hasErrors: false, findingsOfRejected: 0 };
    const group = { header, tally, setControls: new ControlScope(), ...counts };
    this.#group = group;
    this.#tell({ ...BLANK_EVENT, kind: 'group-opened', group: header });
    return group;
  }

  #abandonGroup(): void {
    this.abandonSet();
    const group = this.#group;
    if (group === undefined) return;
    if (group.header.control !== null) group.tally.add(this.#finding('group-trailer-missing'));
    this.#endGroup(group, null);
  }

  #endSet(set: OpenSet): void {
    const group = this.#group;
    this.#set = undefined;
    if (group !== undefined) this.#countSet(group, set);
    this.#tell({ ...BLANK_EVENT, kind: 'set-closed', set: closedSet(set) });
  }

  #countSet(group: OpenGroup, { tally }: OpenSet): void {
    if (tally.verdict !== 'R') group.accepted += 1;
    if (tally.verdict !== 'A') group.hasErrors = true;
    if (tally.verdict !== 'R') return;
    const { faultySetsPerGroup, findingsPerGroup } = this.#file.limits;
    const rejected = group.received - group.accepted;
    const isTooMany = rejected > faultySetsPerGroup || group.findingsOfRejected >= findingsPerGroup;
    group.findingsOfRejected += tally.findings.length;
    if (isTooMany && group.tally.verdict !== 'R') group.tally.add(this.#finding('too-many-faulty-sets'));
  }

  #endGroup(group: OpenGroup, claimed: number | null): void {
    const { header, received } = group;
    if (header.control === null && this.#interchange !== undefined) this.#interchange.looseSets += received;
    this.#group = undefined;
    this.#tell({ ...BLANK_EVENT, kind: 'group-closed', group: closedGroup(group, claimed) });
  }

  #endInterchange(open: OpenInterchange, rules: EnvelopeRules): void {
    const interchange = endedInterchange(open, rules, this.#here);
    this.#interchange = undefined;
    this.#rules = undefined;
    this.#tell({ ...BLANK_EVENT, kind: 'interchange-closed', interchange });
  }

  #checkTrailer(tally: Tally, code: FindingCode, expected: number): void {
    if (claimedCount(this.#here.segment) !== expected) tally.add(this.#finding(code, 1));
  }

  #checkControl(tally: Tally, opened: string, code: FindingCode): void {
    if (this.#rules?.trailersHaveControl !== true) return;
    const compared = compareControls(opened, this.#here.segment.value(2));
    if (compared !== 'same') tally.add(this.#finding(compared === 'other-zeros' ? 'control-zeros' : code, 2));
  }

  #isRepeated(scope: ControlScope, control: string): boolean {
    return this.#file.controls.isRepeated(scope, control);
  }

  #finding(code: FindingCode, element = 0, segment = this.#set?.segments ?? 0): Finding {
    return this.#here.make(code, element, segment);
  }
}
