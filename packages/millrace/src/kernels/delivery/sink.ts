import type { Offset } from "../log/port.ts";
import type { DeliveryRecord, FailedRecord, PartitionKeys } from "./record.ts";

/** What a buffer is called and belongs to; the same after a restart that begins with the same record. */
export interface BatchIdentity {
  /** The delivery stream's incarnation, the consumer and the partition, as text for hashing. */
  readonly scope: string;
  readonly partition: Partition;
  readonly firstOffset: Offset;
  /** Arrival of the oldest record: what `!{timestamp:...}` stands for. */
  readonly firstArrivalTimeMs: number;
}

/** Records that share a partition go into the same objects. */
export interface Partition {
  /** Tells partitions apart; "" when there is only one. */
  readonly id: string;
  readonly keys?: PartitionKeys;
  /** For buffers of failed records: their output type. */
  readonly errorOutputType?: string;
}

/** Turns a buffer's records into the bytes of one delivery. Used by one buffer, once. */
export interface BatchEncoder {
  /**
   * Takes records, in order; resolves when it may be given more, which bounds its memory. Answers those that
   * turned out not to be encodable since it was last asked, of this or an earlier call: they are not part of
   * the batch. Rejects when the spool cannot be written; the batch is then aborted and read again from its log.
   */
  add(records: readonly DeliveryRecord[]): Promise<readonly FailedRecord[]>;
  /** No `add` follows. Undefined when no record was given. Rejects as `add` does. */
  finish(): Promise<EncodedBatch | undefined>;
  /** Forgets everything; may be called at any time, also twice. */
  abort(): Promise<void>;
}

/** A finished delivery: bytes, in memory or in a spool file, or the records themselves. */
export interface EncodedBatch {
  /** 0 when every record failed: then there is nothing to deliver but `failed`. */
  readonly recordCount: number;
  /** Those that cannot be encoded and that `add` has not answered. */
  readonly failed?: readonly FailedRecord[];
  /** Of the encoded bytes. */
  readonly sizeBytes: number;
  /** `application/octet-stream` when undefined. */
  readonly contentType?: string;
  readonly contentEncoding?: string;
  /** The records, where the destination wants them one by one. */
  readonly records?: readonly DeliveryRecord[];
  /** The bytes from the beginning; may be read again for a retry. */
  read(): AsyncIterable<Buffer>;
  /** Frees memory and files. */
  dispose(): Promise<void>;
}

export interface Delivery {
  readonly identity: BatchIdentity;
  readonly encoded: EncodedBatch;
  /** What is still to be delivered: all, or what an earlier attempt left over. */
  readonly remaining: readonly DeliveryRecord[] | undefined;
  /** 1 for the first attempt. */
  readonly attempt: number;
}

/** What one attempt came to. Neither `failed` nor `retry` means that everything was delivered. */
export interface DeliveryOutcome {
  /** Where what was delivered lies now: `s3://bucket/key`. */
  readonly place?: string;
  /** Will never be taken: goes to the error output. */
  readonly failed?: readonly FailedRecord[];
  /** Worth another attempt while the retry duration lasts. */
  readonly retry?: DeliveryRetry;
}

export interface DeliveryRetry {
  /** Undefined: the whole batch. */
  readonly records?: readonly DeliveryRecord[];
  /** `S3.AccessDenied`, `HttpEndpoint.ServerError`, ...: for the error log and the error output. */
  readonly errorCode: string;
  readonly errorMessage: string;
  /** As the destination asked for; the kernel's own back-off when undefined. */
  readonly delayMs?: number;
}

/** A destination. The kernel retries, counts the time and writes what is given up to the error output. */
export interface Sink {
  /** One attempt. Rejects only when the signal ends it, or for a bug of ours. */
  deliver(delivery: Delivery, signal: AbortSignal): Promise<DeliveryOutcome>;
  close?(): Promise<void>;
}
