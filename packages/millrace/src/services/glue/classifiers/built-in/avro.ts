import { avroMagic, readAvroHeader } from "../../../../formats/avro/avro-header.ts";
import { avroColumns } from "../../../../formats/avro/avro-types.ts";
import type { Sample } from "../../../../formats/sniff/sample.ts";
import { columnsOf } from "../columns.ts";
import { avroClasses, parametersOf, serde, serdeLibraries } from "../found.ts";
import { type Classifier, corrupt, no, sampleBytes, type Verdict } from "../verdict.ts";

/** A header holds the schema, which seldom is longer than some KiB. */
const maxHeaderBytes = 16 * 1024 * 1024;

export const avroClassifier: Classifier = { name: "avro", custom: false, judge };

async function judge(sample: Sample): Promise<Verdict> {
  let bytes = sampleBytes / 16;
  let content = await sample.take(bytes);
  if (!content.subarray(0, avroMagic.length).equals(avroMagic))
    return no("avro: it does not begin with Obj1");
  let header = readAvroHeader(content);
  while (header === "truncated" && !sample.complete && bytes < maxHeaderBytes) {
    bytes *= 4;
    content = await sample.take(bytes);
    header = readAvroHeader(content);
  }
  if (header === "truncated") return corrupt(sample, "The Avro header goes on after the end of the object.");
  if ("problem" in header) return corrupt(sample, `The Avro header is damaged: ${header.problem}.`);
  const fields = avroColumns(header.schema);
  if (typeof fields === "string") return corrupt(sample, `The Avro schema cannot be used: ${fields}.`);
  const { blockRecords, blockBytes, codec } = header;
  const averageRecordBytes = blockRecords === 0 ? 0 : Math.max(1, Math.round(blockBytes / blockRecords));
  const data = Math.max(0, (sample.complete ? sample.length : sample.source.sizeBytes) - header.headerBytes);
  const totalRecords = averageRecordBytes === 0 ? 0 : Math.round(data / averageRecordBytes);
  const literal = { "avro.schema.literal": header.schema };
  return {
    kind: "match",
    found: {
      classification: "avro",
      certainty: 1,
      columns: columnsOf(fields),
      parameters: { ...parametersOf(sample, "avro"), ...literal },
      serde: serde(serdeLibraries.avro, { "serialization.format": "1", ...literal }),
      ...avroClasses,
      estimates: { sampledRecords: blockRecords, averageRecordBytes, totalRecords },
      why: [`avro: the schema in the header has ${fields.length} fields; blocks are compressed by ${codec}`],
    },
  };
}
