import type { CharacterSet } from '../edi/characters.ts';
import { elementsOf } from '../edi/elements.ts';
import type { EnvelopeRules, Note } from '../edi/rules.ts';
import { packTag } from '../edi/segment.ts';
import type { HeaderSegment } from '../edi/short-segment.ts';

/** Character sets by syntax identifier (S001). A and B are within ASCII; senders write more all the same. */
const REPERTOIRES: Readonly<Record<string, CharacterSet>> = {
  UNOA: 'auto',
  UNOB: 'auto',
  UNOC: 'iso-8859-1',
  UNOD: 'iso-8859-2',
  UNOE: 'iso-8859-5',
  UNOF: 'iso-8859-7',
  UNOG: 'iso-8859-3',
  UNOH: 'iso-8859-4',
  UNOI: 'iso-8859-6',
  UNOJ: 'iso-8859-8',
  UNOK: 'iso-8859-9',
  UNOW: 'utf-8',
  UNOX: 'auto',
  UNOY: 'utf-8',
};

/** The envelope of EDIFACT: UNB and UNZ around UNH and UNT, with UNG and UNE between them where groups are used. */
export const EDIFACT_RULES: EnvelopeRules = {
  standard: 'EDIFACT',
  interchangeOpen: packTag('UNB'),
  interchangeClose: packTag('UNZ'),
  groupOpen: packTag('UNG'),
  groupClose: packTag('UNE'),
  setOpen: packTag('UNH'),
  setClose: packTag('UNT'),
  between: new Set(),
  groupsAreOptional: true,
  interchangeCounts: 'groups-or-sets',
  trailersHaveControl: true,
  tagPattern: /^[A-Z][A-Z0-9]{2}$/,
  characters(segment) {
    const identifier = segment.value(1, 1);
    return Object.hasOwn(REPERTOIRES, identifier) ? REPERTOIRES[identifier] : undefined;
  },

  interchange(segment, note) {
    checkInterchange(segment, note);
    return {
      version: `${segment.value(1, 1)}:${segment.value(1, 2)}`,
      sender: { id: segment.value(2, 1).trim(), qualifier: segment.value(2, 2) },
      receiver: { id: segment.value(3, 1).trim(), qualifier: segment.value(3, 2) },
      control: segment.value(5),
      isTest: segment.value(11) !== '',
      wantsAcknowledgment: segment.value(9) === '1',
      elements: elementsOf(segment),
    };
  },

  group(segment, note) {
    if (segment.value(5) === '') note('group-unreadable');
    const version = [1, 2, 3].map((component) => segment.value(7, component)).join(':');
    return { functionalId: segment.value(1), control: segment.value(5), version, elements: elementsOf(segment) };
  },

  set(segment, note) {
    const [control, type] = [segment.value(1), segment.value(2, 1)];
    if (type === '' || control === '') note('set-unreadable');
    return { type, control, version: segment.element(2), elements: elementsOf(segment) };
  },
};

function checkInterchange(segment: HeaderSegment, note: Note): void {
  const [identifier, version] = [segment.value(1, 1), segment.value(1, 2)];
  if (!Object.hasOwn(REPERTOIRES, identifier) || !/^[1-4]$/.test(version)) note('version-unknown', 1);
  if (segment.value(2, 1).trim() === '') note('sender-missing', 2);
  if (segment.value(3, 1).trim() === '') note('receiver-missing', 3);
  if (!/^(\d\d)?\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/.test(segment.value(4, 1))) note('date-invalid', 4);
  if (!/^([01]\d|2[0-4])[0-5]\d$/.test(segment.value(4, 2))) note('time-invalid', 4);
  if (segment.value(5) === '') note('interchange-control-invalid', 5);
}
