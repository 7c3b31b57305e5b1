import type { DeliveryRecord, FailedRecord } from "./record.ts";

export interface Processed {
  /** In the order of the records that they were made of. */
  readonly records: readonly DeliveryRecord[];
  readonly failed: readonly FailedRecord[];
}

/** A step between source and buffer: transforms, splits, drops or refuses records. */
export interface Processor {
  /**
   * Whether the same records always give the same answer. What a chain with another kind of step made is kept
   * in a log of its own before it is delivered, so that a restart does not ask that step again.
   */
  readonly isDeterministic: boolean;
  /** How much is collected before `process` is called; at once, whatever there is, when not given. */
  readonly hints?: BufferHints;
  /**
   * Never rejects because of what is in a record: that is a `FailedRecord`. A rejection is our own bug, or
   * the signal's.
   */
  process(records: readonly DeliveryRecord[], signal: AbortSignal): Promise<Processed>;
  close?(): Promise<void>;
}

/** Whichever is reached first. */
export interface BufferHints {
  /** Of records' data, before compression. */
  readonly maxBytes: number;
  /** Since the first record; 0 hands on what there is. */
  readonly maxAgeMs: number;
}
