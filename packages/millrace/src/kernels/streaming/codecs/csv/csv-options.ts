import type { FormatOptions } from "../format-options.ts";

/** `csv.*` of a table, as Flink names them. */
export interface CsvOptions {
  readonly delimiter: string;
  /** Undefined: nothing is quoted. */
  readonly quote: string | undefined;
  readonly escaping: string | undefined;
  readonly nullLiteral: string | undefined;
  readonly elementDelimiter: string;
  readonly allowComments: boolean;
  readonly ignoreParseErrors: boolean;
  /** DECIMAL 100 as `1E+2`. */
  readonly scientificDecimals: boolean;
}

/** @throws SqlError that names the option */
export function csvOptions(options: FormatOptions): CsvOptions {
  const isUnquoted = options.boolean("disable-quote-character", false);
  const quote = character(options, "quote-character");
  if (isUnquoted && quote !== undefined) {
    options.fail("quote-character", "cannot be set together with disable-quote-character");
  }
  const read: CsvOptions = {
    delimiter: character(options, "field-delimiter") ?? ",",
    quote: isUnquoted ? undefined : (quote ?? '"'),
    escaping: character(options, "escape-character"),
    nullLiteral: options.optional("null-literal"),
    elementDelimiter: options.text("array-element-delimiter", ";"),
    allowComments: options.boolean("allow-comments", false),
    ignoreParseErrors: options.boolean("ignore-parse-errors", false),
    scientificDecimals: options.boolean("write-bigdecimal-in-scientific-notation", true),
  };
  options.end();
  return read;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["\\t", "\t"],
  ["\\n", "\n"],
  ["\\r", "\r"],
  ["\\\\", "\\"],
]);

/** One character, as it is or as Java's escape for it. */
function character(options: FormatOptions, name: string): string | undefined {
  const text = options.optional(name);
  if (text === undefined) return undefined;
  const code = /^\\u([0-9a-fA-F]{4})$/.exec(text)?.[1];
  const value =
    code === undefined ? (escapes.get(text) ?? text) : String.fromCharCode(Number.parseInt(code, 16));
  return value.length === 1 ? value : options.fail(name, "is one character");
}
