/**
 * What a catalog knows of data: the vocabulary of Hive's metastore as AWS Glue spells it, so that a
 * definition goes through unchanged from a client's call to the engine that reads the files.
 */
export interface Column {
  readonly Name: string;
  readonly Type?: string | undefined;
  readonly Comment?: string | undefined;
  readonly Parameters?: Parameters | undefined;
}

export type Parameters = Readonly<Record<string, string>>;

export interface SerDeInfo {
  readonly Name?: string | undefined;
  readonly SerializationLibrary?: string | undefined;
  readonly Parameters?: Parameters | undefined;
}

export interface SortColumn {
  readonly Column: string;
  /** 1 ascending, 0 descending. */
  readonly SortOrder: number;
}

export interface SkewedInfo {
  readonly SkewedColumnNames?: readonly string[] | undefined;
  readonly SkewedColumnValues?: readonly string[] | undefined;
  readonly SkewedColumnValueLocationMaps?: Readonly<Record<string, string>> | undefined;
}

export interface SchemaReference {
  readonly SchemaId?:
    | {
        readonly SchemaArn?: string | undefined;
        readonly SchemaName?: string | undefined;
        readonly RegistryName?: string | undefined;
      }
    | undefined;
  readonly SchemaVersionId?: string | undefined;
  readonly SchemaVersionNumber?: number | undefined;
}

export interface StorageDescriptor {
  readonly Columns?: readonly Column[] | undefined;
  readonly Location?: string | undefined;
  readonly AdditionalLocations?: readonly string[] | undefined;
  readonly InputFormat?: string | undefined;
  readonly OutputFormat?: string | undefined;
  readonly Compressed?: boolean | undefined;
  readonly NumberOfBuckets?: number | undefined;
  readonly SerdeInfo?: SerDeInfo | undefined;
  readonly BucketColumns?: readonly string[] | undefined;
  readonly SortColumns?: readonly SortColumn[] | undefined;
  readonly Parameters?: Parameters | undefined;
  readonly SkewedInfo?: SkewedInfo | undefined;
  readonly StoredAsSubDirectories?: boolean | undefined;
  readonly SchemaReference?: SchemaReference | undefined;
}

/** The database that a resource link stands for. */
export interface TargetDatabase {
  readonly CatalogId?: string | undefined;
  readonly DatabaseName?: string | undefined;
  readonly Region?: string | undefined;
}

/** The table that a resource link stands for. */
export interface TargetTable extends TargetDatabase {
  readonly Name?: string | undefined;
}

export interface PrincipalPermissions {
  readonly Principal?: { readonly DataLakePrincipalIdentifier?: string | undefined } | undefined;
  readonly Permissions?: readonly string[] | undefined;
}

/** All of a database but its name. */
export interface DatabaseDefinition {
  readonly Description?: string | undefined;
  readonly LocationUri?: string | undefined;
  readonly Parameters?: Parameters | undefined;
  readonly CreateTableDefaultPermissions?: readonly PrincipalPermissions[] | undefined;
  readonly TargetDatabase?: TargetDatabase | undefined;
}

/** All of a table but its name. */
export interface TableDefinition {
  readonly Description?: string | undefined;
  readonly Owner?: string | undefined;
  readonly LastAccessTime?: Date | undefined;
  readonly LastAnalyzedTime?: Date | undefined;
  /** Days that nobody counts: Hive's property. */
  readonly Retention?: number | undefined;
  readonly StorageDescriptor?: StorageDescriptor | undefined;
  readonly PartitionKeys?: readonly Column[] | undefined;
  readonly ViewOriginalText?: string | undefined;
  readonly ViewExpandedText?: string | undefined;
  readonly TableType?: string | undefined;
  readonly Parameters?: Parameters | undefined;
  readonly TargetTable?: TargetTable | undefined;
}

/** All of a partition but its values. */
export interface PartitionDefinition {
  readonly LastAccessTime?: Date | undefined;
  readonly LastAnalyzedTime?: Date | undefined;
  readonly StorageDescriptor?: StorageDescriptor | undefined;
  readonly Parameters?: Parameters | undefined;
}
