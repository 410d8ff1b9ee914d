import { elementsOf } from '../edi/elements.ts';
import type { EnvelopeRules, Note } from '../edi/rules.ts';
import { packTag } from '../edi/segment.ts';
import type { HeaderSegment } from '../edi/short-segment.ts';

const INTERCHANGE_VERSION = /^00[2-8]\d\d$/;

/** The envelope of X12: ISA and IEA around GS and GE around ST and SE. */
export const X12_RULES: EnvelopeRules = {
  standard: 'X12',
  interchangeOpen: packTag('ISA'),
  interchangeClose: packTag('IEA'),
  groupOpen: packTag('GS'),
  groupClose: packTag('GE'),
  setOpen: packTag('ST'),
  setClose: packTag('SE'),
  between: new Set(['TA1', 'TA3', 'ISB', 'ISE', 'ISX'].map(packTag)),
  groupsAreOptional: false,
  interchangeCounts: 'groups',
  trailersHaveControl: true,
  tagPattern: /^[A-Z][A-Z0-9]{1,2}$/,
  characters: () => undefined,

  interchange(segment, note) {
    checkInterchange(segment, note);
    return {
      version: segment.element(12),
      sender: { id: segment.element(6).trimEnd(), qualifier: segment.element(5) },
      receiver: { id: segment.element(8).trimEnd(), qualifier: segment.element(7) },
      control: segment.element(13),
      isTest: segment.element(15) === 'T',
      wantsAcknowledgment: segment.element(14) === '1',
      elements: Array.from({ length: segment.elementCount }, (_, index) => [segment.element(index + 1)]),
    };
  },

  group(segment, note) {
    const [functionalId, control, version] = [segment.value(1), segment.value(6), segment.value(8)];
    if (functionalId === '' || control === '') note('group-unreadable');
    else if (!/^\d{1,9}$/.test(control)) note('group-control-invalid', 6);
    if (!/^\d{6}/.test(version)) note('group-version-unknown', 8);
    return { functionalId, control, version, elements: elementsOf(segment) };
  },

  set(segment, note) {
    const [type, control] = [segment.value(1), segment.value(2)];
    if (type === '' || control === '') note('set-unreadable');
    else {
      if (!/^[0-9A-Z]{3}$/.test(type)) note('set-id-invalid', 1);
      if (!/^[0-9A-Za-z]{4,9}$/.test(control)) note('set-control-invalid', 2);
    }
    return { type, control, version: segment.value(3), elements: elementsOf(segment) };
  },
};

function checkInterchange(segment: HeaderSegment, note: Note): void {
  if (segment.element(6).trim() === '') note('sender-missing', 6);
  if (segment.element(8).trim() === '') note('receiver-missing', 8);
  if (!/^\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/.test(segment.element(9))) note('date-invalid', 9);
  if (!/^([01]\d|2[0-4])[0-5]\d$/.test(segment.element(10))) note('time-invalid', 10);
  if (!INTERCHANGE_VERSION.test(segment.element(12))) note('version-unknown', 12);
  if (!/^\d{1,9}$/.test(segment.element(13).trim())) note('interchange-control-invalid', 13);
  if (!/^[01]$/.test(segment.element(14))) note('request-invalid', 14);
  if (!/^[PTI]$/.test(segment.element(15))) note('usage-invalid', 15);
}
