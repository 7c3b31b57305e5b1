import {
  parquetMetadataLength,
  parquetTrailerBytes,
  readParquetFooter,
} from "../../../../formats/parquet-footer/parquet-footer.ts";
import { fileFormatOf } from "../../../../formats/sniff/compression.ts";
import type { Sample } from "../../../../formats/sniff/sample.ts";
import { columnsOf } from "../columns.ts";
import { parametersOf, parquetClasses, serde, serdeLibraries } from "../found.ts";
import { type Classifier, corrupt, no, notReadable, type Verdict } from "../verdict.ts";

/** Read from the end at once; it holds the metadata of most files whole. */
const tailBytes = 64 * 1024;

export const parquetClassifier: Classifier = { name: "parquet", custom: false, judge };

async function judge(sample: Sample): Promise<Verdict> {
  if (sample.compression !== "none" || fileFormatOf(sample.head) !== "parquet") {
    return no("parquet: it does not begin with PAR1");
  }
  if (sample.head.toString("latin1", 0, 4) === "PARE") {
    return notReadable(sample, "parquet", "The Parquet footer is encrypted.");
  }
  const { sizeBytes } = sample.source;
  const tail = await readTail(sample, Math.min(sizeBytes, tailBytes));
  const trailer = tail.subarray(Math.max(0, tail.length - parquetTrailerBytes));
  const length = parquetMetadataLength(trailer, sizeBytes);
  if (typeof length === "string") return corrupt(sample, `The Parquet file cannot be read: ${length}.`);
  const wanted = length + parquetTrailerBytes;
  const end = wanted <= tail.length ? tail : await readTail(sample, wanted);
  const metadata = end.subarray(end.length - wanted, end.length - parquetTrailerBytes);
  const footer = readParquetFooter(metadata);
  if (typeof footer === "string") return corrupt(sample, `The Parquet footer is damaged: ${footer}.`);
  const { records, rowGroups, uncompressedBytes, createdBy, columns } = footer;
  const by = createdBy === undefined ? "" : `, written by ${createdBy.slice(0, 100)}`;
  return {
    kind: "match",
    found: {
      classification: "parquet",
      certainty: 1,
      columns: columnsOf(columns),
      parameters: parametersOf(sample, "parquet"),
      serde: serde(serdeLibraries.parquet, { "serialization.format": "1" }),
      ...parquetClasses,
      estimates: {
        sampledRecords: records,
        averageRecordBytes: records === 0 ? 0 : Math.max(1, Math.round(uncompressedBytes / records)),
        totalRecords: records,
      },
      why: [
        `parquet: the footer has ${columns.length} columns and ${records} records in ${rowGroups} row groups${by}`,
      ],
    },
  };
}

async function readTail(sample: Sample, bytes: number): Promise<Buffer> {
  const { sizeBytes } = sample.source;
  if (sample.head.length >= sizeBytes) return sample.head.subarray(Math.max(0, sizeBytes - bytes), sizeBytes);
  return sample.source.read(Math.max(0, sizeBytes - bytes), sizeBytes);
}
