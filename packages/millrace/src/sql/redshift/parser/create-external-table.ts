import type {
  CreateExternalTable,
  HiveColumn,
  RowFormat,
  StorageFormat,
  TableProperty,
} from "../ast/external.ts";
import { parseHiveColumns } from "./hive-type.ts";
import { parseQuery } from "./query.ts";
import { expectAny } from "./shared-clauses.ts";
import type { TokenStream } from "./token-stream.ts";

interface ClausesDraft {
  partitionedBy: readonly HiveColumn[] | undefined;
  rowFormat: RowFormat | undefined;
  storedAs: StorageFormat | undefined;
  location: string | undefined;
  properties: readonly TableProperty[] | undefined;
}

/** CREATE EXTERNAL TABLE, with columns or AS a query. CREATE EXTERNAL TABLE has been read. */
export function parseCreateExternalTable(stream: TokenStream, start: number): CreateExternalTable {
  const name = stream.qualifiedName();
  const columns = stream.at("(") ? parseHiveColumns(stream) : [];
  const clauses: ClausesDraft = {
    partitionedBy: undefined,
    rowFormat: undefined,
    storedAs: undefined,
    location: undefined,
    properties: undefined,
  };
  while (parseClause(stream, clauses, columns.length === 0)) {
    // The next one.
  }
  // Columns are defined, or come from a query; without both the catalog has nothing to keep.
  if (columns.length === 0) {
    stream.expect("as");
  }
  const query = columns.length === 0 ? parseQuery(stream) : undefined;
  return {
    kind: "create-external-table",
    name,
    columns,
    ...clauses,
    partitionedBy: clauses.partitionedBy ?? [],
    properties: clauses.properties ?? [],
    query,
    span: stream.spanFrom(start),
  };
}

/** One clause, each at most once. @returns false where none follows */
function parseClause(stream: TokenStream, clauses: ClausesDraft, asQuery: boolean): boolean {
  if (clauses.partitionedBy === undefined && stream.accept("partitioned", "by")) {
    clauses.partitionedBy = asQuery ? partitionNames(stream) : parseHiveColumns(stream);
  } else if (clauses.rowFormat === undefined && stream.accept("row", "format")) {
    clauses.rowFormat = parseRowFormat(stream);
  } else if (clauses.storedAs === undefined && stream.accept("stored", "as")) {
    clauses.storedAs = parseStorageFormat(stream);
  } else if (clauses.location === undefined && stream.accept("location")) {
    clauses.location = stream.string();
  } else if (clauses.properties === undefined && stream.accept("table", "properties")) {
    clauses.properties = parseProperties(stream);
  } else {
    return false;
  }
  return true;
}

function partitionNames(stream: TokenStream): readonly HiveColumn[] {
  return stream.columnList().map((name) => ({ name, type: "", typeSpan: name.span }));
}

function parseRowFormat(stream: TokenStream): RowFormat {
  if (stream.accept("serde")) {
    const library = stream.string();
    const properties = stream.accept("with", "serdeproperties") ? parseProperties(stream) : [];
    return { kind: "serde", library, properties };
  }
  stream.expect("delimited");
  let fieldDelimiter: string | undefined;
  let lineDelimiter: string | undefined;
  for (;;) {
    if (fieldDelimiter === undefined && stream.accept("fields", "terminated", "by")) {
      fieldDelimiter = stream.string();
    } else if (lineDelimiter === undefined && stream.accept("lines", "terminated", "by")) {
      lineDelimiter = stream.string();
    } else {
      return { kind: "delimited", fieldDelimiter, lineDelimiter };
    }
  }
}

/** Behind STORED AS and SET FILE FORMAT. */
export function parseStorageFormat(stream: TokenStream): StorageFormat {
  if (stream.accept("inputformat")) {
    const inputFormat = stream.string();
    stream.expect("outputformat");
    return { kind: "classes", inputFormat, outputFormat: stream.string() };
  }
  const name = expectAny(stream, "parquet", "rcfile", "sequencefile", "textfile", "orc", "avro");
  return { kind: "named", name };
}

/** `('name'='value', ...)` */
export function parseProperties(stream: TokenStream): readonly TableProperty[] {
  stream.expect("(");
  const properties = stream.list(() => {
    const name = stream.string();
    stream.expect("=");
    return { name, value: stream.string() };
  });
  stream.expect(")");
  return properties;
}
