import { LogInputError } from "./errors.ts";
import { logLimits } from "./limits.ts";
import type { ReadLimits } from "./log.ts";
import type { Offset } from "./offset.ts";

/** Decides how many batches one read returns: whole ones, and always the first. */
export class ReadBudget {
  readonly maxBytes: number;
  readonly #from: Offset;
  readonly #maxRecords: number;
  #batches = 0;
  #bytes = 0;
  #records = 0;

  constructor(from: Offset, limits: ReadLimits) {
    if (!(limits.maxBytes >= 0)) throw new LogInputError("maxBytes must not be negative");
    if (limits.maxRecords !== undefined && !(limits.maxRecords >= 0)) {
      throw new LogInputError("maxRecords must not be negative");
    }
    this.#from = from;
    this.maxBytes = Math.min(limits.maxBytes, logLimits.maxReadBytes);
    this.#maxRecords = limits.maxRecords ?? Number.POSITIVE_INFINITY;
  }

  /** Counts the batch in and says whether it is to be returned. */
  admit(firstOffset: number, count: number, payloadBytes: number): boolean {
    const fits = this.#bytes + payloadBytes <= this.maxBytes && this.#records < this.#maxRecords;
    if (this.#batches > 0 && !fits) return false;
    this.#batches += 1;
    this.#bytes += payloadBytes;
    this.#records += firstOffset + count - Math.max(firstOffset, this.#from);
    return true;
  }
}
