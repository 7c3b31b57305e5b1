import { leastCommonType, withNullable } from "../../type-rules.ts";
import type { FlinkType, MapType } from "../../types.ts";
import { define, nullable, strict } from "../function-definition.ts";
import { array, map } from "../parameters.ts";
import { EvaluationError, type ScalarFunction, type ScalarSignature } from "../scalar-function.ts";
import { findEntry } from "../value-order.ts";
import { isPlain } from "./value-set.ts";

type Entries = ReadonlyMap<unknown, unknown>;

/** Functions of MAPs. Of a key that comes more than once the last value counts. */
export const mapFunctions: readonly ScalarFunction[] = Object.freeze([
  { name: "map", resolve: construct },
  define({
    name: "map_keys",
    parameters: [map],
    result: ([type]) => arrayOf(type, "key"),
    code: strict((entries: Entries) => [...entries.keys()]),
  }),
  define({
    name: "map_values",
    parameters: [map],
    result: ([type]) => arrayOf(type, "value"),
    code: strict((entries: Entries) => [...entries.values()]),
  }),
  define({
    name: "map_entries",
    parameters: [map],
    result: entriesType,
    code: strict((entries: Entries) => [...entries]),
  }),
  define({
    name: "map_from_arrays",
    parameters: [array, array],
    result: ([keys, values]) =>
      keys?.kind === "array" && values?.kind === "array"
        ? { kind: "map", key: keys.element, value: values.element, nullable: false }
        : undefined,
    code: ({ types: [keys] }) => strict(fromArrays(keys)),
  }),
  { name: "map_union", resolve: union },
]);

function arrayOf(type: FlinkType | undefined, part: "key" | "value"): FlinkType | undefined {
  return type?.kind === "map" ? { kind: "array", element: type[part], nullable: false } : undefined;
}

function entriesType([type]: readonly FlinkType[]): FlinkType | undefined {
  if (type?.kind !== "map") return undefined;
  const fields = [
    { name: "key", type: type.key },
    { name: "value", type: type.value },
  ];
  return { kind: "array", element: { kind: "row", fields, nullable: false }, nullable: false };
}

/** MAP[key, value, ...]: keys have one type, values another. */
function construct(types: readonly FlinkType[]): ScalarSignature | undefined {
  if (types.length === 0 || types.length % 2 !== 0) return undefined;
  const key = leastCommonType(types.filter((_type, index) => index % 2 === 0));
  const value = leastCommonType(types.filter((_type, index) => index % 2 === 1));
  if (key === undefined || value === undefined) return undefined;
  const put = putter(key);
  return {
    arguments: types.map((type, index) => withNullable(index % 2 === 0 ? key : value, type.nullable)),
    result: { kind: "map", key, value, nullable: false },
    code: nullable((...parts: unknown[]) => {
      const entries = new Map<unknown, unknown>();
      for (let index = 0; index < parts.length; index += 2) put(entries, parts[index], parts[index + 1]);
      return entries;
    }),
  };
}

/** Sets an entry; a key that is an object replaces one with the same in it. */
function putter(type: FlinkType): (entries: Map<unknown, unknown>, key: unknown, value: unknown) => void {
  if (isPlain(type)) return (entries, key, value) => entries.set(key, value);
  return (entries, key, value) => {
    const known = findEntry(entries, key, type);
    entries.set(known === undefined ? key : known[0], value);
  };
}

function fromArrays(
  keysType: FlinkType | undefined,
): (keys: readonly unknown[], values: readonly unknown[]) => Entries {
  const put = putter(keysType?.kind === "array" ? keysType.element : { kind: "int", nullable: true });
  return (keys, values) => {
    if (keys.length !== values.length) {
      throw new EvaluationError(
        `Invalid function MAP_FROM_ARRAYS call: The length of the keys array ${keys.length} is not equal to the length of the values array ${values.length}`,
      );
    }
    const entries = new Map<unknown, unknown>();
    for (const [index, key] of keys.entries()) put(entries, key, values[index]);
    return entries;
  };
}

function union(types: readonly FlinkType[]): ScalarSignature | undefined {
  const common = leastCommonType(types);
  if (common?.kind !== "map" || types.some((type) => type.kind !== "map")) return undefined;
  const type: MapType = common;
  const put = putter(type.key);
  return {
    arguments: types.map(({ nullable: isNullable }) => withNullable(common, isNullable)),
    result: common,
    code: strict((...maps: Entries[]) => {
      const entries = new Map<unknown, unknown>();
      for (const one of maps) {
        for (const [key, value] of one) put(entries, key, value);
      }
      return entries;
    }),
  };
}
