import type { DataType, FieldDefinition, SimpleTypeName } from "../ast/data-type.ts";
import { parseIntervalUnit } from "./time-unit.ts";
import type { TokenStream } from "./token-stream.ts";

/** Names of one word, and what stands in brackets behind them. */
const SIMPLE: Readonly<Record<string, { readonly name: SimpleTypeName; readonly numbers: 0 | 1 | 2 }>> =
  Object.freeze({
    boolean: { name: "boolean", numbers: 0 },
    tinyint: { name: "tinyint", numbers: 0 },
    smallint: { name: "smallint", numbers: 0 },
    int: { name: "int", numbers: 0 },
    integer: { name: "int", numbers: 0 },
    bigint: { name: "bigint", numbers: 0 },
    float: { name: "float", numbers: 0 },
    real: { name: "float", numbers: 0 },
    double: { name: "double", numbers: 0 },
    decimal: { name: "decimal", numbers: 2 },
    dec: { name: "decimal", numbers: 2 },
    numeric: { name: "decimal", numbers: 2 },
    char: { name: "char", numbers: 1 },
    character: { name: "char", numbers: 1 },
    varchar: { name: "varchar", numbers: 1 },
    string: { name: "string", numbers: 0 },
    binary: { name: "binary", numbers: 1 },
    varbinary: { name: "varbinary", numbers: 1 },
    bytes: { name: "bytes", numbers: 0 },
    date: { name: "date", numbers: 0 },
    time: { name: "time", numbers: 1 },
    timestamp: { name: "timestamp", numbers: 1 },
    timestamp_ltz: { name: "timestamp_ltz", numbers: 1 },
    null: { name: "null", numbers: 0 },
    variant: { name: "variant", numbers: 0 },
  } as const);

/** A type with [NULL | NOT NULL] and the ARRAY or MULTISET behind it. @throws SqlError */
export function parseDataType(stream: TokenStream): DataType {
  const height = stream.enter();
  const { start } = stream.current;
  let type = withNullability(stream, parseBase(stream), start);
  for (;;) {
    const collection = stream.acceptAny("array", "multiset");
    if (collection === undefined) {
      break;
    }
    const span = stream.spanFrom(start);
    const whole: DataType = { kind: "collection-type", collection, element: type, nullable: true, span };
    type = withNullability(stream, whole, start);
    stream.deepen();
  }
  stream.leave(height);
  return type;
}

function withNullability(stream: TokenStream, type: DataType, start: number): DataType {
  if (stream.accept("not", "null")) {
    return { ...type, nullable: false, span: stream.spanFrom(start) };
  }
  // `RETURNING INT NULL ON EMPTY` of the functions of JSON: the NULL is the clause's.
  if (!stream.at("null", "on")) stream.accept("null");
  return type;
}

function parseBase(stream: TokenStream): DataType {
  const { start, lexeme } = stream.current;
  switch (lexeme) {
    case "array":
    case "multiset":
      stream.next();
      return parseCollection(stream, lexeme, start);
    case "map":
      return stream.peek(1).lexeme === "<" ? parseMap(stream, start) : parseNamed(stream, start);
    case "row":
    case "structured":
      return parseRow(stream, start);
    case "raw":
      return parseRaw(stream, start);
    case "interval": {
      stream.next();
      const unit = parseIntervalUnit(stream);
      return { kind: "interval-type", unit, nullable: true, span: stream.spanFrom(start) };
    }
    default:
      return Object.hasOwn(SIMPLE, lexeme) ? parseSimple(stream, start) : parseNamed(stream, start);
  }
}

function parseSimple(stream: TokenStream, start: number): DataType {
  const word = stream.next().lexeme;
  const entry = SIMPLE[word] ?? { name: "null", numbers: 0 };
  let { name, numbers } = entry;
  if (name === "double") {
    stream.accept("precision");
  } else if ((name === "char" || name === "binary") && stream.accept("varying")) {
    name = name === "char" ? "varchar" : "varbinary";
    numbers = 1;
  }
  let precision: number | undefined;
  let scale: number | undefined;
  if (numbers > 0 && stream.accept("(")) {
    precision = stream.integer();
    scale = numbers === 2 && stream.accept(",") ? stream.integer() : undefined;
    stream.expect(")");
  }
  if (name === "time" || name === "timestamp") {
    name = parseZone(stream, name);
  }
  return { kind: "simple-type", name, precision, scale, nullable: true, span: stream.spanFrom(start) };
}

// [WITHOUT TIME ZONE | WITH [LOCAL] TIME ZONE]
function parseZone(stream: TokenStream, name: "time" | "timestamp"): SimpleTypeName {
  if (stream.accept("without", "time", "zone")) {
    return name;
  }
  if (name === "timestamp" && stream.accept("with", "local", "time", "zone")) {
    return "timestamp_ltz";
  }
  return name === "timestamp" && stream.accept("with", "time", "zone") ? "timestamp_tz" : name;
}

function parseCollection(stream: TokenStream, collection: "array" | "multiset", start: number): DataType {
  stream.expect("<");
  const element = parseDataType(stream);
  stream.expect(">");
  return { kind: "collection-type", collection, element, nullable: true, span: stream.spanFrom(start) };
}

function parseMap(stream: TokenStream, start: number): DataType {
  stream.expect("map", "<");
  const key = parseDataType(stream);
  stream.expect(",");
  const value = parseDataType(stream);
  stream.expect(">");
  return { kind: "map-type", key, value, nullable: true, span: stream.spanFrom(start) };
}

// ROW<fields>, ROW(fields), ROW<>; STRUCTURED<'class', fields>
function parseRow(stream: TokenStream, start: number): DataType {
  const structured = stream.next().lexeme === "structured";
  const row = (className: string | undefined, fields: readonly FieldDefinition[]): DataType => ({
    kind: "row-type",
    className,
    fields,
    nullable: true,
    span: stream.spanFrom(start),
  });
  if (!structured && stream.accept("<>")) {
    return row(undefined, []);
  }
  const open = structured ? "<" : stream.at("(") ? "(" : "<";
  const close = open === "<" ? ">" : ")";
  stream.expect(open);
  if (!structured && stream.accept(close)) {
    return row(undefined, []);
  }
  const className = structured ? stream.string("the name of a class in quotes") : undefined;
  const hasFields = className === undefined || stream.accept(",");
  const fields = hasFields ? stream.list(() => parseField(stream)) : [];
  stream.expect(close);
  return row(className, fields);
}

function parseField(stream: TokenStream): FieldDefinition {
  const name = stream.identifier("a field's name");
  const type = parseDataType(stream);
  stream.accept("comment");
  const comment = stream.current.kind === "string" ? stream.string() : undefined;
  return { name, type, comment };
}

function parseRaw(stream: TokenStream, start: number): DataType {
  stream.expect("raw", "(");
  const className = stream.string();
  stream.expect(",");
  const serializer = stream.string();
  stream.expect(")");
  return { kind: "raw-type", className, serializer, nullable: true, span: stream.spanFrom(start) };
}

function parseNamed(stream: TokenStream, start: number): DataType {
  if (!stream.atIdentifier()) {
    throw stream.syntaxError("a type");
  }
  const name = stream.qualifiedName();
  return { kind: "named-type", name, nullable: true, span: stream.spanFrom(start) };
}
