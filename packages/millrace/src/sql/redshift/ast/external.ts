import type { Span } from "../../position.ts";
import type { Identifier, QualifiedName } from "./name.ts";
import type { Query } from "./query.ts";

export interface CreateExternalTable {
  readonly kind: "create-external-table";
  readonly name: QualifiedName;
  /** None with AS, and where the catalog finds them out. */
  readonly columns: readonly HiveColumn[];
  /** PARTITIONED BY; with AS they are names of the query's columns, without types. */
  readonly partitionedBy: readonly HiveColumn[];
  readonly rowFormat: RowFormat | undefined;
  readonly storedAs: StorageFormat | undefined;
  readonly location: string | undefined;
  readonly properties: readonly TableProperty[];
  readonly query: Query | undefined;
  readonly span: Span;
}

export interface HiveColumn {
  readonly name: Identifier;
  /** A type of Hive as written, without comments and spare blanks, in lower case; empty in CREATE EXTERNAL TABLE AS. */
  readonly type: string;
  readonly typeSpan: Span;
}

export type RowFormat =
  | {
      readonly kind: "delimited";
      /** The character itself: escapes such as `\t` and `\001` are resolved. */
      readonly fieldDelimiter: string | undefined;
      readonly lineDelimiter: string | undefined;
    }
  | { readonly kind: "serde"; readonly library: string; readonly properties: readonly TableProperty[] };

export type StorageFormat =
  | { readonly kind: "named"; readonly name: FileFormatName }
  | { readonly kind: "classes"; readonly inputFormat: string; readonly outputFormat: string };

export type FileFormatName = "parquet" | "rcfile" | "sequencefile" | "textfile" | "orc" | "avro";

export interface TableProperty {
  readonly name: string;
  readonly value: string;
}

/** `dt='2024-01-01'`; numbers as they were written. */
export interface PartitionValue {
  readonly column: Identifier;
  readonly value: string;
}
