import type { FlinkType } from "../../../sql/flink/types.ts";
import { checkedInteger } from "./exact-integers.ts";
import type { Emitter } from "./term.ts";

const integerKinds: readonly string[] = ["tinyint", "smallint", "int"];

/** Whether `integerText` and `floatText` know the way between two types. */
export function isPlainNumber(type: FlinkType): boolean {
  return integerKinds.includes(type.kind) || ["bigint", "float", "double"].includes(type.kind);
}

/** A number as another plain type: narrowed as Java narrows, never NULL, never failing. */
export function numberCastText(emitter: Emitter, from: FlinkType, to: FlinkType, text: string): string {
  if (from.kind === to.kind) return text;
  if (to.kind === "double" || to.kind === "float") return floatText(emitter, from, to, text);
  return integerText(emitter, from, to, text);
}

function floatText(emitter: Emitter, from: FlinkType, to: FlinkType, text: string): string {
  const number = isLong(emitter, from) ? `Number(${text})` : text;
  return to.kind === "float" ? `Math.fround(${number})` : number;
}

/** To whole numbers. */
export function integerText(emitter: Emitter, from: FlinkType, to: FlinkType, text: string): string {
  const isFloat = from.kind === "float" || from.kind === "double";
  if (to.kind === "bigint") {
    if (isFloat) return `${emitter.code.constant(longOfDouble(emitter.mode))}(${text})`;
    return emitter.mode === "exact" ? `BigInt(${text})` : text;
  }
  const bits = to.kind === "tinyint" ? 8 : to.kind === "smallint" ? 16 : 32;
  if (isLong(emitter, from)) return `Number(BigInt.asIntN(${bits}, ${text}))`;
  const int = isFloat
    ? `${emitter.code.constant(intOfDouble)}(${text})`
    : from.kind === "bigint"
      ? `(${text} | 0)`
      : text;
  if (bits === 32 || width(from) <= bits) return int;
  return `(${int} << ${32 - bits} >> ${32 - bits})`;
}

function isLong(emitter: Emitter, type: FlinkType): boolean {
  return type.kind === "bigint" && emitter.mode === "exact";
}

function width(type: FlinkType): number {
  return type.kind === "tinyint" ? 8 : type.kind === "smallint" ? 16 : 64;
}

/** As Java: towards zero, to the nearest int where it is beyond, NaN is 0. */
export function intOfDouble(value: number): number {
  if (value >= 2_147_483_647) return 2_147_483_647;
  if (value <= -2_147_483_648) return -2_147_483_648;
  return value | 0;
}

const maxLong = 2n ** 63n - 1n;
const minLong = -(2n ** 63n);

export function longOfDouble(mode: "double" | "exact"): (value: number) => number | bigint {
  return mode === "exact" ? exactLong : safeLong;
}

function safeLong(value: number): number {
  return Number.isNaN(value) ? 0 : checkedInteger(Math.trunc(value));
}

function exactLong(value: number): bigint {
  if (Number.isNaN(value)) return 0n;
  if (value >= 9.223372036854776e18) return maxLong;
  if (value <= -9.223372036854776e18) return minLong;
  return BigInt(Math.trunc(value));
}
