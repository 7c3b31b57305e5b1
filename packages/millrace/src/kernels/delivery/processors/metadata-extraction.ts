import type { Clock } from "../../../core/clock.ts";
import type { Processed, Processor } from "../processor.ts";
import type { DeliveryRecord, FailedRecord } from "../record.ts";
import { printNumber } from "./jq/jq-number.ts";
import { JqProgram, type JqResult } from "./jq/jq-program.ts";
import { PathProgram, undecided } from "./jq/path-program.ts";

/** Code, type and the first two texts as Firehose writes them (found in error output that people published). */
const errorCode = "DynamicPartitioning.MetadataExtractionFailed";
const outputType = "metadata-extraction-failed";
const notJson = "Non JSON record provided";
const emptyKey = "partitionKeys values must not be null or empty";
const notObject = "The query must make one object of partition keys of a record";
const notScalar = "partitionKeys values must be strings, numbers or booleans";

/** Partition keys or the text of an error. */
type Extracted = Readonly<Record<string, string>> | string;

/** Takes partition keys out of JSON records with a jq program. */
export class MetadataExtraction implements Processor {
  readonly isDeterministic: boolean;
  readonly #clock: Clock;
  readonly #jq: JqProgram;
  readonly #paths: PathProgram | undefined;

  constructor(query: string, clock: Clock) {
    this.#clock = clock;
    this.#jq = new JqProgram(query, clock);
    this.#paths = PathProgram.parse(query);
    this.isDeterministic = !/(?<![.\w$"])now\b/.test(query);
  }

  /** @throws JqCompileError */
  check(): Promise<void> {
    return this.#jq.check();
  }

  async process(records: readonly DeliveryRecord[]): Promise<Processed> {
    const documents = records.map((record) => parse(record.data));
    const extracted = documents.map((document) => this.#extractByPath(document));
    await this.#extractByJq(documents, extracted);
    const taken: DeliveryRecord[] = [];
    const failed: FailedRecord[] = [];
    for (const [index, record] of records.entries()) {
      const keys = extracted[index] ?? notObject;
      if (typeof keys === "string") failed.push(this.#failure(record, keys));
      else taken.push({ ...record, partitionKeys: { ...record.partitionKeys, query: keys } });
    }
    return { records: taken, failed };
  }

  async close(): Promise<void> {
    await this.#jq.close();
  }

  /** Undefined where jq is needed. */
  #extractByPath(document: unknown): Extracted | undefined {
    if (document === undefined) return notJson;
    const keys = this.#paths?.run(document);
    return keys === undefined || keys === undecided ? undefined : keysOf(keys);
  }

  async #extractByJq(documents: readonly unknown[], extracted: (Extracted | undefined)[]): Promise<void> {
    const places: number[] = [];
    const texts: string[] = [];
    for (const [index, document] of documents.entries()) {
      if (extracted[index] !== undefined) continue;
      const text = print(document);
      if (text === undefined) {
        extracted[index] = notJson;
        continue;
      }
      places.push(index);
      texts.push(text);
    }
    if (texts.length === 0) return;
    const results = await this.#jq.run(texts);
    for (const [place, index] of places.entries()) extracted[index] = keysOfResult(results[place]);
  }

  #failure(record: DeliveryRecord, errorMessage: string): FailedRecord {
    const attemptEndedMs = this.#clock.now();
    return { record, outputType, errorCode, errorMessage, attemptsMade: 1, attemptEndedMs };
  }
}

function parse(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString("utf8"));
  } catch {
    return undefined;
  }
}

/** Numbers become those that jq 1.6 would have read; undefined when the document is too deep. */
function print(document: unknown): string | undefined {
  try {
    return JSON.stringify(document);
  } catch {
    return undefined;
  }
}

function keysOfResult(result: JqResult | undefined): Extracted {
  if (result === undefined) return notObject;
  if ("error" in result) return result.error === "" ? notObject : result.error;
  const [value, further] = result.values;
  if (further !== undefined || typeof value !== "object" || value === null || Array.isArray(value))
    return notObject;
  return keysOf(value as Record<string, unknown>);
}

function keysOf(values: Readonly<Record<string, unknown>>): Extracted {
  const keys: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(values)) {
    if (value === null || value === "") return emptyKey;
    if (typeof value === "object") return notScalar;
    keys[name] = typeof value === "number" ? printNumber(value) : String(value);
  }
  return keys;
}
