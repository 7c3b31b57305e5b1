import { isText } from "../../type-rules.ts";
import type { FlinkType } from "../../types.ts";
import {
  booleanType,
  type CallSite,
  define,
  nullable,
  type Parameter,
  strict,
  stringType,
} from "../function-definition.ts";
import { any, text } from "../parameters.ts";
import { EvaluationError, type ScalarCode, type ScalarFunction } from "../scalar-function.ts";
import {
  isJsonArray,
  isJsonObject,
  isScalar,
  type JsonNode,
  MalformedJson,
  parseJson,
  writeJson,
} from "./json-document.ts";
import { jsonExists, jsonQuery, jsonValue } from "./json-query.ts";
import { type JsonWriter, jsonWriterOf, objectText } from "./json-text.ts";

/** JSON read by paths, tested and written. */
export const jsonFunctions: readonly ScalarFunction[] = Object.freeze([
  define({
    name: "is json",
    parameters: [text, text],
    result: booleanType,
    ownNullability: true,
    code: ({ literals: [, kind] }) =>
      nullable((value: string | null) => value !== null && isJson(value, kind)),
  }),
  jsonExists,
  jsonValue,
  jsonQuery,
  define({
    name: "json_object",
    parameters: [text],
    rest: any,
    result: objectType,
    ownNullability: true,
    code: objectCode,
  }),
  define({
    name: "json_array",
    parameters: [text],
    rest: any,
    result: arrayType,
    ownNullability: true,
    code: arrayCode,
  }),
  define({
    name: "json_string",
    parameters: [jsonable],
    result: stringType,
    code: ({ types: [type] }) => strict(writer(type)),
  }),
  define({ name: "json", parameters: [text], result: stringType, mayBeNull: true, code: strict(normalized) }),
  define({ name: "json_quote", parameters: [text], result: stringType, code: strict(quote) }),
  define({ name: "json_unquote", parameters: [text], result: stringType, code: strict(unquote) }),
]);

function parsed(value: string): JsonNode | undefined {
  try {
    return parseJson(value);
  } catch (error) {
    if (error instanceof MalformedJson) return undefined;
    throw error;
  }
}

function isJson(value: string, kind: unknown): boolean {
  const node = parsed(value);
  if (node === undefined) return false;
  if (kind === "SCALAR") return isScalar(node);
  if (kind === "ARRAY") return isJsonArray(node);
  return kind !== "OBJECT" || isJsonObject(node);
}

function jsonable(type: FlinkType): ReturnType<Parameter> {
  const known = any(type);
  return known === undefined || jsonWriterOf(known) === undefined ? undefined : known;
}

function writer(type: FlinkType | undefined): JsonWriter {
  return (type === undefined ? undefined : jsonWriterOf(type)) ?? (() => "null");
}

/**
 * The first argument of JSON_OBJECT and JSON_ARRAY is the word for NULLs; behind a space it may have a letter for
 * each value: `j` for one that is JSON already, being made by one of these functions, `v` for the others.
 */
function wordsOf(literal: unknown): { readonly keepsNulls: boolean; readonly marks: string } {
  const [word, marks = ""] = String(literal).split(" ");
  return { keepsNulls: word === "NULL", marks };
}

function objectType(types: readonly FlinkType[]): FlinkType | undefined {
  if (types.length % 2 === 0) return undefined;
  const isFit = types
    .slice(1)
    .every((type, index) => (index % 2 === 0 ? isText(type) : jsonable(type) !== undefined));
  return isFit ? stringType : undefined;
}

function arrayType(types: readonly FlinkType[]): FlinkType | undefined {
  return types.slice(1).every((type) => jsonable(type) !== undefined) ? stringType : undefined;
}

function objectCode({ types, literals }: CallSite): ScalarCode {
  const { keepsNulls, marks } = wordsOf(literals[0]);
  const writers = types
    .filter((_type, index) => index > 0 && index % 2 === 0)
    .map((type, index) => (marks.charAt(index) === "j" ? String : writer(type)));
  return nullable((_word: string, ...entries: unknown[]) => {
    const members: [name: string, json: string][] = [];
    for (const [index, write] of writers.entries()) {
      const [name, value] = [entries[index * 2], entries[index * 2 + 1]];
      if (typeof name !== "string") throw new EvaluationError("a key of JSON_OBJECT is NULL");
      if (value !== null) members.push([name, write(value as never)]);
      else if (keepsNulls) members.push([name, "null"]);
    }
    return objectText(members);
  });
}

function arrayCode({ types, literals }: CallSite): ScalarCode {
  const { keepsNulls, marks } = wordsOf(literals[0]);
  const writers = types.slice(1).map((type, index) => (marks.charAt(index) === "j" ? String : writer(type)));
  return nullable((_word: string, ...values: unknown[]) => {
    const elements: string[] = [];
    for (const [index, write] of writers.entries()) {
      const value = values[index];
      if (value !== null) elements.push(write(value as never));
      else if (keepsNulls) elements.push("null");
    }
    return `[${elements.join(",")}]`;
  });
}

/** JSON(text), within JSON_OBJECT and JSON_ARRAY: the text is JSON already. */
function normalized(value: string): string | null {
  if (value.trim() === "") return null;
  const node = parsed(value);
  if (node === undefined) {
    throw new EvaluationError(`Invalid JSON string in JSON(value) function: "${value.slice(0, 100)}"`);
  }
  return writeJson(node);
}

/** As Flink quotes: slashes escaped, all but ASCII as code units. */
function quote(value: string): string {
  return JSON.stringify(value)
    .replaceAll("/", "\\/")
    .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** What is no JSON string stays as it is. */
function unquote(value: string): string {
  if (value.length < 2 || !value.startsWith('"') || !value.endsWith('"')) return value;
  const node = parsed(value);
  return typeof node === "string" ? node : value;
}
