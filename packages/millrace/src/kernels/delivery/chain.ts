import type { BufferHints, Processed, Processor } from "./processor.ts";
import type { DeliveryRecord, FailedRecord } from "./record.ts";

/** Processors one after the other. */
export class Chain {
  readonly #processors: readonly Processor[];

  constructor(processors: readonly Processor[]) {
    this.#processors = processors;
  }

  get isEmpty(): boolean {
    return this.#processors.length === 0;
  }

  /** Whether what it makes must be kept before it is delivered. */
  get isStaged(): boolean {
    return this.#processors.some(({ isDeterministic, hints }) => !isDeterministic || hints !== undefined);
  }

  /** Of the first processor that wants records collected. */
  get hints(): BufferHints | undefined {
    return this.#processors.find(({ hints }) => hints !== undefined)?.hints;
  }

  /** What comes before the first processor that wants records collected, and what begins with it. */
  split(): { readonly before: Chain; readonly after: Chain } {
    const found = this.#processors.findIndex(({ hints }) => hints !== undefined);
    const at = found < 0 ? 0 : found;
    return { before: new Chain(this.#processors.slice(0, at)), after: new Chain(this.#processors.slice(at)) };
  }

  async run(records: readonly DeliveryRecord[], signal: AbortSignal): Promise<Processed> {
    let left = records;
    let failed: FailedRecord[] = [];
    for (const processor of this.#processors) {
      if (left.length === 0) break;
      const processed = await processor.process(left, signal);
      left = processed.records;
      if (processed.failed.length > 0) failed = failed.concat(processed.failed);
    }
    return { records: left, failed };
  }
}

export function dataBytes(records: readonly DeliveryRecord[]): number {
  let bytes = 0;
  for (const record of records) bytes += record.data.length;
  return bytes;
}
