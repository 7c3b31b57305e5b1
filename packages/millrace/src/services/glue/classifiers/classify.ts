import { fileFormatOf } from "../../../formats/sniff/compression.ts";
import { Sample } from "../../../formats/sniff/sample.ts";
import { isText } from "../../../formats/sniff/text.ts";
import { UndecodableError } from "../../../formats/sniff/undecodable.ts";
import { avroClassifier } from "./built-in/avro.ts";
import { csvClassifier } from "./built-in/csv.ts";
import { jsonClassifier } from "./built-in/json.ts";
import { logClassifiers } from "./built-in/logs.ts";
import { parquetClassifier } from "./built-in/parquet.ts";
import { bsonClassifier, ionClassifier, orcClassifier } from "./built-in/recognised-formats.ts";
import { xmlClassifier } from "./built-in/xml.ts";
import type { Classification, Compression, Recognised, SampledObject } from "./classification.ts";
import { customCsvClassifier } from "./custom/csv.ts";
import { grokClassifier } from "./custom/grok.ts";
import { customJsonClassifier } from "./custom/json.ts";
import { customXmlClassifier } from "./custom/xml.ts";
import type { CustomClassifier } from "./custom-classifier.ts";
import type { Classifier, Found } from "./verdict.ts";

/** Bytes of content by which text is told from binary data. */
const probedBytes = 8_192;

/**
 * The classifiers of one crawl: custom ones in the order of the crawler, then Glue's built-in ones in Glue's
 * order. The first that is certain decides; without one, the one of the highest certainty. Patterns and paths
 * are compiled once, so make one set a crawl.
 */
export class ClassifierSet {
  readonly #classifiers: readonly Classifier[];
  readonly #broken: readonly string[];

  /** A custom classifier that does not compile is left out, and each answer's `why` says so. */
  constructor(custom: readonly CustomClassifier[]) {
    const ready: Classifier[] = [];
    const broken: string[] = [];
    for (const definition of custom) {
      const classifier = prepare(definition);
      if (typeof classifier === "string") broken.push(`${definition.name} is left out: ${classifier}`);
      else ready.push(classifier);
    }
    this.#broken = broken;
    this.#classifiers = [
      ...ready,
      avroClassifier,
      orcClassifier,
      parquetClassifier,
      jsonClassifier,
      bsonClassifier,
      xmlClassifier,
      ionClassifier,
      ...logClassifiers(),
      csvClassifier,
    ];
  }

  /** Never throws: what goes wrong is in the answer. */
  async classify(object: SampledObject): Promise<Classification> {
    if (object.sizeBytes === 0) return unreadable("empty", "The object is empty.", "none");
    let sample: Sample | undefined;
    try {
      sample = await Sample.open(object);
      return await this.#judge(sample);
    } catch (error) {
      return failure(error, sample);
    } finally {
      await sample?.close();
    }
  }

  async #judge(sample: Sample): Promise<Classification> {
    const { compression } = sample;
    const content = await sample.take(probedBytes);
    if (content.length === 0) return unreadable("empty", "The object holds no data.", compression);
    if (sample.complete && isBlank(content)) {
      return unreadable("empty", "The object holds nothing but white space.", compression);
    }
    const why: string[] = [...this.#broken];
    if (compression !== "none") why.push(`the object is compressed by ${compression}`);
    // That a built-in classifier says no is news only where none says yes.
    const refusals: string[] = [];
    let best: Recognised | undefined;
    for (const classifier of this.#classifiers) {
      const verdict = await classifier.judge(sample);
      if (verdict.kind === "final") {
        // What a custom classifier has recognised goes before what a built-in one finds damaged.
        if (best !== undefined) break;
        return { ...verdict.answer, why: [...why, ...verdict.answer.why] };
      }
      if (verdict.kind === "no") {
        if (classifier.custom) why.push(`${classifier.name}: ${verdict.why}`);
        else refusals.push(verdict.why);
        continue;
      }
      const { found } = verdict;
      if (best === undefined || found.certainty > best.certainty) {
        best = recognised(classifier, found, compression, why);
      }
      if (found.certainty === 1) return best;
      why.push(...found.why);
    }
    return (
      best ?? { kind: "unknown", compression, reason: unknownReason(content), why: [...why, ...refusals] }
    );
  }
}

function prepare(definition: CustomClassifier): Classifier | string {
  switch (definition.kind) {
    case "grok":
      return grokClassifier(definition);
    case "xml":
      return customXmlClassifier(definition);
    case "json":
      return customJsonClassifier(definition);
    case "csv":
      return customCsvClassifier(definition);
  }
}

function recognised(
  classifier: Classifier,
  found: Found,
  compression: Compression,
  before: readonly string[],
): Recognised {
  const { name, custom } = classifier;
  return {
    kind: "recognised",
    classifier: name,
    custom,
    compression,
    ...found,
    why: [...before, ...found.why],
  };
}

function unknownReason(content: Buffer): string {
  const format = fileFormatOf(content);
  if (format !== undefined) return `No classifier recognises it; it looks like ${format}.`;
  if (!isText(content)) return "No classifier recognises it; it is binary data.";
  return "No classifier recognises it.";
}

function isBlank(content: Buffer): boolean {
  return content.length < probedBytes && content.toString("utf8").trim() === "";
}

function unreadable(
  problem: "empty" | "corrupt" | "readFailed",
  reason: string,
  compression: Compression,
): Classification {
  return { kind: "unreadable", problem, compression, reason, why: [reason] };
}

function failure(error: unknown, sample: Sample | undefined): Classification {
  const compression = sample?.compression ?? "none";
  if (error instanceof UndecodableError) {
    const reason = error.message;
    if (error.problem === "corrupt") return unreadable("corrupt", reason, compression);
    return { kind: "notReadable", format: compression, compression, reason, why: [reason] };
  }
  const detail = error instanceof Error ? error.message : String(error);
  return unreadable("readFailed", `The object could not be read: ${detail}`, compression);
}
