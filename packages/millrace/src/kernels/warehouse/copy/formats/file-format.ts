import type { Copy } from "../../../../sql/redshift/ast/copy.ts";
import { SqlError } from "../../../../sql/sql-error.ts";
import type { LoadOptions } from "../copy-options.ts";
import { CsvReader } from "./csv-reader.ts";
import { type DocumentMapping, mappingByName, mappingByPaths, wholeDocument } from "./json-mapping.ts";
import { JsonReader } from "./json-reader.ts";
import { LineReader, type LineSplitter } from "./line-reader.ts";
import type { RowSink, TextReader } from "./row-sink.ts";
import { delimitedSplitter } from "./split-delimited.ts";
import { fixedWidthSplitter, fixedWidths } from "./split-fixed-width.ts";

/** How one COPY's files are read. */
export interface FileFormat {
  /** As system tables call it. */
  readonly name: string;
  /** Undefined for Avro, which is no text. */
  readonly reader: ((sink: RowSink) => TextReader) | undefined;
  readonly mapping: DocumentMapping | undefined;
  readonly allowsTrailingDelimiter: boolean;
}

/** AWS's limit of a SUPER value: with noshred a document is one. */
const maxSuperBytes = 16 * 1024 * 1024;

/** @param pathsText of the JSONPaths file, where the format names one */
export function fileFormat(
  { format }: Copy,
  options: LoadOptions,
  columns: readonly string[],
  pathsText: string | undefined,
): FileFormat {
  switch (format.kind) {
    case "csv": {
      const reader = (sink: RowSink): TextReader => new CsvReader(options, sink);
      return { name: "CSV", reader, mapping: undefined, allowsTrailingDelimiter: false };
    }
    case "fixedwidth": {
      const widths = fixedWidths(format.specification);
      if (widths.length !== columns.length)
        throw new SqlError(
          "XX000",
          `The number of columns in the fixedwidth specification (${widths.length}) does not match the number of columns in the table or column list (${columns.length})`,
        );
      return lines("Fixed Width", fixedWidthSplitter(widths, options.nullText), options, false);
    }
    case "json": {
      const mapping = documentMapping(format.argument, columns, pathsText);
      const limit = format.argument.toLowerCase() === "noshred" ? maxSuperBytes : undefined;
      const reader = (sink: RowSink): TextReader => new JsonReader(sink, limit);
      return { name: "JSON", reader, mapping, allowsTrailingDelimiter: false };
    }
    case "avro": {
      const mapping = documentMapping(format.argument, columns, pathsText);
      return { name: "AVRO", reader: undefined, mapping, allowsTrailingDelimiter: false };
    }
    case "parquet":
      return { name: "PARQUET", reader: undefined, mapping: undefined, allowsTrailingDelimiter: false };
    default:
      return lines("Text", delimitedSplitter(options), options, true);
  }
}

function lines(
  name: string,
  split: LineSplitter,
  { headerLines, ignoreBlankLines, escape: escapes }: LoadOptions,
  allowsTrailingDelimiter: boolean,
): FileFormat {
  const rules = { headerLines, ignoreBlankLines, escapes, split };
  const reader = (sink: RowSink): TextReader => new LineReader(rules, sink);
  return { name, reader, mapping: undefined, allowsTrailingDelimiter };
}

function documentMapping(
  argument: string,
  columns: readonly string[],
  pathsText: string | undefined,
): DocumentMapping {
  const word = argument.toLowerCase();
  if (word === "auto" || word === "auto ignorecase") return mappingByName(columns, word !== "auto");
  if (word === "noshred") {
    if (columns.length !== 1)
      throw new SqlError("XX000", "COPY with JSON 'noshred' requires a single column of type SUPER");
    return wholeDocument;
  }
  return mappingByPaths(pathsText ?? "", columns.length);
}

/** Where the JSONPaths file of a format lies; undefined for a format without one. */
export function pathsLocation({ format }: Copy): string | undefined {
  if (format.kind !== "json" && format.kind !== "avro") return undefined;
  return /^s3/i.test(format.argument) || !/^(?:auto|auto ignorecase|noshred)$/i.test(format.argument)
    ? format.argument
    : undefined;
}
