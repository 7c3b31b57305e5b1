import type { CSVInput, CSVOutput, InputSerialization, OutputSerialization } from "@aws-sdk/client-s3";
import type { CsvFormat } from "./input/csv-record.ts";
import { CsvWriter, JsonWriter, type RecordWriter } from "./output/record-writer.ts";
import { selectError } from "./select-error.ts";

/** How an object is to be read. */
export type InputFormat =
  | {
      readonly kind: "csv";
      readonly gzip: boolean;
      readonly header: "NONE" | "USE" | "IGNORE";
      readonly format: CsvFormat;
    }
  | { readonly kind: "json"; readonly gzip: boolean; readonly type: "DOCUMENT" | "LINES" }
  | { readonly kind: "parquet" };

export function inputFormat(input: InputSerialization): InputFormat {
  const { CSV: csv, JSON: json, Parquet: parquet } = input;
  const given = [csv, json, parquet].filter((format) => format !== undefined).length;
  if (given > 1) throw selectError("ObjectSerializationConflict");
  const gzip = isGzip(input.CompressionType);
  if (parquet !== undefined) {
    if (gzip) throw selectError("InvalidCompressionFormat", "Parquet is compressed inside, not as a whole");
    return { kind: "parquet" };
  }
  if (csv !== undefined) return { kind: "csv", gzip, header: headerInfo(csv), format: csvFormat(csv) };
  if (json === undefined) throw selectError("InvalidDataSource");
  const type = json.Type?.toUpperCase();
  if (type === undefined) throw selectError("MissingRequiredParameter", "JSON needs a Type");
  if (type !== "DOCUMENT" && type !== "LINES") throw selectError("InvalidJsonType");
  return { kind: "json", gzip, type };
}

function isGzip(type: string | undefined): boolean {
  switch ((type ?? "NONE").toUpperCase()) {
    case "NONE":
      return false;
    case "GZIP":
      return true;
    case "BZIP2":
      throw selectError("InvalidCompressionFormat", "Millrace reads NONE and GZIP; it does not read BZIP2");
    default:
      throw selectError("InvalidCompressionFormat", "NONE and GZIP are supported");
  }
}

function headerInfo(csv: CSVInput): "NONE" | "USE" | "IGNORE" {
  const info = csv.FileHeaderInfo?.toUpperCase() ?? "NONE";
  if (info !== "NONE" && info !== "USE" && info !== "IGNORE") throw selectError("InvalidFileHeaderInfo");
  return info;
}

function csvFormat(csv: CSVInput): CsvFormat {
  const quote = character("QuoteCharacter", csv.QuoteCharacter, '"', 0);
  return {
    recordDelimiter: delimiter("RecordDelimiter", csv.RecordDelimiter, "\n"),
    fieldDelimiter: delimiter("FieldDelimiter", csv.FieldDelimiter, ","),
    quote,
    quoteEscape: character("QuoteEscapeCharacter", csv.QuoteEscapeCharacter, quote, 0),
    comments: character("Comments", csv.Comments, "#", 0),
    quotedRecordDelimiters: csv.AllowQuotedRecordDelimiter ?? false,
  };
}

/** Writes the answer as it is asked for. */
export function outputWriter(output: OutputSerialization): RecordWriter {
  const { CSV: csv, JSON: json } = output;
  if (csv !== undefined && json !== undefined) throw selectError("ObjectSerializationConflict");
  if (csv !== undefined) return new CsvWriter(csvOutput(csv));
  if (json === undefined) throw selectError("MissingRequiredParameter", "OutputSerialization is empty");
  return new JsonWriter(json.RecordDelimiter ?? "\n");
}

function csvOutput(csv: CSVOutput): ConstructorParameters<typeof CsvWriter>[0] {
  const fields = csv.QuoteFields?.toUpperCase() ?? "ASNEEDED";
  if (fields !== "ALWAYS" && fields !== "ASNEEDED") throw selectError("InvalidQuoteFields");
  const quote = character("QuoteCharacter", csv.QuoteCharacter, '"', 0);
  return {
    always: fields === "ALWAYS",
    quote,
    quoteEscape: character("QuoteEscapeCharacter", csv.QuoteEscapeCharacter, quote, 0),
    fieldDelimiter: csv.FieldDelimiter ?? ",",
    recordDelimiter: csv.RecordDelimiter ?? "\n",
  };
}

/** AWS takes two characters, for Windows' line ends. */
function delimiter(name: string, value: string | undefined, otherwise: string): string {
  return character(name, value, otherwise, 1, 2);
}

function character(
  name: string,
  value: string | undefined,
  otherwise: string,
  fewest: number,
  most: number = 1,
): string {
  if (value === undefined) return otherwise;
  const length = Array.from(value).length;
  if (length < fewest || length > most)
    throw selectError("InvalidRequestParameter", `${name} is too short or too long`);
  return value;
}
