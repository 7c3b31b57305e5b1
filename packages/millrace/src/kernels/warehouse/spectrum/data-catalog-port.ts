import type { ClusterKey } from "../warehouse-port.ts";

/** In whose name a statement reads and changes the data catalog, and which one. */
export interface CatalogAccess {
  readonly cluster: ClusterKey;
  /** Each role is assumed by the one before it, the first by the cluster. */
  readonly roleArns: readonly string[];
  readonly region: string;
  /** Of another account; the cluster's own otherwise. */
  readonly catalogId: string | undefined;
}

type Parameters = Readonly<Record<string, string>>;

export interface CatalogColumn {
  readonly Name: string;
  readonly Type?: string | undefined;
}

/** Where the files of a table or partition lie and how they are read, in the words of AWS Glue. */
export interface CatalogStorage {
  readonly Columns?: readonly CatalogColumn[] | undefined;
  readonly Location?: string | undefined;
  readonly InputFormat?: string | undefined;
  readonly OutputFormat?: string | undefined;
  readonly Compressed?: boolean | undefined;
  readonly NumberOfBuckets?: number | undefined;
  readonly SerdeInfo?:
    | {
        readonly SerializationLibrary?: string | undefined;
        readonly Parameters?: Parameters | undefined;
      }
    | undefined;
  readonly Parameters?: Parameters | undefined;
}

/** A definition as the catalog has it; what is changed is spread over it, so that nothing else of it is lost. */
export interface CatalogTableDefinition {
  readonly Owner?: string | undefined;
  readonly StorageDescriptor?: CatalogStorage | undefined;
  readonly PartitionKeys?: readonly CatalogColumn[] | undefined;
  readonly TableType?: string | undefined;
  readonly Parameters?: Parameters | undefined;
}

export interface CatalogTable {
  readonly name: string;
  readonly definition: CatalogTableDefinition;
}

export interface CatalogPartitionDefinition {
  readonly StorageDescriptor?: CatalogStorage | undefined;
  readonly Parameters?: Parameters | undefined;
}

export interface CatalogPartition {
  readonly values: readonly string[];
  readonly definition: CatalogPartitionDefinition;
}

/**
 * A data catalog as one statement sees it. Names are in lower case. Resource links are followed by everything but
 * what drops them. What changes something is durable when its promise resolves. @throws DataCatalogError
 */
export interface CatalogConnection {
  hasDatabase(database: string): boolean;
  createDatabase(database: string): Promise<void>;
  dropDatabase(database: string): Promise<void>;
  /** In the order of their names. */
  tables(database: string): AsyncIterable<CatalogTable>;
  table(database: string, table: string): CatalogTable | undefined;
  createTable(database: string, table: CatalogTable): Promise<void>;
  updateTable(database: string, table: CatalogTable): Promise<void>;
  dropTable(database: string, table: string): Promise<void>;
  /** @param expression of Glue's GetPartitions; "" for all */
  partitions(database: string, table: string, expression: string): AsyncIterable<CatalogPartition>;
  /** Answers how many were there already; these stay as they are. */
  createPartitions(database: string, table: string, partitions: readonly CatalogPartition[]): Promise<number>;
  updatePartition(database: string, table: string, partition: CatalogPartition): Promise<void>;
  dropPartition(database: string, table: string, values: readonly string[]): Promise<void>;
}

export interface DataCatalog {
  /** @throws DataCatalogError when a role may not be assumed */
  connect(access: CatalogAccess): Promise<CatalogConnection>;
}

/** `code` is Glue's: `EntityNotFoundException`, `AlreadyExistsException`, `AccessDeniedException`, ... */
export class DataCatalogError extends Error {
  override readonly name = "DataCatalogError";
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
