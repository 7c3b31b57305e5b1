import { engineType } from "../../../../sql/redshift/type-text.ts";
import type { ColumnRecord } from "../../catalog/records.ts";
import { quoteString } from "../../engine/quote.ts";
import type { LoadOptions } from "../copy-options.ts";

/** How the engine makes a column's value of a text, where its and Redshift's ideas of it are the same. */
export interface FastValue {
  /** Whether the text, a field called `sql`, is of that kind. */
  readonly isGood: string;
  readonly value: string;
}

const defaultDates: ReadonlySet<string> = new Set(["auto", "yyyy-mm-dd"]);
const defaultTimes: ReadonlySet<string> = new Set(["auto", "yyyy-mm-dd hh:mi:ss", "yyyy-mm-dd hh24:mi:ss"]);

/** Undefined for columns and options that the exact reader alone knows. */
export function fastValue(column: ColumnRecord, sql: string, options: LoadOptions): FastValue | undefined {
  const rules = valueRules(column, sql, options);
  if (rules === undefined) return undefined;
  const isNull = nullCondition(column, sql, options);
  const isGood = column.nullable ? `(${isNull} OR ${rules.isGood})` : `(NOT ${isNull} AND ${rules.isGood})`;
  return { isGood, value: `CASE WHEN ${isNull} THEN NULL ELSE ${rules.value} END` };
}

function nullCondition({ type }: ColumnRecord, sql: string, options: LoadOptions): string {
  const conditions = [`${sql} = ${quoteString(options.nullText)}`];
  const isText = type.name === "character" || type.name === "character varying";
  if (!isText || options.emptyAsNull) conditions.push(`${sql} = ''`);
  if (isText && options.blanksAsNull) conditions.push(`regexp_full_match(${sql}, '[ \\t\\n\\v\\f\\r]+')`);
  return `(${conditions.join(" OR ")})`;
}

function valueRules({ type }: ColumnRecord, sql: string, options: LoadOptions): FastValue | undefined {
  const engine = engineType(type);
  const tried = `TRY_CAST(${sql} AS ${engine})`;
  const value = `CAST(${sql} AS ${engine})`;
  // What is written as the engine writes it needs no pattern.
  const isWritten = `CAST(${tried} AS VARCHAR) = ${sql}`;
  const fits = (pattern: string): string => `regexp_full_match(${sql}, '${pattern}')`;
  switch (type.name) {
    case "smallint":
    case "integer":
    case "bigint":
      return { isGood: condition(tried, `${isWritten} OR ${fits("[+-]?[0-9]+")}`), value };
    case "numeric": {
      const scale = type.scale ?? 0;
      const pattern = `[+-]?[0-9]+(\\.[0-9]{0,${scale}})?`;
      return { isGood: condition(tried, `${isWritten} OR ${fits(pattern)}`), value };
    }
    case "real":
    case "double precision": {
      const pattern = fits("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
      return { isGood: condition(tried, `isfinite(${tried}) AND ${pattern}`), value };
    }
    case "boolean": {
      const isTrue = `lower(${sql}) IN ('t', 'true', 'y', 'yes', '1')`;
      return { isGood: `(${isTrue} OR lower(${sql}) IN ('f', 'false', 'n', 'no', '0'))`, value: isTrue };
    }
    case "character":
    case "character varying":
      return textRules(type, sql, options);
    case "date":
      if (options.dateFormat !== undefined && !defaultDates.has(options.dateFormat.toLowerCase())) return undefined;
      return { isGood: condition(tried, `strlen(${sql}) = 10 AND ${isWritten}`), value };
    case "timestamp":
    case "timestamptz":
      return timestampRules(type.name, sql, options, { tried, value });
    default:
      return undefined;
  }
}

function condition(tried: string, also: string): string {
  return `coalesce(${tried} IS NOT NULL AND (${also}), FALSE)`;
}

function textRules(type: ColumnRecord["type"], sql: string, options: LoadOptions): FastValue {
  if (type.name === "character") {
    const value = `rtrim(${sql}, ' ')`;
    return { isGood: `(strlen(${value}) <= ${type.length ?? 1} AND strlen(${sql}) = length(${sql}))`, value };
  }
  const value = options.trimBlanks ? `rtrim(${sql}, ' ' || chr(9))` : sql;
  return { isGood: type.length === undefined ? "TRUE" : `strlen(${value}) <= ${type.length}`, value };
}

function timestampRules(
  name: "timestamp" | "timestamptz",
  sql: string,
  { timeFormat }: LoadOptions,
  { tried, value }: { readonly tried: string; readonly value: string },
): FastValue | undefined {
  if (timeFormat !== undefined && !defaultTimes.has(timeFormat.toLowerCase())) return undefined;
  const date = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
  const time = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,6})?";
  const pattern = `regexp_full_match(${sql}, '${date} ${time}')`;
  const isWritten = `strlen(${sql}) = 19 AND CAST(${tried} AS VARCHAR) = ${sql}`;
  const isText = name === "timestamp" ? `(${isWritten}) OR ${pattern}` : pattern;
  return { isGood: condition(tried, `${sql} >= '0001' AND (${isText})`), value };
}
