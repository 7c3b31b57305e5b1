import { type JsonPathStep, parseJsonPath } from "../../../../formats/json-shape/json-path.ts";
import {
  isArray,
  JsonObject,
  type JsonValue,
} from "../../../../sql/redshift/functions/scripts/json-value.ts";
import { SqlError } from "../../../../sql/sql-error.ts";

/** The values of a document for the columns, in their order; undefined where it has none. */
export type DocumentMapping = (document: JsonValue) => readonly (JsonValue | undefined)[];

/** By the names of the columns. Of a name that comes twice the last value counts. */
export function mappingByName(columns: readonly string[], ignoresCase: boolean): DocumentMapping {
  const positions = new Map(columns.map((name, index) => [ignoresCase ? name.toLowerCase() : name, index]));
  return (document) => {
    const values = new Array<JsonValue | undefined>(columns.length).fill(undefined);
    if (!(document instanceof JsonObject)) return values;
    for (const [key, value] of document.entries) {
      const position = positions.get(ignoresCase ? key.toLowerCase() : key);
      if (position !== undefined) values[position] = value;
    }
    return values;
  };
}

/** 'noshred': the document is the value of the only column. */
export function wholeDocument(document: JsonValue): readonly JsonValue[] {
  return [document];
}

/** A JSONPaths file: `{"jsonpaths": ["$.a", "$['b'][0]"]}`, one path a column. @throws SqlError */
export function mappingByPaths(text: string, columnCount: number): DocumentMapping {
  const paths = jsonPaths(text);
  if (paths.length !== columnCount)
    throw new SqlError(
      "XX000",
      `Number of jsonpaths and the number of columns should match. JSONPath size: ${paths.length}, Number of columns in table or column list: ${columnCount}`,
    );
  return (document) => paths.map((steps) => follow(document, steps));
}

function jsonPaths(text: string): readonly (readonly JsonPathStep[])[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new SqlError("XX000", "Failed to parse JSONPaths file: invalid JSON");
  }
  const paths =
    typeof parsed === "object" && parsed !== null
      ? (parsed as Record<string, unknown>)["jsonpaths"]
      : undefined;
  if (!Array.isArray(paths)) throw new SqlError("XX000", "JSONPaths file has no array named jsonpaths");
  return paths.map((path: unknown) => {
    const steps = typeof path === "string" ? parseJsonPath(path) : undefined;
    if (steps === undefined || steps.some(({ kind }) => kind === "any"))
      throw new SqlError(
        "XX000",
        `Invalid JSONPath format: ${String(path)}. Supported notations are 'dot-notation' and 'bracket-notation'`,
      );
    return steps;
  });
}

function follow(document: JsonValue, steps: readonly JsonPathStep[]): JsonValue | undefined {
  let value: JsonValue | undefined = document;
  for (const step of steps) {
    if (step.kind === "name") value = value instanceof JsonObject ? value.get(step.name) : undefined;
    else if (step.kind === "index") value = isArray(value) ? value[step.index] : undefined;
    if (value === undefined) return undefined;
  }
  return value;
}
