import type { Codec } from './codec.ts';

const WRITTEN = /^([01]\d|2[0-3])([0-5]\d)([0-5]\d)?$/;

/** A time of the day as HHMM or HHMMSS. */
export const time: Codec = {
  form: { kind: 'time' },
  unfit: 'lose',
  read: (written) => WRITTEN.exec(written)?.slice(1).filter(Boolean).join(':'),
  write: (value) => ({ text: value.replaceAll(':', '') }),
};
