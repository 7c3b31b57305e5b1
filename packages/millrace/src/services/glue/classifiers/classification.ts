import type { HiveType } from "../../../formats/schema/hive-type.ts";

/**
 * What a classifier says about one object. A crawl asks for each object that it samples, groups the answers
 * into tables, and keeps `why` in its history.
 */
export type Classification = Recognised | NotReadable | Unreadable | Unknown;

/** An object to look into. Reads are random access, so that the footer of a Parquet file costs two reads. */
export interface SampledObject {
  readonly key: string;
  readonly sizeBytes: number;
  /** The bytes from `start` up to, not including, `end`; fewer where the object ends before. */
  read(start: number, end: number): Promise<Buffer>;
}

/** A column of a table; the type is Hive's text, such as `struct<a:int,b:array<string>>`. */
export interface Column {
  readonly name: string;
  readonly type: string;
  /**
   * The type before it was made one of the catalog's: `void` stands where nothing but missing values was seen,
   * which `type` calls a string. `mergeSchemas` goes by it, so that a column without values in one object takes
   * its type from the others. Plain data, absent where it says no more than `type`.
   */
  readonly inferred?: HiveType;
}

/** What wraps the whole object. Compression inside a Parquet, Avro or ORC file is `none` here. */
export type Compression = "none" | "gzip" | "bzip2" | "zip" | "snappy" | "zstd" | "lz4" | "xz" | "lzo";

/** Hive's serializer: becomes `StorageDescriptor.SerdeInfo`; the library is empty for XML, as Glue leaves it. */
export interface SerdeDescription {
  readonly library: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** What was seen in the sample; a crawl sums these up to `recordCount` and `averageRecordSize`. */
export interface Estimates {
  /** Records that were looked at. */
  readonly sampledRecords: number;
  /** Mean size of a record before compression; 0 if there is none. */
  readonly averageRecordBytes: number;
  /** Records in the whole object: exact where the file says it, otherwise computed from the sizes. */
  readonly totalRecords: number;
}

/** The format and the schema are known. */
export interface Recognised {
  readonly kind: "recognised";
  /** Name of the custom classifier, or of the built-in one, which is that of its classification. */
  readonly classifier: string;
  readonly custom: boolean;
  /** `csv`, `json`, `parquet`, `avro`, `xml`, `combinedapache`, ..., or the word of a custom classifier. */
  readonly classification: string;
  /** From above 0 to 1. */
  readonly certainty: number;
  readonly columns: readonly Column[];
  readonly compression: Compression;
  /** Table and partition parameters: classification, compressionType, typeOfData, delimiter and so on. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly serde: SerdeDescription;
  readonly inputFormat: string;
  readonly outputFormat: string;
  readonly estimates: Estimates;
  /** What was decided and why, in order, in sentences. */
  readonly why: readonly string[];
}

/** The format is known, but Millrace does not read it yet. */
export interface NotReadable {
  readonly kind: "notReadable";
  /** `orc`, `ion`, `bson`, or a compression such as `bzip2`. */
  readonly format: string;
  readonly compression: Compression;
  readonly reason: string;
  readonly why: readonly string[];
}

/** The object holds no data that could be described, or could not be read at all. */
export interface Unreadable {
  readonly kind: "unreadable";
  readonly problem: "empty" | "corrupt" | "readFailed";
  readonly compression: Compression;
  readonly reason: string;
  readonly why: readonly string[];
}

/** No classifier had a certainty above 0. */
export interface Unknown {
  readonly kind: "unknown";
  readonly compression: Compression;
  readonly reason: string;
  readonly why: readonly string[];
}
