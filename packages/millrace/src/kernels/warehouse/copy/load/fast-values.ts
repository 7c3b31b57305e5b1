import { engineType } from "../../../../sql/redshift/type-text.ts";
import type { ColumnRecord } from "../../catalog/records.ts";
import { quoteString } from "../../engine/quote.ts";
import type { LoadOptions } from "../copy-options.ts";
import { type ColumnFacts, digitBit, pointBit, signBit, wideBit } from "./structure-scan.ts";

/** How the engine makes a column's value of a text, where its and Redshift's ideas of it are the same. */
export interface FastValue {
  /** Whether the text, a field called `sql`, is of that kind; undefined where that is known. */
  readonly isGood: string | undefined;
  /** The type that the engine may read the field as, in which its value is `value`. */
  readonly readAs: string;
  readonly value: string;
}

interface Rules {
  readonly isGood: string | undefined;
  /** Undefined: a cast; where nothing but numbers are in the file the engine's reader does it. */
  readonly value: string | undefined;
}

const defaultDates: ReadonlySet<string> = new Set(["auto", "yyyy-mm-dd"]);
const defaultTimes: ReadonlySet<string> = new Set(["auto", "yyyy-mm-dd hh:mi:ss", "yyyy-mm-dd hh24:mi:ss"]);

/** Undefined for columns and options that the exact reader alone knows. */
export function fastValue(
  column: ColumnRecord,
  sql: string,
  options: LoadOptions,
  facts: ColumnFacts,
): FastValue | undefined {
  const rules = valueRules(column, sql, options, facts);
  if (rules === undefined) return undefined;
  const isNull = nullCondition(column, sql, options);
  const isGood = goodCondition(column, isNull, rules);
  const engine = engineType(column.type);
  const isPlain = (facts.kinds & ~numberBits) === 0 && !isNumberLike(options.nullText);
  if (rules.value === undefined && isPlain) return { isGood, readAs: engine, value: sql };
  const value = rules.value ?? `CAST(${sql} AS ${engine})`;
  return { isGood, readAs: "VARCHAR", value: `CASE WHEN ${isNull} THEN NULL ELSE ${value} END` };
}

const numberBits = digitBit | signBit | pointBit;

/** Such a text of NULL AS may stand among numbers and dates without being seen. */
function isNumberLike(text: string): boolean {
  return text !== "" && /^[\d+.-]+$/.test(text);
}

function goodCondition({ nullable }: ColumnRecord, isNull: string, { isGood }: Rules): string | undefined {
  if (!nullable) return isGood === undefined ? `NOT ${isNull}` : `(NOT ${isNull} AND ${isGood})`;
  return isGood === undefined ? undefined : `(${isNull} OR ${isGood})`;
}

function isText({ type: { name } }: ColumnRecord): boolean {
  return name === "character" || name === "character varying";
}

function nullCondition(column: ColumnRecord, sql: string, options: LoadOptions): string {
  const conditions = [`${sql} = ${quoteString(options.nullText)}`];
  if (!isText(column) || options.emptyAsNull) conditions.push(`${sql} = ''`);
  if (isText(column) && options.blanksAsNull)
    conditions.push(`regexp_full_match(${sql}, '[ \\t\\n\\v\\f\\r]+')`);
  return `(${conditions.join(" OR ")})`;
}

/** Digits of which every number is in the range of the type. */
const safeDigits = { smallint: 4, integer: 9, bigint: 18 } as const;

function valueRules(
  { type }: ColumnRecord,
  sql: string,
  options: LoadOptions,
  facts: ColumnFacts,
): Rules | undefined {
  const engine = engineType(type);
  const tried = `TRY_CAST(${sql} AS ${engine})`;
  // What is written as the engine writes it needs no pattern.
  const isWritten = `CAST(${tried} AS VARCHAR) = ${sql}`;
  const fits = (pattern: string): string => `regexp_full_match(${sql}, '${pattern}')`;
  const only = (bits: number): boolean => (facts.kinds & ~bits) === 0;
  const known: Rules = { isGood: undefined, value: undefined };
  switch (type.name) {
    case "smallint":
    case "integer":
    case "bigint":
      if (only(digitBit) && facts.maxBytes <= safeDigits[type.name]) return known;
      if (only(digitBit | signBit)) return { isGood: `${tried} IS NOT NULL`, value: undefined };
      return { isGood: condition(tried, `${isWritten} OR ${fits("[+-]?[0-9]+")}`), value: undefined };
    case "numeric": {
      const scale = type.scale ?? 0;
      if (only(digitBit | signBit | pointBit) && facts.maxFraction <= scale)
        return { isGood: `${tried} IS NOT NULL`, value: undefined };
      const pattern = `[+-]?[0-9]+(\\.[0-9]{0,${scale}})?`;
      return { isGood: condition(tried, `${isWritten} OR ${fits(pattern)}`), value: undefined };
    }
    case "real":
    case "double precision": {
      const pattern = fits("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
      return { isGood: condition(tried, `isfinite(${tried}) AND ${pattern}`), value: undefined };
    }
    case "boolean": {
      const isTrue = `lower(${sql}) IN ('t', 'true', 'y', 'yes', '1')`;
      return { isGood: `(${isTrue} OR lower(${sql}) IN ('f', 'false', 'n', 'no', '0'))`, value: isTrue };
    }
    case "character":
    case "character varying":
      return textRules(type, sql, options, facts);
    case "date":
      if (options.dateFormat !== undefined && !defaultDates.has(options.dateFormat.toLowerCase()))
        return undefined;
      return { isGood: condition(tried, `strlen(${sql}) = 10 AND ${isWritten}`), value: undefined };
    case "timestamp":
    case "timestamptz":
      return timestampRules(type.name, sql, options, tried);
    default:
      return undefined;
  }
}

function condition(tried: string, also: string): string {
  return `coalesce(${tried} IS NOT NULL AND (${also}), FALSE)`;
}

function textRules(type: ColumnRecord["type"], sql: string, options: LoadOptions, facts: ColumnFacts): Rules {
  if (type.name === "character") {
    const value = `rtrim(${sql}, ' ')`;
    const length = type.length ?? 1;
    // Bytes are more than characters where there are some beyond ASCII.
    const checks = [
      ...((facts.kinds & wideBit) === 0 ? [] : [`strlen(${sql}) = length(${sql})`]),
      ...(facts.maxBytes <= length ? [] : [`strlen(${value}) <= ${length}`]),
    ];
    return { isGood: checks.length === 0 ? undefined : `(${checks.join(" AND ")})`, value };
  }
  const value = options.trimBlanks ? `rtrim(${sql}, ' ' || chr(9))` : sql;
  const isShort = type.length === undefined || facts.maxBytes <= type.length;
  return { isGood: isShort ? undefined : `strlen(${value}) <= ${type.length}`, value };
}

function timestampRules(
  name: "timestamp" | "timestamptz",
  sql: string,
  { timeFormat }: LoadOptions,
  tried: string,
): Rules | undefined {
  if (timeFormat !== undefined && !defaultTimes.has(timeFormat.toLowerCase())) return undefined;
  const date = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
  const time = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,6})?";
  const pattern = `regexp_full_match(${sql}, '${date} ${time}')`;
  const isWritten = `strlen(${sql}) = 19 AND CAST(${tried} AS VARCHAR) = ${sql}`;
  const fits = name === "timestamp" ? `(${isWritten}) OR ${pattern}` : pattern;
  // Without an offset a timestamptz is of the session's zone, which is the cast's to know.
  const value = name === "timestamp" ? undefined : `CAST(${sql} AS TIMESTAMPTZ)`;
  return { isGood: condition(tried, `${sql} >= '0001' AND (${fits})`), value };
}
