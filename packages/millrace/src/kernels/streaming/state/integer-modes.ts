import type { Value } from "../../../sql/flink/bound-expression.ts";
import { type IntegerMode, NeedsExactIntegers } from "../../../sql/flink/functions/scalar-function.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import { type ColumnValues, laneOf } from "../batch.ts";

/**
 * Saved values of a type as they are in this mode, whichever they were saved in.
 * @throws NeedsExactIntegers when a BIGINT is no exact double
 */
export function convertColumn(values: ColumnValues, type: FlinkType, mode: IntegerMode): ColumnValues {
  const lane = laneOf(type, mode);
  if (lane === "i64" && values instanceof Float64Array) return BigInt64Array.from(values, toBigint);
  if (lane === "f64" && values instanceof BigInt64Array) return Float64Array.from(values, toDouble);
  if (lane !== "object" || !holdsBigint(type)) return values;
  return Array.from(values as readonly unknown[], (value) =>
    value === undefined || value === null ? value : convertValue(value as Value, type, mode),
  );
}

/** One value, in the form of `Value`. */
export function convertValue(value: Value, type: FlinkType, mode: IntegerMode): Value {
  if (value === null) return null;
  switch (type.kind) {
    case "bigint":
      if (mode === "exact") return typeof value === "number" ? toBigint(value) : value;
      return typeof value === "bigint" ? toDouble(value) : value;
    case "array":
      return (value as readonly Value[]).map((element) => convertValue(element, type.element, mode));
    case "row":
      return (value as readonly Value[]).map((field, at) => {
        const fieldType = type.fields[at]?.type;
        return fieldType === undefined ? field : convertValue(field, fieldType, mode);
      });
    case "multiset":
      return convertMap(value as ReadonlyMap<Value, Value>, type.element, undefined, mode);
    case "map":
      return convertMap(value as ReadonlyMap<Value, Value>, type.key, type.value, mode);
    default:
      return value;
  }
}

function convertMap(
  map: ReadonlyMap<Value, Value>,
  keyType: FlinkType,
  valueType: FlinkType | undefined,
  mode: IntegerMode,
): ReadonlyMap<Value, Value> {
  const converted = new Map<Value, Value>();
  for (const [key, value] of map) {
    const entry = valueType === undefined ? value : convertValue(value, valueType, mode);
    converted.set(convertValue(key, keyType, mode), entry);
  }
  return converted;
}

function holdsBigint(type: FlinkType): boolean {
  switch (type.kind) {
    case "bigint":
      return true;
    case "array":
    case "multiset":
      return holdsBigint(type.element);
    case "map":
      return holdsBigint(type.key) || holdsBigint(type.value);
    case "row":
      return type.fields.some((field) => holdsBigint(field.type));
    default:
      return false;
  }
}

function toBigint(value: number): bigint {
  return BigInt(value);
}

function toDouble(value: bigint): number {
  const double = Number(value);
  if (!Number.isSafeInteger(double)) {
    throw new NeedsExactIntegers(`saved state holds ${value}, which is no exact double`);
  }
  return double;
}
