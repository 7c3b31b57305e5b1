import type { Value } from "../../../../sql/flink/bound-expression.ts";
import { EvaluationError } from "../../../../sql/flink/functions/scalar-function.ts";
import type { FlinkType } from "../../../../sql/flink/types.ts";
import {
  clockText,
  DayText,
  dateText,
  doubleText,
  floatText,
  shortFraction,
} from "../../expressions/index.ts";
import { plainDecimal, shortDecimal } from "../decimal-text.ts";
import type { JsonOptions } from "./json-options.ts";

/** The JSON of a value that is not NULL, as its lane holds it. */
export type JsonText = (value: unknown) => string;

const dayMs = 86_400_000;

/** How values of a type are written, as Flink's JSON format writes them. */
export function jsonText(type: FlinkType, options: JsonOptions): JsonText {
  switch (type.kind) {
    case "boolean":
      return (value) => (value === 1 || value === true ? "true" : "false");
    case "tinyint":
    case "smallint":
    case "int":
    case "bigint":
    case "interval_months":
    case "interval_millis":
      return (value) => String(value);
    case "float":
      return (value) => quotedUnlessFinite(value as number, floatText);
    case "double":
      return (value) => quotedUnlessFinite(value as number, doubleText);
    case "decimal":
      return options.decimalAsPlainNumber
        ? (value) => plainDecimal(value as bigint, type.scale)
        : (value) => shortDecimal(value as bigint, type.scale);
    case "char":
    case "varchar":
      return (value) => JSON.stringify(value);
    case "binary":
    case "varbinary":
      return (value) => `"${Buffer.from(value as Uint8Array).toString("base64")}"`;
    case "null":
      return () => "null";
    default:
      return timeText(type, options) ?? nestedText(type, options);
  }
}

function quotedUnlessFinite(value: number, text: (value: number) => string): string {
  return Number.isFinite(value) ? text(value) : `"${text(value)}"`;
}

function timeText(type: FlinkType, options: JsonOptions): JsonText | undefined {
  const separator = options.timestampForm === "SQL" ? " " : "T";
  switch (type.kind) {
    case "date":
      return (value) => `"${dateText(value as number)}"`;
    case "time":
      return (value) => `"${clockText(value as number)}${shortFraction(value as number)}"`;
    case "timestamp":
    case "timestamp_ltz": {
      const end = type.kind === "timestamp_ltz" ? 'Z"' : '"';
      const days = new DayText();
      return (value) => {
        const ms = value as number;
        const day = Math.floor(ms / dayMs);
        return `"${days.of(day)}${separator}${clockText(ms - day * dayMs)}${shortFraction(ms)}${end}`;
      };
    }
    default:
      return undefined;
  }
}

function nestedText(type: FlinkType, options: JsonOptions): JsonText {
  switch (type.kind) {
    case "array": {
      const element = orNull(jsonText(type.element, options));
      return (value) => `[${(value as readonly Value[]).map(element).join(",")}]`;
    }
    case "row":
      return rowText(type, options);
    case "map":
      return mapText(type.key, jsonText(type.value, options), options);
    case "multiset":
      return mapText(type.element, String, options);
    default:
      throw new TypeError(`JSON has no ${type.kind}`);
  }
}

function rowText(type: FlinkType & { readonly kind: "row" }, options: JsonOptions): JsonText {
  const fields = type.fields.map((field) => ({
    key: `${JSON.stringify(field.name)}:`,
    text: orNull(jsonText(field.type, options)),
  }));
  return (value) => {
    const row = value as readonly Value[];
    const parts: string[] = [];
    fields.forEach((field, index) => {
      const item = row[index] ?? null;
      if (item !== null || !options.ignoreNullFields) parts.push(field.key + field.text(item));
    });
    return `{${parts.join(",")}}`;
  };
}

/** Keys are texts; what happens to NULL is an option. */
function mapText(key: FlinkType, text: JsonText, options: JsonOptions): JsonText {
  if (key.kind !== "char" && key.kind !== "varchar") throw new TypeError("keys of maps in JSON are strings");
  const value = orNull(text);
  return (map) => {
    const parts: string[] = [];
    for (const [name, entry] of map as ReadonlyMap<string | null, Value>) {
      if (name === null && options.mapNullKey === "DROP") continue;
      if (name === null && options.mapNullKey === "FAIL") {
        throw new EvaluationError(
          "JSON format does not write NULL as the key of a MAP; set 'json.map-null-key.mode' to DROP or LITERAL",
        );
      }
      parts.push(`${JSON.stringify(name ?? options.mapNullKeyLiteral)}:${value(entry)}`);
    }
    return `{${parts.join(",")}}`;
  };
}

function orNull(text: JsonText): JsonText {
  return (value) => (value === null || value === undefined ? "null" : text(value));
}
