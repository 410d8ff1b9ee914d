import { Big } from 'big.js';
import { Failure } from '../../failures/failure.ts';
import type { FixedWidthField } from './layout.ts';

const DIGITS = /^([+-]?)(\d+)([+-]?)$/;

/** The value in a field's text: without padding, and with the decimal point that was implied. Undefined when it is no number and should be. */
export function valueIn(text: string, field: FixedWidthField): string | undefined {
  const trimmed = field.align === 'left' ? trimEnd(text, field.pad) : trimStart(text, field.pad);
  if (field.decimals === undefined || trimmed.trim() === '') return trimmed.trim() === '' ? '' : trimmed;
  const [, before = '', digits = '', after = ''] = DIGITS.exec(trimmed.trim()) ?? [];
  if (digits === '' || (before !== '' && after !== '')) return undefined;
  const padded = digits.padStart(field.decimals + 1, '0');
  const whole = padded.slice(0, padded.length - field.decimals).replace(/^0+(?=\d)/, '');
  const fraction = padded.slice(padded.length - field.decimals);
  return `${before === '-' || after === '-' ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/**
 * The text of a value in its field, padded to its length.
 *
 * @throws Failure FIXED_WIDTH_VALUE_INVALID when it is too long, no number, or has more decimals than the field
 */
export function textOf(value: string, field: FixedWidthField): string {
  const text = field.decimals === undefined || value === '' ? value : unpointed(value, field, field.decimals);
  if ([...text].length > field.length) throw invalid(field, `is longer than ${field.length} characters`);
  if (/[\r\n]/.test(text)) throw invalid(field, 'holds a line break');
  const isNegative = field.decimals !== undefined && field.pad === '0' && text.startsWith('-');
  if (isNegative) return `-${text.slice(1).padStart(field.length - 1, '0')}`;
  const padding = (value === '' ? ' ' : field.pad).repeat(field.length - [...text].length);
  return field.align === 'left' ? text + padding : padding + text;
}

function unpointed(value: string, field: FixedWidthField, decimals: number): string {
  if (!/^-?\d+(\.\d+)?$/.test(value)) throw invalid(field, 'is no decimal number');
  const shifted = new Big(value).times(new Big(10).pow(decimals));
  if (!shifted.eq(shifted.round(0, Big.roundDown))) throw invalid(field, `has more than ${decimals} decimals`);
  return shifted.toFixed(0);
}

function invalid({ name }: FixedWidthField, why: string): Failure {
  return new Failure('FIXED_WIDTH_VALUE_INVALID', { message: `The value of ${name} ${why}.` });
}

function trimEnd(text: string, pad: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === pad || text[end - 1] === ' ')) end -= 1;
  return text.slice(0, end);
}

/** A number of nothing but zeros keeps the last one. */
function trimStart(text: string, pad: string): string {
  let start = 0;
  while (start < text.length && (text[start] === pad || text[start] === ' ')) start += 1;
  return start === text.length && pad === '0' && text.endsWith('0') ? '0' : text.slice(start);
}
