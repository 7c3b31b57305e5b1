/**
 * What CREATE CATALOG opens beyond the catalogs in memory: a data catalog of tables that outlives the program.
 * Reading is synchronous; what a program changes is told in `CatalogChange`s and done when the program starts.
 */
export interface CatalogPort {
  /**
   * A catalog of this type; `options` are those of WITH.
   * @throws SqlError for an option that is not known, or a catalog that may not be read
   */
  open(type: "glue", options: Readonly<Record<string, string>>): Promise<ExternalCatalog>;
}

export interface ExternalCatalog {
  databases(): readonly string[];
  hasDatabase(database: string): boolean;
  tables(database: string): readonly string[];
  /** Undefined when there is none. @throws SqlError for one that cannot be read, with the reason */
  table(database: string, name: string): ExternalTable | undefined;
}

/** A table as the catalog has it. Names and types are text, as the catalog says them. */
export interface ExternalTable {
  readonly columns: readonly ExternalColumn[];
  /** Hive-style partition columns: behind the others, and taken from the directories' names. */
  readonly partitionColumns: readonly ExternalColumn[];
  /**
   * Properties of the table and of its storage descriptor: those of a table that Flink made hold its connector,
   * options, watermark and key.
   */
  readonly parameters: Readonly<Record<string, string>>;
  readonly comment: string | undefined;
  /** `EXTERNAL_TABLE`, `VIRTUAL_VIEW` */
  readonly tableType: string | undefined;
  /** `s3://bucket/prefix/` */
  readonly location: string | undefined;
  readonly inputFormat: string | undefined;
  /** `org.openx.data.jsonserde.JsonSerDe` */
  readonly serializationLibrary: string | undefined;
  readonly serdeParameters: Readonly<Record<string, string>>;
}

export interface ExternalColumn {
  readonly name: string;
  /** `bigint`, `array<struct<a:int>>`, or Flink's own form. */
  readonly type: string;
  readonly comment: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
}

/** What a program did to an external catalog, in order. */
export type CatalogChange =
  | { readonly kind: "create-database"; readonly catalog: string; readonly database: string }
  | { readonly kind: "drop-database"; readonly catalog: string; readonly database: string }
  | {
      readonly kind: "create-table";
      readonly catalog: string;
      readonly database: string;
      readonly name: string;
      readonly table: ExternalTable;
    }
  | {
      readonly kind: "drop-table";
      readonly catalog: string;
      readonly database: string;
      readonly name: string;
    };
