import {
  type DecimalType,
  type HiveType,
  maxDecimalPrecision,
  type PrimitiveName,
  primitive,
  type StructField,
} from "./hive-type.ts";

/** Integer types from narrow to wide, with the digits that each needs as a decimal. */
const integers: ReadonlyMap<PrimitiveName, number> = new Map<PrimitiveName, number>([
  ["tinyint", 3],
  ["smallint", 5],
  ["int", 10],
  ["bigint", 19],
]);

const text = primitive("string");

/**
 * The narrowest type that holds the values of both. Integers widen to the wider one, an integer and a floating
 * point number to double, decimals to one that keeps all digits, dates and timestamps to timestamp; arrays,
 * maps and structs widen inside. Whatever else does not fit together is a string.
 */
export function widenType(a: HiveType, b: HiveType): HiveType {
  if (a.kind === "primitive" && a.name === "void") return b;
  if (b.kind === "primitive" && b.name === "void") return a;
  if (a.kind === "array" && b.kind === "array") {
    return { kind: "array", element: widenType(a.element, b.element) };
  }
  if (a.kind === "map" && b.kind === "map") {
    return { kind: "map", key: widenType(a.key, b.key), value: widenType(a.value, b.value) };
  }
  if (a.kind === "struct" && b.kind === "struct") {
    return { kind: "struct", fields: widenFields(a.fields, b.fields) };
  }
  if (a.kind === "text" && b.kind === "text") {
    const name = a.name === b.name ? a.name : "varchar";
    return { kind: "text", name, length: Math.max(a.length, b.length) };
  }
  if (a.kind === "union" && b.kind === "union" && sameType(a, b)) return a;
  return widenNumbers(a, b) ?? text;
}

/** Fields by name, whose case does not matter; those of `a` come first and keep their spelling. */
export function widenFields(a: readonly StructField[], b: readonly StructField[]): readonly StructField[] {
  const merged = new Map(a.map((field) => [field.name.toLowerCase(), field]));
  for (const field of b) {
    const key = field.name.toLowerCase();
    const known = merged.get(key);
    merged.set(key, known === undefined ? field : { ...known, type: widenType(known.type, field.type) });
  }
  return [...merged.values()];
}

/** Whether two types are equal, but for the case of fields' names. */
export function sameType(a: HiveType, b: HiveType): boolean {
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case "primitive":
      return b.kind === "primitive" && a.name === b.name;
    case "decimal":
      return b.kind === "decimal" && a.precision === b.precision && a.scale === b.scale;
    case "text":
      return b.kind === "text" && a.name === b.name && a.length === b.length;
    case "array":
      return b.kind === "array" && sameType(a.element, b.element);
    case "map":
      return b.kind === "map" && sameType(a.key, b.key) && sameType(a.value, b.value);
    case "struct":
      return b.kind === "struct" && sameFields(a.fields, b.fields);
    case "union":
      return b.kind === "union" && sameList(a.options, b.options);
  }
}

function sameFields(a: readonly StructField[], b: readonly StructField[]): boolean {
  if (a.length !== b.length) return false;
  const types = new Map(b.map((field) => [field.name.toLowerCase(), field.type]));
  return a.every((field) => {
    const other = types.get(field.name.toLowerCase());
    return other !== undefined && sameType(field.type, other);
  });
}

function sameList(a: readonly HiveType[], b: readonly HiveType[]): boolean {
  return (
    a.length === b.length &&
    a.every((type, index) => {
      const other = b[index];
      return other !== undefined && sameType(type, other);
    })
  );
}

function widenNumbers(a: HiveType, b: HiveType): HiveType | undefined {
  if (a.kind === "decimal" || b.kind === "decimal") return widenDecimals(a, b);
  if (a.kind !== "primitive" || b.kind !== "primitive") return undefined;
  if (a.name === b.name) return a;
  const [left, right] = [integers.get(a.name), integers.get(b.name)];
  if (left !== undefined && right !== undefined) return left > right ? a : b;
  if (isNumber(a.name) && isNumber(b.name)) return primitive("double");
  const times = new Set([a.name, b.name]);
  return times.has("date") && times.has("timestamp") ? primitive("timestamp") : undefined;
}

function isNumber(name: PrimitiveName): boolean {
  return integers.has(name) || name === "float" || name === "double";
}

function widenDecimals(a: HiveType, b: HiveType): HiveType | undefined {
  const [left, right] = [asDecimal(a), asDecimal(b)];
  if (left === undefined || right === undefined) {
    const other = a.kind === "decimal" ? b : a;
    return other.kind === "primitive" && isNumber(other.name) ? primitive("double") : undefined;
  }
  const scale = Math.max(left.scale, right.scale);
  const whole = Math.max(left.precision - left.scale, right.precision - right.scale);
  // More digits than a decimal has: keep the whole part, as Hive does.
  const precision = Math.min(whole + scale, maxDecimalPrecision);
  return { kind: "decimal", precision, scale: Math.min(scale, precision - Math.min(whole, precision)) };
}

function asDecimal(type: HiveType): DecimalType | undefined {
  if (type.kind === "decimal") return type;
  if (type.kind !== "primitive") return undefined;
  const digits = integers.get(type.name);
  return digits === undefined ? undefined : { kind: "decimal", precision: digits, scale: 0 };
}
