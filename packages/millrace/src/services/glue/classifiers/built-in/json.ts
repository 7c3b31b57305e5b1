import { type JsonDocuments, scanJsonDocuments } from "../../../../formats/json-shape/json-documents.ts";
import { seen } from "../../../../formats/json-shape/shape.ts";
import type { StructField } from "../../../../formats/schema/hive-type.ts";
import { widenFields } from "../../../../formats/schema/widen-type.ts";
import type { Sample } from "../../../../formats/sniff/sample.ts";
import { columnsOf } from "../columns.ts";
import { estimateFrom, parametersOf, serde, serdeLibraries, textClasses } from "../found.ts";
import { type Classifier, corrupt, empty, type Found, no, sampleBytes, type Verdict } from "../verdict.ts";

/** A record may be longer than the first MB; Glue reads on in steps of one up to ten. */
const maxJsonBytes = 10 * sampleBytes;

export const jsonClassifier: Classifier = { name: "json", custom: false, judge };

async function judge(sample: Sample): Promise<Verdict> {
  const content = await sample.take(sampleBytes);
  const start = /^(?:\u00ef\u00bb\u00bf)?\s*[[{]/.exec(content.toString("latin1", 0, 1024));
  if (start === null) return no('json: it does not begin with "{" or "["');
  const documents = await scanGrowing(sample, (bytes) => scanJsonDocuments(bytes));
  const refusal = refuse(sample, documents);
  if (refusal !== undefined) return refusal;
  const fields = rowFields(documents);
  if (fields.length === 0) return empty(sample, "The JSON holds no records with members.");
  return { kind: "match", found: describe(sample, documents, fields) };
}

/** Scans the first MB, and more of it while no record has been read to its end. */
export async function scanGrowing(
  sample: Sample,
  scan: (bytes: Buffer) => JsonDocuments,
): Promise<JsonDocuments> {
  let bytes = sampleBytes;
  let documents = scan(await sample.take(bytes));
  while (
    documents.end === "truncated" &&
    documents.records === 0 &&
    !sample.complete &&
    bytes < maxJsonBytes
  ) {
    bytes += sampleBytes;
    documents = scan(await sample.take(bytes));
  }
  return documents;
}

function refuse(sample: Sample, documents: JsonDocuments): Verdict | undefined {
  const { shape, records, end, at, startsWithArray } = documents;
  const objects = shape.isOnly(seen.object) || shape.element().isOnly(seen.object);
  if (end === "invalid") {
    // Logs often begin with something in brackets, which then is the start of no JSON.
    if (objects) return corrupt(sample, `It is JSON up to byte ${at}, and then it is not.`);
    return no(`json: it is not JSON at byte ${at}`);
  }
  if (end === "truncated" && sample.complete && (records === 0 || startsWithArray)) {
    if (shape.kinds === 0 && records === 0 && !startsWithArray)
      return no("json: it ends before a first value");
    return corrupt(sample, "The JSON ends within its first document: it was cut off.");
  }
  return undefined;
}

/** Objects at the top, and objects in arrays at the top, are rows; of other arrays the row is the array. */
function rowFields(documents: JsonDocuments): readonly StructField[] {
  const { shape } = documents;
  const fields = shape.fields();
  if ((shape.kinds & seen.array) === 0) return fields;
  const element = shape.element();
  if (element.isOnly(seen.object)) return widenFields(fields, element.fields());
  if (element.kinds === 0) return fields;
  return [...fields, { name: "array", type: { kind: "array", element: element.type() } }];
}

function describe(sample: Sample, documents: JsonDocuments, fields: readonly StructField[]): Found {
  const { records, at, startsWithArray, shape, end } = documents;
  const stripped = startsWithArray && shape.element().isOnly(seen.object);
  const paths = { paths: fields.map((field) => field.name).join(",") };
  const why = [`json: ${records} records in the first ${at} bytes`];
  if (stripped) why.push("the object is an array, and its elements are the rows");
  if (end === "truncated" && sample.complete) why.push("the last record is cut off");
  if (records === 0)
    why.push(`no record ends within the first ${at} bytes; the columns are those seen by then`);
  return {
    classification: "json",
    certainty: 1,
    columns: columnsOf(fields),
    parameters: parametersOf(sample, "json"),
    serde: serde(serdeLibraries.openxJson, stripped ? { ...paths, "strip.outer.array": "true" } : paths),
    ...textClasses,
    estimates: estimateFrom(sample, Math.max(records, 1), at, sample.complete),
    why,
  };
}
