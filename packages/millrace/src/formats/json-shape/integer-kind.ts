import { seen } from "./shape.ts";

const int32Limit = 2_147_483_648n;
const int64Limit = 9_223_372_036_854_775_808n;

/** Digits that are an int, and a bigint, whatever they are. */
const safeIntDigits = 9;
const safeBigintDigits = 18;
const maxHugeDigits = 38;

/** Which kind of integer some digits are; beyond 38 digits only a double can hold it. */
export function integerKind(digits: string, negative: boolean): number {
  const count = digits.length;
  if (count <= safeIntDigits) return seen.int;
  if (count > safeBigintDigits + 1) return count <= maxHugeDigits ? seen.huge : seen.double;
  const value = BigInt(digits);
  const limit = (bound: bigint): bigint => (negative ? bound : bound - 1n);
  if (value <= limit(int32Limit)) return seen.int;
  return value <= limit(int64Limit) ? seen.bigint : seen.huge;
}
