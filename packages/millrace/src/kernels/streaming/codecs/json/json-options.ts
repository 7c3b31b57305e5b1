import type { FormatOptions } from "../format-options.ts";
import type { TimestampForm } from "./json-time.ts";

/** `json.*` of a table, as Flink names them. */
export interface JsonOptions {
  readonly failOnMissingField: boolean;
  readonly ignoreParseErrors: boolean;
  readonly timestampForm: TimestampForm;
  readonly mapNullKey: "FAIL" | "DROP" | "LITERAL";
  readonly mapNullKeyLiteral: string;
  readonly decimalAsPlainNumber: boolean;
  readonly ignoreNullFields: boolean;
}

/** @throws SqlError that names the option */
export function jsonOptions(options: FormatOptions): JsonOptions {
  const read: JsonOptions = {
    failOnMissingField: options.boolean("fail-on-missing-field", false),
    ignoreParseErrors: options.boolean("ignore-parse-errors", false),
    timestampForm: options.oneOf("timestamp-format.standard", ["SQL", "ISO-8601"], "SQL"),
    mapNullKey: options.oneOf("map-null-key.mode", ["FAIL", "DROP", "LITERAL"], "FAIL"),
    mapNullKeyLiteral: options.text("map-null-key.literal", "null"),
    decimalAsPlainNumber: options.boolean("encode.decimal-as-plain-number", false),
    ignoreNullFields: options.boolean("encode.ignore-null-fields", false),
  };
  // About speed in Flink: one reader does it all here.
  options.boolean("decode.json-parser.enabled", true);
  if (read.failOnMissingField && read.ignoreParseErrors) {
    options.fail("fail-on-missing-field", "cannot be true together with ignore-parse-errors");
  }
  options.end();
  return read;
}
