import type { Sample } from "../../../formats/sniff/sample.ts";
import type { Estimates, SerdeDescription } from "./classification.ts";

const hive = "org.apache.hadoop.hive";

/** Hadoop's classes that read and write a format. */
export interface FormatClasses {
  readonly inputFormat: string;
  readonly outputFormat: string;
}

export const textClasses: FormatClasses = Object.freeze({
  inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
  outputFormat: `${hive}.ql.io.HiveIgnoreKeyTextOutputFormat`,
});

export const parquetClasses: FormatClasses = Object.freeze({
  inputFormat: `${hive}.ql.io.parquet.MapredParquetInputFormat`,
  outputFormat: `${hive}.ql.io.parquet.MapredParquetOutputFormat`,
});

export const avroClasses: FormatClasses = Object.freeze({
  inputFormat: `${hive}.ql.io.avro.AvroContainerInputFormat`,
  outputFormat: `${hive}.ql.io.avro.AvroContainerOutputFormat`,
});

/** Glue names no classes for XML: its own jobs read it, by the classification and the row tag. */
export const noClasses: FormatClasses = Object.freeze({ inputFormat: "", outputFormat: "" });

export const serdeLibraries = {
  lazySimple: "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
  openCsv: "org.apache.hadoop.hive.serde2.OpenCSVSerde",
  openxJson: "org.openx.data.jsonserde.JsonSerDe",
  parquet: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
  avro: "org.apache.hadoop.hive.serde2.avro.AvroSerDe",
  grok: "com.amazonaws.glue.serde.GrokSerDe",
} as const;

export function serde(library: string, parameters: Readonly<Record<string, string>>): SerdeDescription {
  return { library, parameters };
}

/** Parameters that every table of a crawler has. */
export function parametersOf(sample: Sample, classification: string): Record<string, string> {
  return { classification, compressionType: sample.compression, typeOfData: "file" };
}

/** Estimates from records that take `bytes` of the content; `all` if there are no more than these. */
export function estimateFrom(sample: Sample, records: number, bytes: number, all: boolean): Estimates {
  const averageRecordBytes = records === 0 ? 0 : Math.max(1, Math.round(bytes / records));
  if (all || averageRecordBytes === 0)
    return { sampledRecords: records, averageRecordBytes, totalRecords: records };
  // How much a compressed object holds is known only at its end; its stored size is a lower bound.
  const content = sample.complete ? sample.length : sample.source.sizeBytes;
  const totalRecords = Math.max(records, Math.round(content / averageRecordBytes));
  return { sampledRecords: records, averageRecordBytes, totalRecords };
}
