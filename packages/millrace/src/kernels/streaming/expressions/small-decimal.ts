import type { DecimalType, FlinkType } from "../../../sql/flink/types.ts";
import { anyNil, blankOf, type Emitter, type Term } from "./term.ts";

/*
 * DECIMALs are bigints, which take an allocation for each result. Most values are small: their unscaled value is
 * computed as a double as long as it is exact, and becomes a bigint where it leaves the expression. Beyond that the
 * bigints are computed.
 */

/** The value itself while doubles hold it and its neighbours exactly, else NaN; never -0. */
function exactOrNaN(value: number): number {
  return value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER ? value + 0 : Number.NaN;
}

const maxExactPower = 15;

/** The small value times a power of ten, or undefined where that is no exact double. */
export function liftedText(emitter: Emitter, small: string, power: number): string | undefined {
  if (power === 0) return small;
  if (power < 0 || power > maxExactPower) return undefined;
  return `${emitter.code.constant(exactOrNaN)}(${small} * ${10 ** power})`;
}

/**
 * A DECIMAL of terms that is NULL when one of them is.
 * @param small gives the unscaled value as a double, or anything beyond the exact ones
 * @param big gives it as bigint, or null where it does not fit the precision
 */
export function smallDecimal(
  emitter: Emitter,
  type: DecimalType,
  terms: readonly Term[],
  small: string,
  big: string,
): Term {
  const { code } = emitter;
  const nil = anyNil(terms);
  if (nil === "true") return { text: blankOf(type, emitter.mode), nil };
  const value = code.name("s");
  const wide = code.name("w");
  const guarded = nil === undefined ? small : `(${nil}) ? 0 : ${small}`;
  code.line(`let ${value} = ${guarded};`);
  const limit = type.precision > maxExactPower ? Number.MAX_SAFE_INTEGER : 10 ** type.precision - 1;
  code.line(`${value} = ${value} <= ${limit} && ${value} >= -${limit} ? ${value} + 0 : NaN;`);
  code.line(`const ${wide} = ${value} === ${value} ? undefined : ${big};`);
  const isNull = code.name("n");
  code.line(`const ${isNull} = ${nil === undefined ? "" : `(${nil}) || `}${wide} === null;`);
  return { text: `(${value} === ${value} ? BigInt(${value}) : ${wide})`, nil: isNull, small: value };
}

/** Both as doubles where they are small, else as bigints. */
export function eitherText(
  left: Term,
  right: Term,
  text: (a: string, b: string) => string,
): string | undefined {
  const [a, b] = [left.small, right.small];
  if (a === undefined || b === undefined) return undefined;
  return `(${a} === ${a} && ${b} === ${b} ? ${text(a, b)} : ${text(left.text, right.text)})`;
}

/** A literal's. */
export function smallLiteral(type: FlinkType, value: bigint): string | undefined {
  const number = Number(value);
  return type.kind === "decimal" && Number.isSafeInteger(number) ? `(${number})` : undefined;
}
