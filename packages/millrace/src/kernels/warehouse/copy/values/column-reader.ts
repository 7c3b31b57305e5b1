import { parseInterval } from "../../../../sql/redshift/functions/interval-input.ts";
import {
  JsonNumber,
  type JsonValue,
  jsonText,
  parseJson,
} from "../../../../sql/redshift/functions/scripts/json-value.ts";
import { engineType } from "../../../../sql/redshift/type-text.ts";
import type { SqlType } from "../../../../sql/redshift/types.ts";
import { SqlError } from "../../../../sql/sql-error.ts";
import type { ColumnRecord } from "../../catalog/records.ts";
import type { LoadOptions } from "../copy-options.ts";
import { LoadFailure, loadCodes } from "../load-failure.ts";
import { dateReader, timeReader, timestampReader } from "./date-values.ts";
import {
  booleanReader,
  decimalReader,
  floatReader,
  integerReader,
  type ValueReader,
} from "./number-values.ts";
import { characterReader, varbyteReader, varcharReader } from "./text-values.ts";

const blank = /^[ \t\n\v\f\r]*$/;

/** Reads the fields of one column. What it gives is the text that `storedSql` makes the column's value of. */
export class ColumnReader {
  readonly column: ColumnRecord;
  readonly #options: LoadOptions;
  readonly #read: ValueReader;
  readonly #isText: boolean;
  readonly #isDate: boolean;

  constructor(column: ColumnRecord, options: LoadOptions) {
    this.column = column;
    this.#options = options;
    const { name } = column.type;
    this.#isText = name === "character" || name === "character varying";
    this.#isDate = name === "date" || name === "timestamp" || name === "timestamptz";
    this.#read = valueReader(column.type, options);
  }

  /** A field of a text file, unquoted. @param isNull it is the text of NULL AS @throws LoadFailure */
  text(field: string, isNull: boolean): string | null {
    const { blanksAsNull, emptyAsNull } = this.#options;
    if (isNull) return this.#nothing();
    if (this.#isText) {
      if (field === "" && emptyAsNull) return this.#nothing();
      if (blanksAsNull && field !== "" && blank.test(field)) return this.#nothing();
    } else if (blank.test(field)) return this.#nothing();
    return this.#value(field);
  }

  /** A column that the line has no field for: FILLRECORD. */
  missing(): string | null {
    const empty = this.column.type.name === "character varying" && !this.#options.emptyAsNull;
    return empty ? "" : this.#nothing();
  }

  /** A value of JSON or Avro; undefined where the document has none. @throws LoadFailure */
  json(value: JsonValue | undefined): string | null {
    if (value === undefined || value === null) return this.#nothing();
    if (this.column.type.name === "super") return jsonText(value);
    if (typeof value === "string") return this.text(value, value === this.#options.nullText);
    if (typeof value === "boolean") return this.#value(String(value));
    if (value instanceof JsonNumber) return this.#value(value.text);
    if (!this.#isText) throw new LoadFailure(loadCodes.type, "Invalid value.");
    return this.#value(jsonText(value));
  }

  #value(field: string): string | null {
    try {
      return this.#read(field);
    } catch (error) {
      if (this.#isDate && this.#options.acceptAnyDate && error instanceof LoadFailure) return this.#nothing();
      throw error;
    }
  }

  #nothing(): null {
    if (!this.column.nullable) throw new LoadFailure(loadCodes.missing, "Missing data for not-null field");
    return null;
  }
}

function valueReader(type: SqlType, options: LoadOptions): ValueReader {
  const textRules = {
    length: type.length ?? Number.POSITIVE_INFINITY,
    truncates: options.truncateColumns,
    trims: options.trimBlanks,
    replacement: options.replacement,
    nullByte: options.nullText === "\0",
  };
  switch (type.name) {
    case "smallint":
    case "integer":
    case "bigint":
      return integerReader(type.name);
    case "numeric":
      return decimalReader(type.precision ?? 18, type.scale ?? 0, options.roundDecimals);
    case "real":
    case "double precision":
      return floatReader(type.name);
    case "boolean":
      return booleanReader;
    case "character":
      return characterReader({ ...textRules, length: type.length ?? 1 });
    case "character varying":
      return varcharReader(textRules);
    case "date":
      return dateReader(options.dateFormat);
    case "timestamp":
      return timestampReader(options.timeFormat, false);
    case "timestamptz":
      return timestampReader(options.timeFormat, true);
    case "time":
      return timeReader(false);
    case "timetz":
      return timeReader(true);
    case "varbyte":
      return varbyteReader(type.length ?? 64_000);
    case "super":
      return superReader;
    case "interval year to month":
    case "interval day to second":
      return intervalReader;
    default:
      throw new SqlError("0A000", `COPY into a column of type ${type.name} is not supported`);
  }
}

/** AWS's limit of a SUPER value. */
const maxSuperBytes = 16 * 1024 * 1024;

function superReader(text: string): string {
  const value = parseJson(text);
  if (value === undefined || text.length > maxSuperBytes)
    throw new LoadFailure(loadCodes.json, "Invalid JSON for the SUPER data type");
  return jsonText(value);
}

function intervalReader(text: string): string {
  try {
    const { months, days, microseconds } = parseInterval(text);
    return `${months} months ${days} days ${microseconds} microseconds`;
  } catch (error) {
    if (error instanceof SqlError) throw new LoadFailure(loadCodes.type, "Invalid interval format or value");
    throw error;
  }
}

/** Engine SQL of a column's value, where `sql` has the text that its reader gave. */
export function storedSql({ type }: ColumnRecord, sql: string): string {
  switch (type.name) {
    case "character":
    case "character varying":
      return sql;
    case "varbyte":
      return `from_hex(${sql})`;
    default:
      return `CAST(${sql} AS ${engineType(type)})`;
  }
}

/** As STL_LOAD_ERRORS calls types. */
export function typeText({ type }: ColumnRecord): { readonly name: string; readonly length: string } {
  const name = shortNames[type.name] ?? type.name;
  if (type.name === "numeric") return { name, length: `${type.precision ?? 18}, ${type.scale ?? 0}` };
  return { name, length: String(type.length ?? 0) };
}

const shortNames: Readonly<Partial<Record<SqlType["name"], string>>> = Object.freeze({
  smallint: "int2",
  integer: "int4",
  bigint: "int8",
  real: "float4",
  "double precision": "float8",
  boolean: "bool",
  character: "char",
  "character varying": "varchar",
});
