import type { CastType, DatePart, FunctionName } from "./expression.ts";

/** The functions by the words that call them. */
export const functionNames: ReadonlyMap<string, FunctionName> = new Map<string, FunctionName>(
  Object.entries({
    char_length: "char_length",
    character_length: "char_length",
    coalesce: "coalesce",
    date_add: "date_add",
    date_diff: "date_diff",
    extract: "extract",
    lower: "lower",
    nullif: "nullif",
    substring: "substring",
    to_string: "to_string",
    to_timestamp: "to_timestamp",
    trim: "trim",
    upper: "upper",
    utcnow: "utcnow",
  } as const),
);

/** Fewest and most operands, beside a date part. */
export const operandCounts: Readonly<Record<FunctionName, readonly [number, number]>> = Object.freeze({
  char_length: [1, 1],
  coalesce: [1, Number.POSITIVE_INFINITY],
  date_add: [2, 2],
  date_diff: [2, 2],
  extract: [1, 1],
  lower: [1, 1],
  nullif: [2, 2],
  substring: [2, 3],
  to_string: [2, 2],
  to_timestamp: [1, 1],
  trim: [1, 2],
  upper: [1, 1],
  utcnow: [0, 0],
});

export const castTypes: ReadonlyMap<string, CastType> = new Map<string, CastType>(
  Object.entries({
    bool: "bool",
    boolean: "bool",
    int: "int",
    integer: "int",
    string: "string",
    varchar: "string",
    char: "string",
    float: "float",
    decimal: "decimal",
    numeric: "decimal",
    timestamp: "timestamp",
  } as const),
);

export const dateParts: ReadonlyMap<string, DatePart> = new Map<string, DatePart>(
  Object.entries({
    year: "year",
    month: "month",
    day: "day",
    hour: "hour",
    minute: "minute",
    second: "second",
    timezone_hour: "timezone_hour",
    timezone_minute: "timezone_minute",
  } as const),
);
