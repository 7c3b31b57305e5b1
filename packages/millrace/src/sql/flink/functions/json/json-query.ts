import type { FlinkType } from "../../types.ts";
import { CallSiteCache } from "../call-site-cache.ts";
import {
  booleanType,
  type CallSite,
  define,
  nullable,
  type Parameter,
  strict,
} from "../function-definition.ts";
import { any, text } from "../parameters.ts";
import { EvaluationError, type ScalarCode, type ScalarFunction } from "../scalar-function.ts";
import {
  isJsonArray,
  isScalar,
  type JsonNode,
  JsonNumber,
  MalformedJson,
  parseJson,
  writeJson,
} from "./json-document.ts";
import { type JsonPath, PathNotFound, parseJsonPath } from "./json-path.ts";
import { jsonConverter, type ScalarConverter } from "./json-scalar.ts";

/** What a path has found: `empty` nothing in lax mode, `error` nothing, or no JSON, in strict mode. */
type Found =
  | { readonly kind: "value"; readonly node: JsonNode }
  | { readonly kind: "empty" }
  | { readonly kind: "error"; readonly message: string };

const empty: Found = Object.freeze({ kind: "empty" });

/** A path without `lax` is strict. NULL in JSON counts as nothing. */
function find(input: string, path: JsonPath): Found {
  try {
    const node = path.read(parseJson(input));
    if (node !== null) return { kind: "value", node };
    if (path.isLax) return empty;
    return {
      kind: "error",
      message: "Strict jsonpath mode requires a non empty returned value, but is null",
    };
  } catch (error) {
    if (!(error instanceof PathNotFound || error instanceof MalformedJson)) throw error;
    if (!path.isLax) return { kind: "error", message: error.message };
    // Of a path to many places an empty list is found.
    return path.isDefinite || error instanceof MalformedJson ? empty : { kind: "value", node: [] };
  }
}

export const jsonExists: ScalarFunction = define({
  name: "json_exists",
  parameters: [text, text, text],
  optional: 1,
  result: booleanType,
  mayBeNull: true,
  code({ literals }) {
    const paths = new CallSiteCache(parseJsonPath, literals[1]);
    const onError = literals.length < 3 ? "FALSE" : String(literals[2]);
    return strict((input: string, path: string) => {
      const found = find(input, paths.get(path));
      if (found.kind !== "error") return found.kind === "value";
      if (onError === "ERROR") throw new EvaluationError(found.message);
      return onError === "UNKNOWN" ? null : onError === "TRUE";
    });
  },
});

/** (json, path, NULL of the type, on empty, default, on error, default) */
export const jsonValue: ScalarFunction = define({
  name: "json_value",
  parameters: [text, text, returned, text, any, text, any],
  result: ([, , type]) => type,
  mayBeNull: true,
  code: valueCode,
});

function returned(type: FlinkType): ReturnType<Parameter> {
  return jsonConverter(type) === undefined ? undefined : type;
}

function valueCode({ literals, result }: CallSite): ScalarCode {
  const paths = new CallSiteCache(parseJsonPath, literals[1]);
  const [onEmpty, onError] = [String(literals[3]), String(literals[5])];
  const convert = jsonConverter(result);
  if (convert === undefined) return strict(() => null);
  return nullable((input: string | null, path: string | null, ...rest: unknown[]) => {
    if (input === null || path === null) return null;
    const compiled = paths.get(path);
    const value = quickScalar(input, compiled, result, convert);
    if (value !== undefined) return value;
    const found = scalarOf(find(input, compiled), compiled, convert);
    if (found.kind === "value") return found.value;
    const isEmpty = found.kind === "empty";
    const behavior = isEmpty ? onEmpty : onError;
    if (behavior === "ERROR") throw new EvaluationError(found.message);
    return behavior === "DEFAULT" ? rest[isEmpty ? 2 : 4] : null;
  });
}

/**
 * What mostly is asked for, texts, truth values and plain numbers, found with V8's own parser. Undefined for anything
 * else, which includes numbers whose written form matters, and what is not there.
 */
function quickScalar(input: string, path: JsonPath, type: FlinkType, convert: ScalarConverter): unknown {
  if (!path.isDefinite) return undefined;
  let node: unknown;
  try {
    node = JSON.parse(input);
  } catch {
    // The other parser says what is wrong.
    return undefined;
  }
  for (const place of path.places) {
    if (typeof place === "number") {
      node = Array.isArray(node) ? node.at(place) : undefined;
    } else {
      const isThere =
        typeof node === "object" && node !== null && !Array.isArray(node) && Object.hasOwn(node, place);
      node = isThere ? (node as Readonly<Record<string, unknown>>)[place] : undefined;
    }
  }
  if (typeof node === "string" || typeof node === "boolean") return convert(node);
  if (typeof node !== "number") return undefined;
  if (type.kind === "double") return Number.isFinite(node) ? node : undefined;
  const isWhole =
    type.kind === "int" || type.kind === "bigint" || type.kind === "smallint" || type.kind === "tinyint";
  return isWhole && Number.isSafeInteger(node) ? convert(new JsonNumber(String(node))) : undefined;
}

type Scalar =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "empty" | "error"; readonly message: string };

function scalarOf(found: Found, path: JsonPath, convert: ScalarConverter): Scalar {
  if (found.kind === "error") return found;
  if (found.kind === "empty" || (path.isLax && !isScalar(found.node))) {
    return { kind: "empty", message: "Empty result of JSON_VALUE function is not allowed" };
  }
  if (!isScalar(found.node)) {
    return {
      kind: "error",
      message: `Strict jsonpath mode requires scalar value, and the actual value is: '${excerpt(found.node)}'`,
    };
  }
  const value = convert(found.node);
  if (value !== undefined) return { kind: "value", value };
  return {
    kind: "error",
    message: `JSON_VALUE cannot convert ${excerpt(found.node)} to the type after RETURNING`,
  };
}

function excerpt(node: JsonNode): string {
  return writeJson(node).slice(0, 100);
}

/** (json, path, NULL of the type, wrapper, on empty, on error) */
export const jsonQuery: ScalarFunction = define({
  name: "json_query",
  parameters: [text, text, queried, text, text, text],
  result: ([, , type]) => type,
  mayBeNull: true,
  code: queryCode,
});

/** STRING, or an ARRAY of what JSON_VALUE may give. */
function queried(type: FlinkType): ReturnType<Parameter> {
  if (type.kind === "array") return jsonConverter(type.element) === undefined ? undefined : type;
  return text(type);
}

function queryCode({ literals, result }: CallSite): ScalarCode {
  const paths = new CallSiteCache(parseJsonPath, literals[1]);
  const [wrapper, onEmpty, onError] = literals.slice(3).map(String);
  const element = result.kind === "array" ? jsonConverter(result.element) : undefined;
  return nullable((input: string | null, path: string | null) => {
    if (input === null || path === null) return null;
    const compiled = paths.get(path);
    const found = structureOf(find(input, compiled), compiled, wrapper);
    if (found.kind === "value") {
      if (result.kind !== "array") return writeJson(found.node);
      const values = elementsOf(found.node, element);
      if (values !== undefined) return values;
    }
    const message =
      found.kind === "error" ? found.message : "Empty result of JSON_QUERY function is not allowed";
    return instead(found.kind === "empty" ? onEmpty : onError, result, message);
  });
}

function structureOf(found: Found, path: JsonPath, wrapper: string | undefined): Found {
  if (found.kind !== "value") return found;
  const isWrapped = wrapper === "UNCONDITIONAL" || (wrapper === "CONDITIONAL" && !isJsonArray(found.node));
  if (isWrapped) return { kind: "value", node: [found.node] };
  if (!isScalar(found.node)) return found;
  if (path.isLax) return empty;
  return {
    kind: "error",
    message: `Strict jsonpath mode requires array or object value, and the actual value is: '${excerpt(found.node)}'`,
  };
}

/** Elements of an array of texts may be anything, and are written as JSON then. */
function elementsOf(node: JsonNode, convert: ScalarConverter | undefined): readonly unknown[] | undefined {
  if (!isJsonArray(node) || convert === undefined) return undefined;
  const values: unknown[] = [];
  for (const element of node) {
    const value = element === null ? null : convert(element);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

function instead(behavior: string | undefined, type: FlinkType, message: string): unknown {
  if (behavior === "ERROR") throw new EvaluationError(message);
  if (behavior === "EMPTY ARRAY") return type.kind === "array" ? [] : "[]";
  if (behavior !== "EMPTY OBJECT") return null;
  if (type.kind === "array") throw new EvaluationError("EMPTY OBJECT is no ARRAY");
  return "{}";
}
