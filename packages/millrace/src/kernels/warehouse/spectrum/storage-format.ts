import { SqlError } from "../../../sql/sql-error.ts";
import type { CatalogStorage } from "./data-catalog-port.ts";

/** How the files of a table or of one of its partitions are read. */
export type FileFormat =
  | { readonly kind: "parquet" }
  | { readonly kind: "avro" }
  | (LineFormat & TextFormat)
  | (LineFormat & {
      readonly kind: "csv";
      readonly separator: string;
      readonly quote: string;
      readonly escape: string;
    })
  | (LineFormat & JsonFormat)
  | (LineFormat & {
      readonly kind: "pattern";
      readonly language: "regex" | "grok";
      readonly pattern: string;
      readonly customPatterns: string | undefined;
      readonly caseInsensitive: boolean;
    });

/** Formats of one row a line. */
interface LineFormat {
  /** `skip.header.line.count` */
  readonly skippedLines: number;
}

export interface TextFormat {
  readonly kind: "text";
  readonly delimiter: string;
  readonly escape: string | undefined;
  readonly nullText: string;
}

export interface JsonFormat {
  readonly kind: "json";
  readonly caseInsensitive: boolean;
  readonly ignoreMalformed: boolean;
  /** Keys of the documents by columns, where they differ. */
  readonly keys: ReadonlyMap<string, string>;
}

export const formatNames: Readonly<Record<FileFormat["kind"], string>> = Object.freeze({
  parquet: "Parquet",
  avro: "Avro",
  text: "Text",
  csv: "Text",
  json: "JSON",
  pattern: "Text",
});

/** Serialization libraries that files are read by, by the last part of their names. */
const libraries: Readonly<Record<string, FileFormat["kind"] | undefined>> = Object.freeze({
  ParquetHiveSerDe: "parquet",
  AvroSerDe: "avro",
  LazySimpleSerDe: "text",
  OpenCSVSerde: "csv",
  CSVSerde: "csv",
  JsonSerDe: "json",
  RegexSerDe: "pattern",
  GrokSerDe: "pattern",
});

const inputFormats: readonly (readonly [RegExp, FileFormat["kind"]])[] = [
  [/parquet/i, "parquet"],
  [/avro/i, "avro"],
  [/TextInputFormat$/, "text"],
];

type Properties = Readonly<Record<string, string>>;

/** @throws SqlError 0A000 for formats that cannot be read */
export function formatOf(storage: CatalogStorage, tableProperties: Properties): FileFormat {
  const { InputFormat = "", SerdeInfo } = storage;
  const library = SerdeInfo?.SerializationLibrary ?? "";
  const kind =
    libraries[library.split(".").at(-1) ?? ""] ??
    (library === "" ? inputFormats.find(([pattern]) => pattern.test(InputFormat))?.[1] : undefined);
  if (kind === undefined) throw unreadable(library, InputFormat);
  if (kind === "text" && /sequencefile|rcfile|orc/i.test(InputFormat)) throw unreadable(InputFormat, "");
  const properties: Properties = SerdeInfo?.Parameters ?? {};
  const skippedLines = headerLines({ ...tableProperties, ...properties });
  switch (kind) {
    case "parquet":
    case "avro":
      return { kind };
    case "text":
      return { ...textFormat(properties), skippedLines };
    case "csv":
      return {
        kind,
        skippedLines,
        separator: character(properties["separatorChar"], ","),
        quote: character(properties["quoteChar"], '"'),
        escape: character(properties["escapeChar"], "\\"),
      };
    case "json":
      return { ...jsonFormat(properties), skippedLines };
    case "pattern":
      return { ...patternFormat(library, properties), skippedLines };
  }
}

function unreadable(library: string, inputFormat: string): SqlError {
  const name = library === "" ? inputFormat : library;
  const known = /orc/i.test(name) ? "ORC" : /ion/i.test(name) ? "Ion" : undefined;
  return new SqlError(
    "0A000",
    known === undefined
      ? `external tables with the SerDe "${name}" are not supported`
      : `external tables in the format ${known} are not supported`,
  );
}

/** Header lines are counted by Hive; a count that is none skips nothing. */
function headerLines(properties: Properties): number {
  const count = Number(properties["skip.header.line.count"] ?? 0);
  return Number.isSafeInteger(count) && count > 0 ? count : 0;
}

function textFormat(properties: Properties): TextFormat {
  const lines = properties["line.delim"];
  if (lines !== undefined && lines !== "\n" && lines !== "\\n")
    throw new SqlError("0A000", "lines that end with something other than a newline are not supported");
  const mark = properties["escape.delim"];
  return {
    kind: "text",
    delimiter: delimiterText(properties["field.delim"] ?? properties["serialization.format"] ?? "\u0001"),
    escape: mark === undefined || mark === "" ? undefined : delimiterText(mark),
    nullText: properties["serialization.null.format"] ?? "\\N",
  };
}

/** Hive writes characters as themselves, as `\t`, or by their numbers: `\001`, `1`. */
function delimiterText(text: string): string {
  if (text === "\\t") return "\t";
  const octal = /^\\(?:u00([0-9a-f]{2})|([0-7]{3}))$/i.exec(text);
  if (octal !== null)
    return String.fromCharCode(
      octal[1] === undefined ? Number.parseInt(octal[2] ?? "", 8) : Number.parseInt(octal[1], 16),
    );
  if (/^\d{1,3}$/.test(text) && Number(text) < 128) return String.fromCharCode(Number(text));
  return text === "" ? "\u0001" : text;
}

function character(text: string | undefined, standard: string): string {
  if (text === undefined || text === "") return standard;
  return text === "\\t" ? "\t" : text.replace(/^\\(.)$/s, "$1");
}

function jsonFormat(properties: Properties): JsonFormat {
  const isOn = (name: string, standard: boolean) =>
    (properties[name] ?? String(standard)).toLowerCase() === "true";
  const keys = new Map<string, string>();
  for (const [name, value] of Object.entries(properties))
    if (name.startsWith("mapping.")) keys.set(name.slice("mapping.".length).toLowerCase(), value);
  return {
    kind: "json",
    caseInsensitive: isOn("case.insensitive", true),
    ignoreMalformed: isOn("ignore.malformed.json", false),
    keys,
  };
}

function patternFormat(
  library: string,
  properties: Properties,
): Omit<Extract<FileFormat, { kind: "pattern" }>, "skippedLines"> {
  const grok = library.endsWith("GrokSerDe");
  const pattern = properties[grok ? "input.format" : "input.regex"];
  if (pattern === undefined)
    throw new SqlError("22023", `the SerDe property ${grok ? "input.format" : "input.regex"} is missing`);
  return {
    kind: "pattern",
    language: grok ? "grok" : "regex",
    pattern,
    customPatterns: properties["input.grokCustomPatterns"],
    caseInsensitive: (properties["input.regex.case.insensitive"] ?? "").toLowerCase() === "true",
  };
}
