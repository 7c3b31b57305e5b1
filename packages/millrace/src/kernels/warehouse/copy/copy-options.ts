import type { Copy } from "../../../sql/redshift/ast/copy.ts";
import { checkCopy } from "../../../sql/redshift/parser/copy-conflicts.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import { clientSideEncryption } from "./source/object-identity.ts";

export type FileEncoding = "utf8" | "utf16" | "utf16le" | "utf16be" | "iso88591";

/** What COPY's options say, with their defaults, checked. */
export interface LoadOptions {
  readonly delimiter: string;
  readonly quote: string;
  readonly escape: boolean;
  readonly removeQuotes: boolean;
  readonly nullText: string;
  readonly compression: "none" | "gzip" | "bzip2" | "zstd";
  readonly encoding: FileEncoding;
  readonly replacement: string | undefined;
  readonly acceptAnyDate: boolean;
  readonly blanksAsNull: boolean;
  readonly emptyAsNull: boolean;
  /** Undefined: the default. */
  readonly dateFormat: string | undefined;
  readonly timeFormat: string | undefined;
  readonly fillRecord: boolean;
  readonly ignoreBlankLines: boolean;
  readonly headerLines: number;
  readonly roundDecimals: boolean;
  readonly trimBlanks: boolean;
  readonly truncateColumns: boolean;
  readonly serializeToJson: boolean;
  /** The load fails with this many errors. */
  readonly errorLimit: number;
  readonly noLoad: boolean;
}

/** AWS's limit of MAXERROR. */
const maxErrors = 100_000;
/** AWS's limits of COMPROWS. */
const minCompRows = 1_000;
const maxCompRows = 2_147_483_647;

const encodings: readonly string[] = ["utf8", "utf16", "utf16le", "utf16be", "iso88591"];

/** @throws SqlError for what does not fit together, and by name for what Millrace does not do */
export function loadOptions(copy: Copy): LoadOptions {
  const { options, format } = copy;
  refuse(copy);
  checkCopy(copy);
  const { compression, compRows } = options;
  if (compRows !== undefined && (compRows < minCompRows || compRows > maxCompRows))
    throw new SqlError("22023", `COMPROWS must be between ${minCompRows} and ${maxCompRows}`);
  const { acceptInvChars: replacement, encoding = "utf8" } = options;
  if (
    replacement !== undefined &&
    !(replacement.length === 1 && /\p{ASCII}/u.test(replacement) && replacement !== "\0")
  )
    throw new SqlError("22023", "ACCEPTINVCHARS replacement character must be a single ASCII character");
  if (!encodings.includes(encoding.replace("-", "")))
    throw new SqlError("22023", `encoding "${encoding}" is not supported`);
  return {
    delimiter: delimiterOf(copy),
    quote: quoteOf(copy),
    escape: options.escape,
    removeQuotes: options.removeQuotes,
    nullText: nullTextOf(options.nullAs),
    compression: compression === undefined || compression === "lzop" ? "none" : compression,
    encoding: encoding.replace("-", "") as FileEncoding,
    replacement,
    acceptAnyDate: options.acceptAnyDate,
    blanksAsNull: options.blanksAsNull,
    emptyAsNull: options.emptyAsNull || options.nullAs === "",
    dateFormat: options.dateFormat,
    timeFormat: options.timeFormat,
    fillRecord: options.fillRecord,
    ignoreBlankLines: options.ignoreBlankLines,
    headerLines:
      format.kind === "fixedwidth" || isLines(copy) ? count("IGNOREHEADER", options.ignoreHeader) : 0,
    roundDecimals: options.roundEc,
    trimBlanks: options.trimBlanks,
    truncateColumns: options.truncateColumns,
    serializeToJson: options.serializeToJson,
    errorLimit: errorLimit(copy),
    noLoad: options.noLoad,
  };
}

function isLines({ format: { kind } }: Copy): boolean {
  return kind === "delimited" || kind === "csv";
}

function errorLimit({ options: { ignoreAllErrors, maxError } }: Copy): number {
  if (ignoreAllErrors) return Number.POSITIVE_INFINITY;
  if (maxError !== undefined && (maxError < 0 || maxError > maxErrors))
    throw new SqlError("22023", `MAXERROR must be between 0 and ${maxErrors}`);
  return Math.max(1, maxError ?? 0);
}

function count(name: string, value: number | undefined): number {
  if (value !== undefined && value < 0) throw new SqlError("22023", `${name} must not be negative`);
  return value ?? 0;
}

/** What AWS has and Millrace has not, or what makes no sense without it. */
function refuse({ source, options, format, job }: Copy): void {
  const named = (what: string): SqlError => new SqlError("0A000", `COPY ${what} is not supported`);
  if (job !== undefined) throw named("JOB CREATE");
  if (/^dynamodb:/i.test(source)) throw named("from Amazon DynamoDB (dynamodb://)");
  if (/^emr:/i.test(source)) throw named("from Amazon EMR (emr://)");
  if (options.ssh) throw named("from remote hosts (SSH)");
  if (options.readRatio !== undefined)
    throw new SqlError("0A000", "READRATIO is only supported for COPY from Amazon DynamoDB");
  if (options.encrypted || options.masterSymmetricKey !== undefined) throw clientSideEncryption();
  if (options.compression === "lzop") throw named("with LZOP compression");
  if (["orc", "rcfile", "sequencefile", "shapefile"].includes(format.kind))
    throw named(`FORMAT AS ${format.kind.toUpperCase()}`);
}

function delimiterOf({ format, options }: Copy): string {
  const delimiter = unescaped(options.delimiter ?? (format.kind === "csv" ? "," : "|"));
  if (delimiter === "") throw new SqlError("22023", "COPY delimiter must not be empty");
  if (/[\r\n\0]/.test(delimiter))
    throw new SqlError("22023", "COPY delimiter cannot be newline or carriage return");
  if (format.kind === "csv" && delimiter === quoteOf({ format, options } as Copy))
    throw new SqlError("22023", "COPY delimiter and quote must be different");
  return delimiter;
}

function quoteOf({ format }: Copy): string {
  const quote = format.kind === "csv" ? (format.quote ?? '"') : '"';
  if (quote.length !== 1 || /[\r\n\0]/.test(quote))
    throw new SqlError("22023", "COPY quote must be a single one-byte character");
  return quote;
}

/** `\t` and octal numbers, where the literal's own escapes were escaped. */
function unescaped(text: string): string {
  if (text === "\\t") return "\t";
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}

/** Written `'\0'` or `'\000'` it is the NUL character. */
function nullTextOf(text: string | undefined): string {
  if (text === undefined) return "\\N";
  return /^(?:\\?0|\\000)$/.test(text) && text.startsWith("\\") ? "\0" : text;
}
