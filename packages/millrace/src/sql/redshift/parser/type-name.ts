import type { SqlType, TypeName } from "../types.ts";
import { isTypeKeyword } from "./keywords.ts";
import type { TokenStream } from "./token-stream.ts";

const MAX_VARCHAR_BYTES = 65_535;
const MAX_CHAR_BYTES = 4_096;
const MAX_VARBYTE_BYTES = 16_777_216;
const MAX_NUMERIC_PRECISION = 38;
const MAX_NUMERIC_SCALE = 37;
/** `text`, `bpchar` and `varchar` without a length. */
const DEFAULT_TEXT_BYTES = 256;
const DEFAULT_VARBYTE_BYTES = 64_000;

const simple = (name: TypeName): SqlType => Object.freeze({ name });

/** Types of one word without a length. */
const SIMPLE_TYPES: Readonly<Record<string, SqlType>> = Object.freeze({
  smallint: simple("smallint"),
  int2: simple("smallint"),
  integer: simple("integer"),
  int: simple("integer"),
  int4: simple("integer"),
  bigint: simple("bigint"),
  int8: simple("bigint"),
  real: simple("real"),
  float4: simple("real"),
  float8: simple("double precision"),
  boolean: simple("boolean"),
  bool: simple("boolean"),
  date: simple("date"),
  timetz: simple("timetz"),
  timestamptz: simple("timestamptz"),
  super: simple("super"),
  hllsketch: simple("hllsketch"),
  geometry: simple("geometry"),
  geography: simple("geography"),
  oid: simple("oid"),
  name: simple("name"),
  regclass: simple("regclass"),
  regproc: simple("regproc"),
  regtype: simple("regtype"),
  xid: simple("xid"),
  aclitem: simple("aclitem"),
  int2vector: simple("int2vector"),
  oidvector: simple("oidvector"),
  record: simple("record"),
  void: simple("void"),
});

const TEXT: SqlType = Object.freeze({ name: "character varying", length: DEFAULT_TEXT_BYTES });
const YEAR_TO_MONTH: SqlType = simple("interval year to month");
const DAY_TO_SECOND: SqlType = simple("interval day to second");

/** Units of an interval from the longest to the shortest, by family. */
const YEAR_UNITS: readonly string[] = ["year", "month"];
const DAY_UNITS: readonly string[] = ["day", "hour", "minute", "second"];

/**
 * A type: its name or alias with AWS's defaults and limits, and `[]` behind it for the arrays of the leader node.
 * @throws SqlError 42704 for one that Redshift does not have, 22023 for a length out of its range
 */
export function parseTypeName(stream: TokenStream): SqlType {
  const element = parseElementType(stream);
  let array = false;
  while (stream.accept("[", "]")) {
    array = true;
  }
  // As in PostgreSQL, an array's type does not say how many dimensions it has.
  return array ? { name: "array", element } : element;
}

function parseElementType(stream: TokenStream): SqlType {
  stream.accept("pg_catalog", ".");
  const token = stream.current;
  if (token.kind === "quoted") {
    return quotedType(stream);
  }
  if (
    token.kind !== "word" ||
    !(isTypeKeyword(token.value) || token.value === "oid" || stream.atIdentifier())
  ) {
    if (token.lexeme !== "binary") {
      throw stream.syntaxError();
    }
  }
  stream.next();
  return SIMPLE_TYPES[token.value] ?? sizedType(stream, token.value) ?? unknownType(stream, token.start);
}

/** `"char"` is the one type that its quotes make another. */
function quotedType(stream: TokenStream): SqlType {
  const { start } = stream.current;
  const { name } = stream.identifier();
  if (name === "char") {
    return { name: "char" };
  }
  return SIMPLE_TYPES[name] ?? sizedType(stream, name) ?? unknownType(stream, start);
}

function unknownType(stream: TokenStream, start: number): never {
  while (stream.accept(".")) {
    stream.label();
  }
  const name = stream.slice(start, stream.previousEnd).replaceAll('"', "").toLowerCase();
  throw stream.error("42704", `type "${name}" does not exist`, start);
}

function sizedType(stream: TokenStream, word: string): SqlType | undefined {
  switch (word) {
    case "numeric":
    case "decimal":
    case "dec":
      return numericType(stream);
    case "float":
      return floatType(stream);
    case "double":
      stream.expect("precision");
      return simple("double precision");
    case "national":
      if (stream.acceptAny("character", "char") === undefined) {
        throw stream.syntaxError();
      }
      return characterType(stream);
    case "character":
    case "char":
    case "nchar":
      return characterType(stream);
    case "varchar":
    case "nvarchar":
      return varcharType(stream);
    case "bpchar":
      return stream.at("(") ? fixedType(stream) : { name: "character", length: DEFAULT_TEXT_BYTES };
    case "text":
      return stream.at("(") ? varcharType(stream) : TEXT;
    case "binary":
      stream.expect("varying");
      return varbyteType(stream);
    case "varbyte":
    case "varbinary":
      return varbyteType(stream);
    case "time":
      return zonedType(stream, "time", "timetz");
    case "timestamp":
      return zonedType(stream, "timestamp", "timestamptz");
    case "interval":
      return intervalType(stream);
    default:
      return undefined;
  }
}

/** `(n)`, or undefined without brackets. */
function size(stream: TokenStream): number | undefined {
  if (!stream.accept("(")) {
    return undefined;
  }
  const value = stream.integer();
  stream.expect(")");
  return value;
}

function checkLength(stream: TokenStream, name: string, length: number, max: number, at: number): void {
  if (length < 1) {
    throw stream.error("22023", `length for type ${name} must be at least 1`, at);
  }
  if (length > max) {
    throw stream.error("22023", `length for type ${name} cannot exceed ${max}`, at);
  }
}

function characterType(stream: TokenStream): SqlType {
  return stream.accept("varying") ? varcharType(stream) : fixedType(stream);
}

function fixedType(stream: TokenStream): SqlType {
  const at = stream.current.start;
  const length = size(stream) ?? 1;
  checkLength(stream, "bpchar", length, MAX_CHAR_BYTES, at);
  return { name: "character", length };
}

function varcharType(stream: TokenStream): SqlType {
  const at = stream.current.start;
  if (stream.accept("(", "max", ")")) {
    return { name: "character varying", length: MAX_VARCHAR_BYTES };
  }
  const length = size(stream) ?? DEFAULT_TEXT_BYTES;
  checkLength(stream, "varchar", length, MAX_VARCHAR_BYTES, at);
  return { name: "character varying", length };
}

function varbyteType(stream: TokenStream): SqlType {
  const at = stream.current.start;
  const length = size(stream) ?? DEFAULT_VARBYTE_BYTES;
  checkLength(stream, "varbyte", length, MAX_VARBYTE_BYTES, at);
  return { name: "varbyte", length };
}

function numericType(stream: TokenStream): SqlType {
  const at = stream.current.start;
  if (!stream.accept("(")) {
    return { name: "numeric", precision: 18, scale: 0 };
  }
  const precision = stream.integer();
  const scale = stream.accept(",") ? stream.integer() : 0;
  stream.expect(")");
  if (precision < 1 || precision > MAX_NUMERIC_PRECISION) {
    const message = `NUMERIC precision ${precision} must be between 1 and ${MAX_NUMERIC_PRECISION}`;
    throw stream.error("22023", message, at);
  }
  const maxScale = Math.min(precision, MAX_NUMERIC_SCALE);
  if (scale > maxScale) {
    const message = `NUMERIC scale ${scale} must be between 0 and precision ${maxScale}`;
    throw stream.error("22023", message, at);
  }
  return { name: "numeric", precision, scale };
}

function floatType(stream: TokenStream): SqlType {
  const at = stream.current.start;
  const bits = size(stream) ?? 53;
  if (bits < 1) {
    throw stream.error("22023", "precision for type float must be at least 1 bit", at);
  }
  if (bits > 53) {
    throw stream.error("22023", "precision for type float must be less than 54 bits", at);
  }
  return simple(bits <= 24 ? "real" : "double precision");
}

function zonedType(stream: TokenStream, plain: TypeName, zoned: TypeName): SqlType {
  const at = stream.current.start;
  const precision = size(stream);
  // Microseconds are what the types hold; fewer digits would have to be rounded.
  if (precision !== undefined && precision !== 6) {
    throw stream.error("0A000", `${plain}(${precision}) is not supported, only ${plain}(6)`, at);
  }
  if (stream.accept("with", "time", "zone")) {
    return simple(zoned);
  }
  stream.accept("without", "time", "zone");
  return simple(plain);
}

/** `interval`, `interval year to month`, `interval day to second (6)` and their parts. */
function intervalType(stream: TokenStream): SqlType {
  const { fields } = parseIntervalFields(stream);
  const first = fields[0];
  if (first === undefined) {
    return simple("interval");
  }
  return YEAR_UNITS.includes(first) ? YEAR_TO_MONTH : DAY_TO_SECOND;
}

/** What may stand behind INTERVAL and its literal: `year to month`, `day to second (3)`, `hour`, or nothing. */
export interface IntervalFields {
  readonly fields: readonly string[];
  readonly precision: number | undefined;
}

export function parseIntervalFields(stream: TokenStream): IntervalFields {
  const units = [YEAR_UNITS, DAY_UNITS].find((family) => family.includes(stream.current.lexeme));
  if (units === undefined) {
    return { fields: [], precision: undefined };
  }
  const fields = [stream.next().lexeme];
  if (stream.accept("to")) {
    const last = stream.current.lexeme;
    if (units.indexOf(last) <= units.indexOf(fields[0] ?? "")) {
      throw stream.syntaxError();
    }
    stream.next();
    fields.push(last);
  }
  const at = stream.current.start;
  const precision = fields.at(-1) === "second" ? size(stream) : undefined;
  if (precision !== undefined && precision > 6) {
    throw stream.error("22023", `INTERVAL(${precision}) precision must be between 0 and 6`, at);
  }
  return { fields, precision };
}
