import { selectError } from "../select-error.ts";

const smallest = -(2n ** 63n);
const largest = 2n ** 63n - 1n;

/** An integer as values hold it: a number where that is exact. Throws beyond eight bytes. */
export function integer(value: bigint): number | bigint {
  if (value < smallest || value > largest) throw selectError("IntegerOverflow");
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** Undefined when the text is not an integer of eight bytes. */
export function parseInteger(text: string): number | bigint | undefined {
  if (!/^[+-]?\d{1,40}$/.test(text)) return undefined;
  const number = Number(text);
  // -0 is 0.
  if (Number.isSafeInteger(number)) return number + 0;
  const value = BigInt(text.startsWith("+") ? text.slice(1) : text);
  return value < smallest || value > largest ? undefined : value;
}
