import type { ElementForm } from '../../../tables/form.ts';

/** An element, or a component, that the directory lists so many times in a row. */
export const times = (count: number, form: ElementForm): ElementForm[] => Array.from({ length: count }, () => form);

/** Which code list a code is from, and who keeps it. */
export const LIST: readonly ElementForm[] = ['1131 an 1 3 C', '3055 an 1 3 C'];

/** A composite of a code, its list, and texts. */
export const coded = (element: string, code: ElementForm, ...texts: readonly ElementForm[]): ElementForm => ({
  element,
  components: [code, ...LIST, ...texts],
});

/** A composite of lines of text. */
export const lines = (element: string, number: string, length: number, count: number): ElementForm => ({
  element,
  components: [`${number} an 1 ${length} M`, ...times(count - 1, `${number} an 1 ${length} C`)],
});

export const ITEM_ID: ElementForm = {
  element: 'C212 C',
  components: ['7140 an 1 35 C', '7143 an 1 3 C', ...LIST],
};

/** A document by its kind: BGM and DOC begin with it. */
export const documentName = (usage: 'M' | 'C'): ElementForm =>
  coded(`C002 ${usage}`, '1001 an 1 3 C', '1000 an 1 35 C');

/** What a service or a charge is. */
export const SERVICE: ElementForm = coded('C214 C', '7161 an 1 3 C', ...times(2, '7160 an 1 35 C'));
