import type { FormatOptions } from "../format-options.ts";

/** `parquet.*` of a table, as Flink and parquet-mr name them. */
export interface ParquetOptions {
  readonly compression: "UNCOMPRESSED" | "SNAPPY" | "GZIP";
  /** TIMESTAMP as INT96, as Flink writes it unless told otherwise, or as INT64 of this unit. */
  readonly timestamps: "INT96" | "millis" | "micros";
}

/** @throws SqlError that names the option */
export function parquetOptions(options: FormatOptions): ParquetOptions {
  const compression = options.oneOf("compression", ["UNCOMPRESSED", "SNAPPY", "GZIP"], "SNAPPY");
  const isInt64 = options.boolean("write.int64.timestamp", false);
  const unit = options.oneOf("timestamp.time.unit", ["millis", "micros"], "micros");
  if (!options.boolean("utc-timezone", true)) {
    options.fail("utc-timezone", "is true: times are not shifted by a zone of the machine");
  }
  options.end();
  return { compression, timestamps: isInt64 ? unit : "INT96" };
}
