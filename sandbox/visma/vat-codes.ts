/** VAT codes of incoming invoices with their rates in percent. A code that a seed adds has no rate: no VAT. */
export const VAT_CODES = [
  { id: '0', description: 'No VAT', rate: 0 },
  { id: '21', description: 'Input VAT 25 %', rate: 25 },
  { id: '22', description: 'Input VAT 15 %', rate: 15 },
  { id: '23', description: 'Input VAT 12 %', rate: 12 },
] as const;

/** The rate of a code, in percent. */
export function vatRateOf(id: string): number {
  return VAT_CODES.find((code) => code.id === id)?.rate ?? 0;
}
