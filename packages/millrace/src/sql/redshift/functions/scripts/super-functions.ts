import { SqlError } from "../../../sql-error.ts";
import { type EngineFunction, engineFunction } from "./engine-function.ts";
import { isArray, JsonNumber, JsonObject, type JsonValue, jsonText, parseJson } from "./json-value.ts";
import { superArithmetic } from "./super-arithmetic.ts";
import { compareJson, kindOf } from "./super-compare.ts";

function jsonOf(text: string): JsonValue {
  return parseJson(text) ?? null;
}

/** A function of an array that gives null for what is none. */
function ofArray(name: string, run: (items: readonly JsonValue[]) => JsonValue): EngineFunction {
  return engineFunction(name, ["VARCHAR"], "VARCHAR", (text: string) => {
    const value = jsonOf(text);
    return isArray(value) ? jsonText(run(value)) : null;
  });
}

function ofTwoArrays(
  name: string,
  run: (left: readonly JsonValue[], right: readonly JsonValue[]) => JsonValue,
): EngineFunction {
  return engineFunction(name, ["VARCHAR", "VARCHAR"], "VARCHAR", (a: string, b: string) => {
    const [left, right] = [jsonOf(a), jsonOf(b)];
    return isArray(left) && isArray(right) ? jsonText(run(left, right)) : null;
  });
}

function flatten(items: readonly JsonValue[]): readonly JsonValue[] {
  return items.flatMap((item) => (isArray(item) ? [...item] : [item]));
}

function distinct(items: readonly JsonValue[]): readonly JsonValue[] {
  const seen = new Map<string, JsonValue>();
  for (const item of items) if (!seen.has(jsonText(item))) seen.set(jsonText(item), item);
  return [...seen.values()];
}

function subarray(text: string, start: number, length: number): string | null {
  const value = jsonOf(text);
  if (!isArray(value)) return null;
  const from = start < 0 ? Math.max(0, value.length + start) : start;
  return jsonText(value.slice(from, from + Math.max(0, length)));
}

function mapKeys(value: JsonValue, change: (key: string) => string): JsonValue {
  if (isArray(value)) return value.map((item) => mapKeys(item, change));
  if (!(value instanceof JsonObject)) return value;
  return new JsonObject(value.entries.map(([key, item]) => [change(key), mapKeys(item, change)]));
}

function positions(text: string, wanted: string): readonly number[] | undefined {
  const value = jsonOf(text);
  if (!isArray(value)) return undefined;
  return value.flatMap((item, index) => (jsonText(item) === wanted ? [index] : []));
}

/** `"a"."b"` as names: the paths of OBJECT_TRANSFORM. */
function pathOf(text: string): readonly string[] {
  return (text.match(/"(?:[^"]|"")*"|[^.]+/g) ?? []).map((part) =>
    part.replace(/^"|"$/g, "").replaceAll('""', '"'),
  );
}

/** Keeps the paths of `keep` (all when it is empty), then sets the pairs of `set`: `[path, value, ...]`. */
function transform(text: string, keep: string, set: string): string | null {
  const value = jsonOf(text);
  if (!(value instanceof JsonObject)) return null;
  const kept = (JSON.parse(keep) as string[]).map(pathOf);
  let result: JsonObject = kept.length === 0 ? value : keepPaths(value, kept);
  const pairs = jsonOf(set);
  if (!isArray(pairs)) return jsonText(result);
  for (let index = 0; index + 1 < pairs.length; index += 2) {
    const path = pairs[index];
    result = setPath(result, pathOf(typeof path === "string" ? path : ""), pairs[index + 1] ?? null);
  }
  return jsonText(result);
}

function keepPaths(object: JsonObject, paths: readonly (readonly string[])[]): JsonObject {
  const entries: [string, JsonValue][] = [];
  for (const [key, item] of object.entries) {
    const matching = paths.filter((path) => path[0] === key);
    if (matching.length === 0) continue;
    const whole = matching.some((path) => path.length === 1);
    if (whole) entries.push([key, item]);
    else if (item instanceof JsonObject)
      entries.push([
        key,
        keepPaths(
          item,
          matching.map((path) => path.slice(1)),
        ),
      ]);
  }
  return new JsonObject(entries);
}

function setPath(object: JsonObject, [name, ...rest]: readonly string[], value: JsonValue): JsonObject {
  if (name === undefined) return object;
  const known = object.get(name);
  const item =
    rest.length === 0
      ? value
      : setPath(known instanceof JsonObject ? known : new JsonObject([]), rest, value);
  if (known === undefined) return new JsonObject([...object.entries, [name, item]]);
  return new JsonObject(object.entries.map(([key, own]) => [key, key === name ? item : own]));
}

function compared(name: string, test: (order: number) => boolean): EngineFunction {
  return engineFunction(name, ["VARCHAR", "VARCHAR"], "BOOLEAN", (a: string, b: string) => {
    const order = compareJson(jsonOf(a), jsonOf(b), name === "super_equal" || name === "super_unequal");
    return order === undefined ? null : test(order);
  });
}

function splitToArray(text: string, delimiter: string): string {
  return text === "" ? "[]" : jsonText(delimiter === "" ? [text] : text.split(delimiter));
}

const arithmeticNames = Object.freeze({
  "+": "add",
  "-": "subtract",
  "*": "multiply",
  "/": "divide",
  "%": "modulo",
});

/** A function of SUPER's texts, JSON in and out. */
export const superFunctions: readonly EngineFunction[] = Object.freeze([
  ofArray("array_flatten", flatten),
  ofArray("array_distinct", distinct),
  ofArray("array_sort", (items) =>
    items.toSorted((a, b) => compareJson(a, b, false) ?? kindOrder(a) - kindOrder(b)),
  ),
  ofTwoArrays("array_concat", (left, right) => [...left, ...right]),
  ofTwoArrays("array_union", (left, right) => distinct([...left, ...right])),
  ofTwoArrays("array_intersection", (left, right) => {
    const other = new Set(right.map(jsonText));
    return distinct(left).filter((item) => other.has(jsonText(item)));
  }),
  ofTwoArrays("array_except", (left, right) => {
    const other = new Set(right.map(jsonText));
    return distinct(left).filter((item) => !other.has(jsonText(item)));
  }),
  engineFunction("arrays_overlap", ["VARCHAR", "VARCHAR"], "BOOLEAN", (a: string, b: string) => {
    const [left, right] = [jsonOf(a), jsonOf(b)];
    if (!isArray(left) || !isArray(right)) return null;
    const other = new Set(right.map(jsonText));
    return left.some((item) => other.has(jsonText(item)));
  }),
  engineFunction("subarray", ["VARCHAR", "INTEGER", "INTEGER"], "VARCHAR", subarray),
  engineFunction("get_array_length", ["VARCHAR"], "INTEGER", (text: string) => {
    const value = jsonOf(text);
    return isArray(value) ? value.length : null;
  }),
  engineFunction(
    "array_position",
    ["VARCHAR", "VARCHAR"],
    "INTEGER",
    (text: string, wanted: string) => positions(text, wanted)?.[0] ?? null,
  ),
  engineFunction("array_positions", ["VARCHAR", "VARCHAR"], "VARCHAR", (text: string, wanted: string) => {
    const found = positions(text, wanted);
    return found === undefined ? null : `[${found.join(",")}]`;
  }),
  engineFunction("array_contains", ["VARCHAR", "VARCHAR"], "BOOLEAN", (text: string, wanted: string) => {
    const found = positions(text, wanted);
    return found === undefined ? null : found.length > 0;
  }),
  engineFunction("split_to_array", ["VARCHAR", "VARCHAR"], "VARCHAR", splitToArray),
  engineFunction("number_attributes", ["VARCHAR"], "INTEGER", (text: string) => {
    const value = jsonOf(text);
    return value instanceof JsonObject ? value.entries.length : null;
  }),
  engineFunction("lower_attributes", ["VARCHAR"], "VARCHAR", (text: string) =>
    jsonText(mapKeys(jsonOf(text), (key) => key.toLowerCase())),
  ),
  engineFunction("upper_attributes", ["VARCHAR"], "VARCHAR", (text: string) =>
    jsonText(mapKeys(jsonOf(text), (key) => key.toUpperCase())),
  ),
  engineFunction("object_transform", ["VARCHAR", "VARCHAR", "VARCHAR"], "VARCHAR", transform),
  engineFunction("super_kind", ["VARCHAR"], "VARCHAR", (text: string) => kindOf(jsonOf(text))),
  engineFunction("super_scalar", ["VARCHAR", "VARCHAR", "BOOLEAN"], "VARCHAR", scalarText),
  engineFunction("decimal_digits", ["VARCHAR", "BOOLEAN"], "INTEGER", (text: string, scale: boolean) => {
    const value = jsonOf(text);
    if (!(value instanceof JsonNumber) || /e/i.test(value.text)) return null;
    const [whole = "", fraction = ""] = value.text.replace("-", "").split(".");
    return scale ? fraction.length : (whole === "0" ? 0 : whole.length) + fraction.length;
  }),
  ...["+", "-", "*", "/", "%"].map((operator) =>
    engineFunction(
      `super_${arithmeticNames[operator as "+"]}`,
      ["VARCHAR", "VARCHAR"],
      "VARCHAR",
      (a: string, b: string) => {
        const result = superArithmetic(operator, jsonOf(a), jsonOf(b));
        return result === undefined ? null : jsonText(result);
      },
    ),
  ),
  compared("super_equal", (order) => order === 0),
  compared("super_unequal", (order) => order !== 0),
  compared("super_less", (order) => order < 0),
  compared("super_at_most", (order) => order <= 0),
  compared("super_greater", (order) => order > 0),
  compared("super_at_least", (order) => order >= 0),
]);

function kindOrder(value: JsonValue): number {
  return ["boolean", "number", "string", "array", "object", "null"].indexOf(kindOf(value));
}

/** The text of a scalar of the wanted kind; of another kind it is null where lax, else an error. */
function scalarText(text: string, wanted: string, lax: boolean): string | null {
  const value = jsonOf(text);
  const kind = kindOf(value);
  if (kind === "null") return null;
  if (kind === wanted || (wanted === "number" && value instanceof JsonNumber)) {
    return typeof value === "string" ? value : jsonText(value);
  }
  if (lax) return null;
  throw new SqlError("22P02", "Cannot cast SUPER value to scalar type", {
    detail: `found ${kind}, expected ${wanted}`,
  });
}
