import type { FailedRecord } from "../record.ts";
import type { EncodedBatch } from "../sink.ts";
import type { Spool } from "./spool.ts";

/** A finished batch whose bytes lie in a spool. */
export class SpooledBatch implements EncodedBatch {
  readonly recordCount: number;
  readonly sizeBytes: number;
  readonly contentEncoding?: string;
  readonly failed?: readonly FailedRecord[];
  readonly #spool: Spool;
  readonly #disposed: () => void;

  constructor(spool: Spool, about: AboutBatch, disposed: () => void) {
    this.#spool = spool;
    this.recordCount = about.recordCount;
    this.sizeBytes = spool.sizeBytes;
    if (about.contentEncoding !== undefined) this.contentEncoding = about.contentEncoding;
    if (about.failed !== undefined && about.failed.length > 0) this.failed = about.failed;
    this.#disposed = disposed;
  }

  read(): AsyncIterable<Buffer> {
    return this.#spool.read();
  }

  async dispose(): Promise<void> {
    this.#disposed();
    await this.#spool.dispose();
  }
}

export interface AboutBatch {
  readonly recordCount: number;
  readonly contentEncoding?: string | undefined;
  readonly failed?: readonly FailedRecord[];
}
