import { scanJsonDocuments } from "../../../../formats/json-shape/json-documents.ts";
import { parseJsonPath } from "../../../../formats/json-shape/json-path.ts";
import { type Shape, seen } from "../../../../formats/json-shape/shape.ts";
import type { StructField } from "../../../../formats/schema/hive-type.ts";
import type { Sample } from "../../../../formats/sniff/sample.ts";
import { scanGrowing } from "../built-in/json.ts";
import { columnsOf } from "../columns.ts";
import type { JsonClassifier } from "../custom-classifier.ts";
import { estimateFrom, parametersOf, serde, serdeLibraries, textClasses } from "../found.ts";
import { type Classifier, no, type Verdict } from "../verdict.ts";

/** A classifier of JSON whose rows are what a path selects. */
export function customJsonClassifier(definition: JsonClassifier): Classifier | string {
  const { name, jsonPath } = definition;
  const path = parseJsonPath(jsonPath);
  if (path === undefined) return `"${jsonPath}" is not a JSON path that Glue supports`;
  const judge = async (sample: Sample): Promise<Verdict> => {
    const documents = await scanGrowing(sample, (bytes) => scanJsonDocuments(bytes, path));
    const { shape, records, end, at } = documents;
    if (end === "invalid") return no(`it is not JSON at byte ${at}`);
    if (records === 0) return no(`${jsonPath} selects nothing`);
    const fields = selectedFields(shape);
    if (fields.length === 0) return no(`${jsonPath} selects objects without members`);
    return {
      kind: "match",
      found: {
        classification: "json",
        certainty: 1,
        columns: columnsOf(fields),
        parameters: { ...parametersOf(sample, "json"), jsonPath },
        serde: serde(serdeLibraries.openxJson, { paths: fields.map((field) => field.name).join(",") }),
        ...textClasses,
        estimates: estimateFrom(sample, records, at, sample.complete),
        why: [`json: ${jsonPath} selects ${records} records in the first ${at} bytes`],
      },
    };
  };
  return { name, custom: true, judge };
}

/** Members of selected objects; anything else is one column `record` (Glue's name for it). */
function selectedFields(shape: Shape): readonly StructField[] {
  return shape.isOnly(seen.object) ? shape.fields() : [{ name: "record", type: shape.type() }];
}
