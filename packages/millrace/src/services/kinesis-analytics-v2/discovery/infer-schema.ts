import type { SourceSchema } from "@aws-sdk/client-kinesis-analytics-v2";
import { type CsvShape, csvShape } from "./csv-shape.ts";
import { JsonColumns } from "./json-columns.ts";

export interface FoundSchema {
  readonly schema: SourceSchema;
  /** Values of the columns, as texts. */
  readonly rows: readonly (readonly string[])[];
}

/** What records look like; a sentence that says why nothing was found otherwise. */
export function inferSchema(texts: readonly string[]): FoundSchema | string {
  const documents = jsonDocuments(texts);
  if (documents !== undefined) return jsonSchema(documents);
  const shape = csvShape(texts);
  return typeof shape === "string" ? shape : csvSchema(shape);
}

/** All objects that the records hold, one after the other or in lines or in arrays; undefined where one is not JSON. */
function jsonDocuments(texts: readonly string[]): readonly Readonly<Record<string, unknown>>[] | undefined {
  const documents: Readonly<Record<string, unknown>>[] = [];
  for (const text of texts) {
    const pieces = text.split("\n").filter((line) => line.trim() !== "");
    const values = parsedAll([text]) ?? parsedAll(pieces);
    if (values === undefined) return undefined;
    for (const value of values.flat()) {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
      documents.push(value as Readonly<Record<string, unknown>>);
    }
  }
  return documents.length === 0 ? undefined : documents;
}

function parsedAll(texts: readonly string[]): unknown[] | undefined {
  try {
    return texts.map((text) => JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

function jsonSchema(documents: readonly Readonly<Record<string, unknown>>[]): FoundSchema | string {
  const columns = new JsonColumns();
  for (const document of documents) columns.add(document);
  if (columns.names.length === 0) return "The records have no fields from which columns could be made.";
  return {
    schema: {
      RecordFormat: {
        RecordFormatType: "JSON",
        MappingParameters: { JSONMappingParameters: { RecordRowPath: "$" } },
      },
      RecordEncoding: "UTF-8",
      RecordColumns: columns.described(),
    },
    rows: documents.map((document) => columns.row(document)),
  };
}

function csvSchema({ delimiter, columns, rows }: CsvShape): FoundSchema {
  return {
    schema: {
      RecordFormat: {
        RecordFormatType: "CSV",
        MappingParameters: {
          CSVMappingParameters: { RecordRowDelimiter: "\n", RecordColumnDelimiter: delimiter },
        },
      },
      RecordEncoding: "UTF-8",
      RecordColumns: columns.map(({ name, sqlType }) => ({ Name: name, SqlType: sqlType })),
    },
    rows,
  };
}
