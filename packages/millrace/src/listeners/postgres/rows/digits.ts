/** ASCII digits written straight into a block of bytes. Each function returns where the next byte goes. */

const zero = 0x30;
const billion = 1_000_000_000;

/** @param value a whole number of at most nine digits @param width of these, zeros in front included */
function writePadded(block: Uint8Array, at: number, value: number, width: number): number {
  let left = value | 0;
  for (let index = at + width - 1; index >= at; index--) {
    const quotient = (left / 10) | 0;
    block[index] = zero + left - quotient * 10;
    left = quotient;
  }
  return at + width;
}

/** @param value a whole number from 0 to 2^53 - 1 */
export function writeSafe(block: Uint8Array, at: number, value: number): number {
  if (value < billion) return writeSmall(block, at, value | 0);
  const high = Math.floor(value / billion);
  return writePadded(block, writeSmall(block, at, high), value - high * billion, 9);
}

/** The same for numbers below 2^31, with integer arithmetic alone. */
function writeSmall(block: Uint8Array, at: number, value: number): number {
  let end = at + 1;
  for (let rest = value; rest >= 10; rest = (rest / 10) | 0) end++;
  return writePadded(block, at, value, end - at);
}

const powers: readonly number[] = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);

/** Digits behind the point that `writeDecimal` can write. */
export const maxFastScale = 15;

/** @param value the digits of a decimal with `scale` of them behind the point, from 0 to 2^53 - 1 */
export function writeDecimal(block: Uint8Array, at: number, value: number, scale: number): number {
  if (scale === 0) return writeSafe(block, at, value);
  const power = powers[scale] ?? 1;
  // The remainder is exact, which the quotient of two doubles need not be.
  const fraction = value % power;
  const point = writeSafe(block, at, (value - fraction) / power);
  block[point] = 0x2e;
  if (scale <= 9) return writePadded(block, point + 1, fraction, scale);
  const low = fraction % billion;
  return writePadded(block, writePadded(block, point + 1, (fraction - low) / billion, scale - 9), low, 9);
}

/** `YYYY-MM-DD`, for days since 1970-01-01 of the years 1 to 9999. */
export function writeDate(block: Uint8Array, at: number, days: number): number {
  // Years are counted from March, in eras of 400 years: see `civilDate`, which is for any year.
  const shifted = days + 719_468;
  const era = (shifted / 146_097) | 0;
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra =
    ((dayOfEra - ((dayOfEra / 1_460) | 0) + ((dayOfEra / 36_524) | 0) - ((dayOfEra / 146_096) | 0)) / 365) |
    0;
  const dayOfYear = dayOfEra - (365 * yearOfEra + (yearOfEra >> 2) - ((yearOfEra / 100) | 0));
  const fromMarch = ((5 * dayOfYear + 2) / 153) | 0;
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  writePadded(block, at, year, 4);
  block[at + 4] = 0x2d;
  writePadded(block, at + 5, month, 2);
  block[at + 7] = 0x2d;
  return writePadded(block, at + 8, dayOfYear - (((153 * fromMarch + 2) / 5) | 0) + 1, 2);
}

/** Days that `writeDate` can write: 0001-01-01 and 9999-12-31. */
export const firstFastDay: number = -719_162;
export const lastFastDay = 2_932_896;

/** `HH:MM:SS` and up to six digits of a second. @param micros since midnight, up to 24 hours */
export function writeTime(block: Uint8Array, at: number, micros: number): number {
  const fraction = micros % 1_000_000;
  const seconds = (micros - fraction) / 1_000_000;
  const minutes = (seconds / 60) | 0;
  writePadded(block, at, (minutes / 60) | 0, 2);
  block[at + 2] = 0x3a;
  writePadded(block, at + 3, minutes % 60, 2);
  block[at + 5] = 0x3a;
  let end = writePadded(block, at + 6, seconds - minutes * 60, 2);
  if (fraction === 0) return end;
  block[end] = 0x2e;
  end = writePadded(block, end + 1, fraction, 6);
  while (block[end - 1] === zero) end--;
  return end;
}

/** `+02`, `-03:30`, as clients expect a zone's offset. */
export function writeOffset(block: Uint8Array, at: number, seconds: number): number {
  block[at] = seconds < 0 ? 0x2d : 0x2b;
  const size = Math.abs(seconds);
  let end = writePadded(block, at + 1, (size / 3_600) | 0, 2);
  if (size % 3_600 === 0) return end;
  block[end] = 0x3a;
  end = writePadded(block, end + 1, ((size / 60) | 0) % 60, 2);
  if (size % 60 === 0) return end;
  block[end] = 0x3a;
  return writePadded(block, end + 1, size % 60, 2);
}
