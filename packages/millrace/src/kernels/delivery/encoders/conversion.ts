/** How JSON records become Parquet: what a delivery stream's configuration and its table of the catalog say. */
export interface ConversionSchema {
  readonly columns: readonly ConversionColumn[];
  readonly serde: OpenXSerde | HiveSerde;
  readonly parquet: ParquetSettings;
}

export interface ConversionColumn {
  readonly name: string;
  /** As the catalog writes it: `struct<a:int,b:array<string>>`. */
  readonly type: string;
}

export interface OpenXSerde {
  readonly kind: "openx";
  /** Keys are made lower-case before columns are looked for; true when undefined. */
  readonly caseInsensitive?: boolean;
  /** From the column's name to the key that it stands under. */
  readonly columnToJsonKeyMappings?: Readonly<Record<string, string>>;
  /** False when undefined. */
  readonly convertDotsInJsonKeysToUnderscores?: boolean;
}

export interface HiveSerde {
  readonly kind: "hive";
  /** Patterns of Joda-Time, or `millis`; `java.sql.Timestamp.valueOf` when undefined. */
  readonly timestampFormats?: readonly string[];
}

export interface ParquetSettings {
  /** Bytes of JSON that make a row group at most; there is a bound of ours below AWS's default of 256 MiB. */
  readonly blockSizeBytes?: number;
  /** 1 MiB when undefined. */
  readonly pageSizeBytes?: number;
  /** SNAPPY when undefined. */
  readonly compression?: "UNCOMPRESSED" | "GZIP" | "SNAPPY";
  /** False when undefined. */
  readonly enableDictionaryCompression?: boolean;
  /** V1 when undefined. */
  readonly writerVersion?: "V1" | "V2";
}
