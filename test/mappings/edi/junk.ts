import fc from 'fast-check';

/** Values that stand well nowhere, whatever is asked for: no numbers, no days, names that every object has. */
export const junk = fc.constantFrom(
  ...['', '-', '.', '-0', '00', '1e9', '12.5.', '99999999999999999999'],
  ...['20261340', '261340', 'ZZZ', 'toString', 'Ø', ':', '+'],
);
