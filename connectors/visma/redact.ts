/**
 * Error texts of the ERP repeat what was sent. They travel to logs and workflow histories, so names, addresses, contacts,
 * bank data and registration ids are taken out of them; codes stay, because they are what the user has to mend.
 */
const CODE_FIELDS = new Set([
  'status',
  'supplierClassId',
  'creditTermsId',
  'currencyId',
  'currency',
  'countryId',
  'vatZoneId',
  'vatCodeId',
  'vatId',
  'branch',
  'branchNumber',
  'ledger',
  'project',
  'projectTask',
  'documentLanguage',
  'documentType',
  'paymentMethodId',
  'paymentMethod',
  'cashAccount',
  'account',
  'accountNumber',
  'taxCategory',
  'inventory',
  'inventoryNumber',
  'supplierAccount',
  'supplierSubaccount',
  'expenseAccount',
  'segmentValue',
  'operation',
  'date',
  'dueDate',
  'transactionDate',
  'financialPeriod',
]);
/** Kept readable, yet a sole trader's number can be a national id: the rule for long digit runs applies to it. */
const KEY_FIELDS = new Set([
  'number',
  'supplier',
  'supplierNumber',
  'referenceNumber',
  'refNbr',
  'orderNumber',
  'purchaseNumber',
]);

const EMAIL = /[^\s@<>"'(),;]+@[^\s@<>"'(),;]+\.[^\s@<>"'(),;]+/gu;
/** Seven digits or more, with the separators people write in phone, bank and national numbers. */
const DIGITS = /\d(?:[ \u00a0./-]?\d){6,}/gu;
const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;
/** Systems cut long values before they repeat them: this much of a beginning is taken for the value. */
const RECOGNISABLE = 12;
/** Longer values are looked for in pieces of this length. */
const PIECE = 120;
const SHORT = 4;

interface Sent {
  readonly field: string;
  readonly value: string;
}

/** The text without the free-text values of `body`, mail addresses and long digit runs. Placeholders name the field. */
export function redact(text: string, body: unknown): string {
  const sent = sentValues(body, 'value');
  const codes = new Set(sent.filter(({ field }) => CODE_FIELDS.has(field)).map(({ value }) => value));
  const personal = sent.filter(({ field }) => !CODE_FIELDS.has(field) && !KEY_FIELDS.has(field));
  const longestFirst = personal.sort((a, b) => b.value.length - a.value.length);
  return longestFirst
    .reduce((left, { field, value }) => mask(left, value, `[${field}]`), text.normalize('NFC'))
    .replace(EMAIL, '[email]')
    .replace(DIGITS, (run) => (codes.has(run) || ISO_DAY.test(run) ? run : '[digits]'));
}

/** Every string in the body with the name of its field; the wrapping `value` has none of its own. */
function sentValues(body: unknown, field: string): Sent[] {
  if (typeof body === 'string') return body.trim() === '' ? [] : [{ field, value: body.trim().normalize('NFC') }];
  if (Array.isArray(body)) return body.flatMap((item) => sentValues(item, field));
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([name, inner]) => sentValues(inner, name === 'value' ? field : name));
}

function mask(text: string, value: string, placeholder: string): string {
  const patterns = [value, escapeHtml(value)].flatMap((form) => pieces(lettersOf(form)).map(pattern));
  return patterns.reduce((left, one) => left.replace(one, placeholder), text);
}

/** One regular expression per letter; any white space stands for any other. */
function lettersOf(value: string): string[] {
  const words = value.split(/\s+/).map((word) => [...word].map(quote));
  return words.flatMap((word, at) => (at === 0 ? word : ['\\s+', ...word]));
}

function pieces(letters: readonly string[]): string[][] {
  const starts = Array.from({ length: Math.ceil(letters.length / PIECE) }, (_, at) => at * PIECE);
  return starts.map((start) => letters.slice(start, start + PIECE));
}

function pattern(letters: readonly string[]): RegExp {
  if (letters.length < SHORT) {
    return new RegExp(`(?<![\\p{L}\\p{N}])${letters.join('')}(?![\\p{L}\\p{N}])`, 'giu');
  }
  const tail = letters.slice(RECOGNISABLE).reduceRight((rest, letter) => `(?:${letter}${rest})?`, '');
  return new RegExp(letters.slice(0, RECOGNISABLE).join('') + tail, 'giu');
}

function quote(letter: string): string {
  return letter.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
}

function escapeHtml(value: string): string {
  const escapes: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return value.replace(/[&<>"']/g, (letter) => escapes[letter] ?? letter);
}
