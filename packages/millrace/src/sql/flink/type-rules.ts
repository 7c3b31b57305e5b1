import type { DecimalType, FlinkType, RowField, TimeType } from "./types.ts";
import { maxLength } from "./types.ts";

/** The greatest precision of DECIMAL. */
const maxDecimalPrecision = 38;
/** Digits behind the point that stay when a DECIMAL would be too wide. */
const keptScale = 6;

const wholePrecision = { tinyint: 3, smallint: 5, int: 10, bigint: 19 } as const;
type WholeKind = keyof typeof wholePrecision;

/** TIMESTAMP and TIMESTAMP_LTZ. */
type TimestampType = TimeType & { readonly kind: "timestamp" | "timestamp_ltz" };

export function withNullable<T extends FlinkType>(type: T, nullable: boolean): T {
  return type.nullable === nullable ? type : { ...type, nullable };
}

export function isWhole(type: FlinkType): boolean {
  return type.kind in wholePrecision;
}

/** TINYINT to BIGINT and DECIMAL. */
export function isExact(type: FlinkType): boolean {
  return type.kind === "decimal" || isWhole(type);
}

export function isApproximate(type: FlinkType): boolean {
  return type.kind === "float" || type.kind === "double";
}

export function isNumeric(type: FlinkType): boolean {
  return isExact(type) || isApproximate(type);
}

export function isText(type: FlinkType): boolean {
  return type.kind === "char" || type.kind === "varchar";
}

export function isBytes(type: FlinkType): boolean {
  return type.kind === "binary" || type.kind === "varbinary";
}

export function isTimestamp(type: FlinkType): type is TimestampType {
  return type.kind === "timestamp" || type.kind === "timestamp_ltz";
}

export function isInterval(type: FlinkType): boolean {
  return type.kind === "interval_months" || type.kind === "interval_millis";
}

/** ARRAY, MULTISET, MAP and ROW. */
export function isConstructed(type: FlinkType): boolean {
  return type.kind === "array" || type.kind === "multiset" || type.kind === "map" || type.kind === "row";
}

/** Whether two types are the same; the outermost nullability counts when `exactly` says so, inner ones always. */
export function sameType(left: FlinkType, right: FlinkType, exactly = false): boolean {
  if (left.kind !== right.kind || (exactly && left.nullable !== right.nullable)) {
    return false;
  }
  switch (left.kind) {
    case "char":
    case "varchar":
    case "binary":
    case "varbinary":
      return "length" in right && left.length === right.length;
    case "decimal":
      return right.kind === "decimal" && left.precision === right.precision && left.scale === right.scale;
    case "time":
    case "timestamp":
    case "timestamp_ltz":
      return "precision" in right && left.precision === right.precision;
    case "array":
    case "multiset":
      return "element" in right && sameType(left.element, right.element, true);
    case "map":
      return (
        right.kind === "map" && sameType(left.key, right.key, true) && sameType(left.value, right.value, true)
      );
    case "row":
      return right.kind === "row" && sameFields(left.fields, right.fields);
    default:
      return true;
  }
}

function sameFields(left: readonly RowField[], right: readonly RowField[]): boolean {
  return (
    left.length === right.length &&
    left.every((field, index) => {
      const other = right[index];
      return other !== undefined && field.name === other.name && sameType(field.type, other.type, true);
    })
  );
}

/** The DECIMAL that holds each value of an exact type. */
export function decimalOf(type: FlinkType): DecimalType | undefined {
  if (type.kind === "decimal") {
    return type;
  }
  if (isWhole(type)) {
    return {
      kind: "decimal",
      precision: wholePrecision[type.kind as WholeKind],
      scale: 0,
      nullable: type.nullable,
    };
  }
  return undefined;
}

/** `+ - * / %` of two DECIMALs, as Flink (and SQL Server before it) gives their precision and scale. */
export function decimalResult(operator: string, left: DecimalType, right: DecimalType): DecimalType {
  const nullable = left.nullable || right.nullable;
  const [p1, s1, p2, s2] = [left.precision, left.scale, right.precision, right.scale];
  switch (operator) {
    case "*":
      return boundedDecimal(p1 + p2 + 1, s1 + s2, nullable);
    case "/": {
      const scale = Math.max(keptScale, s1 + p2 + 1);
      return boundedDecimal(p1 - s1 + s2 + scale, scale, nullable);
    }
    case "%": {
      const scale = Math.max(s1, s2);
      return boundedDecimal(Math.min(p1 - s1, p2 - s2) + scale, scale, nullable);
    }
    default: {
      const scale = Math.max(s1, s2);
      return boundedDecimal(Math.max(p1 - s1, p2 - s2) + scale + 1, scale, nullable);
    }
  }
}

/** What `+ - * / %` of two numbers gives; undefined when one is no number. The remainder has the divisor's type. */
export function arithmeticType(operator: string, left: FlinkType, right: FlinkType): FlinkType | undefined {
  const [a, b] = [decimalOf(left), decimalOf(right)];
  if (a !== undefined && b !== undefined && (left.kind === "decimal" || right.kind === "decimal")) {
    return decimalResult(operator, a, b);
  }
  if (!isNumeric(left) || !isNumeric(right)) {
    return undefined;
  }
  return operator === "%" && isWhole(left) && isWhole(right)
    ? withNullable(right, left.nullable || right.nullable)
    : leastCommonType([left, right]);
}

/** Too wide a DECIMAL gives up digits behind the point, so that those before it fit. */
function boundedDecimal(precision: number, scale: number, nullable: boolean): DecimalType {
  if (precision <= maxDecimalPrecision) {
    return { kind: "decimal", precision, scale, nullable };
  }
  const kept = Math.max(maxDecimalPrecision - (precision - scale), Math.min(scale, keptScale));
  return { kind: "decimal", precision: maxDecimalPrecision, scale: kept, nullable };
}

/** The type that SUM gives: DECIMAL widens to 38 digits, all others stay. */
export function sumType(type: FlinkType): FlinkType {
  return type.kind === "decimal" ? { ...type, precision: maxDecimalPrecision } : type;
}

/** The type that AVG gives. */
export function averageType(type: FlinkType): FlinkType {
  if (type.kind !== "decimal") {
    return type;
  }
  const divisor: DecimalType = { kind: "decimal", precision: 20, scale: 0, nullable: type.nullable };
  return decimalResult("/", { ...type, precision: maxDecimalPrecision }, divisor);
}

/**
 * The type that all of these can be cast to without loss, as for CASE, COALESCE, UNION, ARRAY[...]; undefined when
 * there is none. Of NULL literals alone it is NULL.
 */
export function leastCommonType(types: readonly FlinkType[]): FlinkType | undefined {
  let common: FlinkType | undefined;
  let nullable = false;
  for (const type of types) {
    nullable ||= type.nullable;
    if (type.kind === "null") {
      continue;
    }
    common = common === undefined ? type : commonOfTwo(common, type);
    if (common === undefined) {
      return undefined;
    }
  }
  if (common === undefined) {
    return types[0];
  }
  return withNullable(common, nullable);
}

function commonOfTwo(left: FlinkType, right: FlinkType): FlinkType | undefined {
  if (sameType(left, right)) {
    return left;
  }
  return (
    commonNumber(left, right) ??
    commonText(left, right) ??
    commonTime(left, right) ??
    commonConstructed(left, right)
  );
}

function commonNumber(left: FlinkType, right: FlinkType): FlinkType | undefined {
  if (!isNumeric(left) || !isNumeric(right)) {
    return undefined;
  }
  if (isApproximate(left) || isApproximate(right)) {
    const isFloat =
      left.kind !== "double" &&
      right.kind !== "double" &&
      left.kind !== "decimal" &&
      right.kind !== "decimal";
    return { kind: isFloat ? "float" : "double", nullable: false };
  }
  if (isWhole(left) && isWhole(right)) {
    return wholePrecision[left.kind as WholeKind] >= wholePrecision[right.kind as WholeKind] ? left : right;
  }
  const [a, b] = [decimalOf(left), decimalOf(right)];
  if (a === undefined || b === undefined) {
    return undefined;
  }
  const digits = Math.min(Math.max(a.precision - a.scale, b.precision - b.scale), maxDecimalPrecision);
  const scale = Math.min(Math.max(a.scale, b.scale), maxDecimalPrecision - digits);
  return { kind: "decimal", precision: digits + scale, scale, nullable: false };
}

/** Fixed lengths that differ become a variable one, so that nothing is padded. */
function commonText(left: FlinkType, right: FlinkType): FlinkType | undefined {
  const kind =
    isText(left) && isText(right) ? "varchar" : isBytes(left) && isBytes(right) ? "varbinary" : undefined;
  if (kind === undefined || !("length" in left) || !("length" in right)) {
    return undefined;
  }
  return { kind, length: Math.min(Math.max(left.length, right.length), maxLength), nullable: false };
}

function commonTime(left: FlinkType, right: FlinkType): FlinkType | undefined {
  if (left.kind === "time" && right.kind === "time") {
    return { kind: "time", precision: Math.max(left.precision, right.precision), nullable: false };
  }
  if (isTimestamp(left) && isTimestamp(right)) {
    const kind = left.kind === right.kind ? left.kind : "timestamp_ltz";
    return { kind, precision: Math.max(left.precision, right.precision), nullable: false };
  }
  if (left.kind === "date" && isTimestamp(right)) {
    return right;
  }
  return isTimestamp(left) && right.kind === "date" ? left : undefined;
}

function commonConstructed(left: FlinkType, right: FlinkType): FlinkType | undefined {
  if (left.kind === "row" && right.kind === "row") {
    return commonRow(left.fields, right.fields);
  }
  if (left.kind === "map" && right.kind === "map") {
    const key = leastCommonType([left.key, right.key]);
    const value = leastCommonType([left.value, right.value]);
    return key === undefined || value === undefined
      ? undefined
      : { kind: "map", key, value, nullable: false };
  }
  if (left.kind === right.kind && "element" in left && "element" in right) {
    const element = leastCommonType([left.element, right.element]);
    return element === undefined ? undefined : { kind: left.kind, element, nullable: false };
  }
  return undefined;
}

function commonRow(left: readonly RowField[], right: readonly RowField[]): FlinkType | undefined {
  if (left.length !== right.length) {
    return undefined;
  }
  const fields: RowField[] = [];
  for (const [index, field] of left.entries()) {
    const other = right[index];
    const type = other === undefined ? undefined : leastCommonType([field.type, other.type]);
    if (type === undefined) {
      return undefined;
    }
    fields.push({ name: field.name, type });
  }
  return { kind: "row", fields, nullable: false };
}
