import type { FlinkType } from "../types.ts";

/** Order and equality of values as `Value` in bound-expression.ts says; neither side is NULL. */
export type Comparator = (left: unknown, right: unknown) => number;

/** The order of a type's values: less than 0, 0 or more than 0. NaN is the greatest and equal to itself. */
export function comparatorOf(type: FlinkType): Comparator {
  switch (type.kind) {
    case "char":
    case "varchar":
      return (left, right) => compareTexts(left as string, right as string);
    case "binary":
    case "varbinary":
      return (left, right) => Buffer.compare(left as Uint8Array, right as Uint8Array);
    case "boolean":
      return (left, right) => Number(left) - Number(right);
    case "float":
    case "double":
      return (left, right) => compareDoubles(left as number, right as number);
    case "array":
      return arrayComparator(comparatorOf(type.element));
    case "row":
      return rowComparator(type.fields.map((field) => comparatorOf(field.type)));
    case "map":
      return (left, right) =>
        equalMaps(
          left as ReadonlyMap<unknown, unknown>,
          right as ReadonlyMap<unknown, unknown>,
          type.key,
          type.value,
        );
    default:
      return (left, right) => compareNumbers(left as number, right as number);
  }
}

/** Whether two values, which may be NULL, are the same: NULL is as NULL. */
export function sameValueOf(type: FlinkType): (left: unknown, right: unknown) => boolean {
  const compare = comparatorOf(type);
  return (left, right) => (left === null || right === null ? left === right : compare(left, right) === 0);
}

function compareNumbers(left: number | bigint, right: number | bigint): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function compareDoubles(left: number, right: number): number {
  if (left < right) return -1;
  if (left > right) return 1;
  return left === right ? 0 : Number(Number.isNaN(left)) - Number(Number.isNaN(right));
}

/**
 * Flink compares the bytes of UTF-8, which is the order of code points. UTF-16 differs from it only where a
 * surrogate meets a character above the surrogates.
 */
export function compareTexts(left: string, right: string): number {
  if (left === right) return 0;
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a !== b) return byCodePoint(a) - byCodePoint(b);
  }
  return left.length - right.length;
}

function byCodePoint(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x1_0000 : unit;
}

function arrayComparator(compare: Comparator): Comparator {
  return (left, right) => {
    const [a, b] = [left as readonly unknown[], right as readonly unknown[]];
    const length = Math.min(a.length, b.length);
    for (let index = 0; index < length; index += 1) {
      const order = withNulls(a[index], b[index], compare);
      if (order !== 0) return order;
    }
    return a.length - b.length;
  };
}

function rowComparator(compares: readonly Comparator[]): Comparator {
  return (left, right) => {
    const [a, b] = [left as readonly unknown[], right as readonly unknown[]];
    for (const [index, compare] of compares.entries()) {
      const order = withNulls(a[index], b[index], compare);
      if (order !== 0) return order;
    }
    return 0;
  };
}

function withNulls(left: unknown, right: unknown, compare: Comparator): number {
  if (left === null || right === null) return Number(left !== null) - Number(right !== null);
  return compare(left, right);
}

/** Maps have no order: 0 when they are equal, 1 when not. */
function equalMaps(
  left: ReadonlyMap<unknown, unknown>,
  right: ReadonlyMap<unknown, unknown>,
  key: FlinkType,
  value: FlinkType,
): number {
  if (left.size !== right.size) return 1;
  const sameValue = sameValueOf(value);
  for (const [name, mine] of left) {
    const other = findEntry(right, name, key);
    if (other === undefined || !sameValue(mine, other[1])) return 1;
  }
  return 0;
}

/** The entry under a key. Keys that are bytes, arrays or rows are equal by what is in them, unlike in a Map. */
export function findEntry(
  map: ReadonlyMap<unknown, unknown>,
  key: unknown,
  type: FlinkType,
): readonly [key: unknown, value: unknown] | undefined {
  const found = map.get(key);
  if (found !== undefined) return [key, found];
  if (key === null || typeof key !== "object") return undefined;
  const same = sameValueOf(type);
  for (const entry of map) {
    if (same(entry[0], key)) return entry;
  }
  return undefined;
}
