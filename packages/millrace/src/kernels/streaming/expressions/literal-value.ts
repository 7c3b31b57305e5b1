import type { Value } from "../../../sql/flink/bound-expression.ts";
import type { IntegerMode } from "../../../sql/flink/functions/scalar-function.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import { doubleOf } from "./exact-integers.ts";

/** Whether values of the type hold BIGINTs. */
export function holdsLongs(type: FlinkType): boolean {
  switch (type.kind) {
    case "bigint":
      return true;
    case "array":
    case "multiset":
      return holdsLongs(type.element);
    case "map":
      return holdsLongs(type.key) || holdsLongs(type.value);
    case "row":
      return type.fields.some((field) => holdsLongs(field.type));
    default:
      return false;
  }
}

/**
 * A value with each BIGINT in it as the mode holds it.
 * @throws NeedsExactIntegers
 */
export function inMode(value: Value, type: FlinkType, mode: IntegerMode): Value {
  if (value === null || !holdsLongs(type)) return value;
  switch (type.kind) {
    case "bigint":
      if (mode === "exact") return BigInt(value as bigint | number);
      return typeof value === "bigint" ? doubleOf(value) : value;
    case "array":
      return (value as readonly Value[]).map((item) => inMode(item, type.element, mode));
    case "row":
      return type.fields.map((field, index) =>
        inMode((value as readonly Value[])[index] ?? null, field.type, mode),
      );
    case "map":
      return mapValue(value as ReadonlyMap<Value, Value>, type.key, type.value, mode);
    case "multiset":
      return mapValue(value as ReadonlyMap<Value, Value>, type.element, undefined, mode);
    default:
      return value;
  }
}

function mapValue(
  map: ReadonlyMap<Value, Value>,
  key: FlinkType,
  value: FlinkType | undefined,
  mode: IntegerMode,
): Value {
  return new Map(
    [...map].map(([k, v]) => [inMode(k, key, mode), value === undefined ? v : inMode(v, value, mode)]),
  );
}
