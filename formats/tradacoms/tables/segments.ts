import type { ElementForm, SegmentForm, SegmentLibrary } from '../../tables/form.ts';

/** A composite whose parts the manual numbers under one name. */
export const parts = (element: string, ...pictures: readonly string[]): ElementForm => {
  const [name = ''] = element.split(' ');
  return { element, components: pictures.map((picture, at) => `${name}${at + 1} ${picture}`) };
};

/** A GLN, and a code that one of the two has given. */
export const location = (element: string): ElementForm => parts(element, '9 13 13', 'X 1 17');
/** Four lines of street and town, and the post code. */
const address = (element: string): ElementForm => parts(element, 'X 1 35', 'X 1 35', 'X 1 35', 'X 1 35', 'X 1 8');
const vatNumber = (element: string): ElementForm => parts(element, '9 9 9', 'X 1 17');

const REGISTERED = ['X 1 3', 'X 1 40'];

/** What narratives hold: a code of a list, up to four texts by their codes, four lines of free text. */
export const NARRATIVE: readonly ElementForm[] = [
  parts('DNAC C', '9 1 4', 'X 1 3'),
  parts('RTEX C', ...REGISTERED, ...REGISTERED, ...REGISTERED, ...REGISTERED),
  parts('GNAR C', 'X 1 40', 'X 1 40', 'X 1 40', 'X 1 40'),
];

/** References to a specification, and to a contract. */
export const CONTRACT: ElementForm = parts('SCRF C', 'X 1 17', 'X 1 17');

const SEGMENTS: Readonly<Record<string, SegmentForm>> = {
  TYP: ['TCDE 9 4 4 M', 'TTYP X 1 12 C'],
  SDT: [location('SIDN M'), 'SNAM X 1 40 C', address('SADD C'), vatNumber('VATN C')],
  CDT: [location('CIDN M'), 'CNAM X 1 40 C', address('CADD C'), vatNumber('VATR C')],
  DNA: ['SEQA 9 1 10 M', ...NARRATIVE],
  FIL: ['FLGN 9 1 4 M', 'FLVN 9 1 4 M', 'FLDT 9 6 6 M', 'FLID X 1 6 C'],
  CLO: [parts('CLOC M', '9 13 13', 'X 1 17', 'X 1 17'), 'CNAM X 1 40 C', address('CADD C')],
};

/** Segments that order files and invoice files share. Elements are called as the manual calls them; all decimals are implied. */
export const TRADACOMS_SEGMENTS: SegmentLibrary = { standard: 'TRADACOMS', release: '9', segments: SEGMENTS };
