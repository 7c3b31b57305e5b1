import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Classification, Recognised, SampledObject } from "./classification.ts";
import { ClassifierSet } from "./classify.ts";
import type { CustomClassifier } from "./custom-classifier.ts";

/** An object in memory that counts how often it is read. */
export class MemoryObject implements SampledObject {
  readonly key: string;
  readonly sizeBytes: number;
  readonly #bytes: Buffer;
  reads = 0;

  constructor(key: string, content: Buffer | string) {
    this.key = key;
    this.#bytes = Buffer.from(content);
    this.sizeBytes = this.#bytes.length;
  }

  async read(start: number, end: number): Promise<Buffer> {
    this.reads += 1;
    return this.#bytes.subarray(start, end);
  }
}

export function classify(
  content: Buffer | string,
  custom: readonly CustomClassifier[] = [],
  key = "data/object",
): Promise<Classification> {
  return new ClassifierSet(custom).classify(new MemoryObject(key, content));
}

/** The answer for an object that has to be recognised. */
export async function recognise(
  content: Buffer | string,
  custom: readonly CustomClassifier[] = [],
  key = "data/object",
): Promise<Recognised> {
  const answer = await classify(content, custom, key);
  if (answer.kind !== "recognised") throw new Error(`${answer.kind}: ${answer.why.join("; ")}`);
  return answer;
}

/** `name type, name type`, as a person would write them. */
export function schemaOf(answer: Classification): string {
  if (answer.kind !== "recognised") return `${answer.kind}: ${answer.reason}`;
  return answer.columns.map(({ name, type }) => `${name} ${type}`).join(", ");
}

/** The folder of the package vega-datasets that its files lie in. */
export const vegaFolder: string = fileURLToPath(new URL("../data", import.meta.resolve("vega-datasets")));

export function vegaFile(name: string): Buffer {
  return readFileSync(join(vegaFolder, name));
}
