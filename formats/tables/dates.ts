const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether digits are a day: CCYYMMDD, or YYMMDD where the century is not told. */
export function isDay(digits: number, length: number): boolean {
  if (length !== 8 && length !== 6) return false;
  const month = Math.floor(digits / 100) % 100;
  const year = Math.floor(digits / 10_000);
  if (month === 2 && digits % 100 === 29) return length === 6 ? year % 4 === 0 : isLeapYear(year);
  return digits % 100 >= 1 && digits % 100 <= (DAYS[month - 1] ?? 0);
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Whether digits are a time: HHMM, HHMMSS, or with tenths or hundredths of a second. 2400 is midnight, as some write it. */
export function isTime(digits: number, length: number): boolean {
  if (length !== 4 && length !== 6 && length !== 7 && length !== 8) return false;
  const minutes = Math.floor(digits / 10 ** (length - 4));
  const seconds = length === 4 ? 0 : Math.floor(digits / 10 ** (length - 6)) % 100;
  if (minutes === 2400) return digits === 2400 * 10 ** (length - 4);
  return minutes < 2400 && minutes % 100 < 60 && seconds < 60;
}

/** How many digits day and time have in the formats of DTM (2379) that hold one point in time. */
const FORMATS = new Map<number, readonly [day: number, time: number]>([
  [101, [6, 0]],
  [102, [8, 0]],
  [201, [6, 4]],
  [203, [8, 4]],
  [204, [8, 6]],
]);

/** Whether the digits of a DTM, -1 for other text, are what its format says; true for formats of something else. */
export function isInFormat(digits: number, length: number, format: number): boolean {
  const parts = FORMATS.get(format);
  if (parts === undefined) return true;
  const [day, time] = parts;
  if (digits < 0 || length !== day + time) return false;
  return isDay(Math.floor(digits / 10 ** time), day) && (time === 0 || isTime(digits % 10 ** time, time));
}
