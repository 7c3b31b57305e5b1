import { SqlError } from "../../../sql-error.ts";
import { type EngineFunction, engineFunction } from "./engine-function.ts";
import { isArray, JsonObject, type JsonValue, jsonText, parseJson } from "./json-value.ts";

/** @throws SqlError 22023 */
function parsed(text: string, nullIfInvalid: boolean): JsonValue | undefined {
  const value = parseJson(text);
  if (value === undefined && !nullIfInvalid) {
    throw new SqlError("22023", "JSON parsing error", { detail: `Invalid JSON: ${text.slice(0, 200)}` });
  }
  return value;
}

/** Strings without quotes, null as nothing, the rest as JSON. */
function plainText(value: JsonValue): string {
  if (value === null) return "";
  return typeof value === "string" ? value : jsonText(value);
}

/** The path comes as a JSON array of names. A name that is not there gives an empty text. */
function pathText(text: string, path: string, nullIfInvalid: boolean): string | null {
  if (text.trim() === "") return nullIfInvalid ? null : "";
  let value: JsonValue | undefined = parsed(text, nullIfInvalid);
  if (value === undefined) return null;
  for (const name of JSON.parse(path) as string[]) {
    value = value instanceof JsonObject ? value.get(name) : undefined;
    if (value === undefined) return "";
  }
  return plainText(value);
}

function elementText(text: string, position: number, nullIfInvalid: boolean): string | null {
  const value = parsed(text, nullIfInvalid);
  if (value === undefined) return null;
  if (!isArray(value)) return notAnArray(text, nullIfInvalid);
  const item = value[position];
  return item === undefined ? "" : plainText(item);
}

function notAnArray(text: string, nullIfInvalid: boolean): null {
  if (nullIfInvalid) return null;
  throw new SqlError("22023", "JSON array expected", { detail: `not a JSON array: ${text.slice(0, 200)}` });
}

function arrayLength(text: string, nullIfInvalid: boolean): number | null {
  const value = parsed(text, nullIfInvalid);
  if (value === undefined) return null;
  return isArray(value) ? value.length : notAnArray(text, nullIfInvalid);
}

function parseSuper(text: string): string {
  const value = parseJson(text);
  if (value === undefined) throw new SqlError("22P02", "Invalid JSON text", { detail: text.slice(0, 200) });
  return jsonText(value);
}

/** Objects alone, as IS_VALID_JSON says of a text. */
function isObjectOrArray(text: string): boolean {
  const value = parseJson(text);
  return value instanceof JsonObject || isArray(value);
}

/** Functions of JSON in texts. */
export const jsonFunctions: readonly EngineFunction[] = Object.freeze([
  engineFunction("json_path_text", ["VARCHAR", "VARCHAR", "BOOLEAN"], "VARCHAR", pathText),
  engineFunction("json_element_text", ["VARCHAR", "INTEGER", "BOOLEAN"], "VARCHAR", elementText),
  engineFunction("json_array_length", ["VARCHAR", "BOOLEAN"], "INTEGER", arrayLength),
  engineFunction("is_json", ["VARCHAR"], "BOOLEAN", isObjectOrArray),
  engineFunction("is_json_array", ["VARCHAR"], "BOOLEAN", (text: string) => isArray(parseJson(text))),
  engineFunction("can_json_parse", ["VARCHAR"], "BOOLEAN", (text: string) => parseJson(text) !== undefined),
  engineFunction("json_parse", ["VARCHAR"], "VARCHAR", parseSuper),
]);
