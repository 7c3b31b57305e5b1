import type { Offset } from "./offset.ts";
import type { CorruptionReport } from "./quarantine.ts";
import type { TimeKind } from "./segment-index.ts";

/** When an append is acknowledged and when readers see it; README.md says what each survives. */
export type Durability =
  | { readonly mode: "sync" }
  | { readonly mode: "interval"; readonly intervalMs: number }
  | { readonly mode: "memory" };

/** Neither set means for ever. */
export interface Retention {
  readonly maxAgeMs?: number;
  readonly maxBytes?: number;
}

/** One append: records that become visible together, as bytes the log does not look into. */
export interface AppendInput {
  /** Records in the batch, at least 1. */
  readonly count: number;
  /** 1..255, the caller's. */
  readonly kind: number;
  /** 0..127, the caller's. */
  readonly flags?: number;
  /** The log keeps it: it must not be changed afterwards. */
  readonly payload: Uint8Array | readonly Uint8Array[];
  /** The newest time inside the batch as its writer says; the append time when not given. */
  readonly maxTimeMs?: number;
  /** Encrypt under this key. A change of key begins a new segment. */
  readonly encryption?: { readonly keyId: string };
}

export interface Appended {
  readonly firstOffset: Offset;
  readonly appendTimeMs: number;
}

export interface Batch {
  readonly firstOffset: Offset;
  readonly count: number;
  readonly kind: number;
  readonly flags: number;
  readonly appendTimeMs: number;
  readonly maxTimeMs: number;
  /** Not to be changed: other readers may hold the same bytes. */
  readonly payload: Buffer;
  /** Nobody else holds the memory that the payload lies in, but for batches of the same read: it may be given away. */
  readonly isOwn?: boolean;
}

export interface ReadLimits {
  /** Of payload; the first batch is returned even when it is bigger. */
  readonly maxBytes: number;
  /** Of records at or behind the asked offset; the last batch may go beyond. */
  readonly maxRecords?: number;
}

export interface LogInfo {
  /** Of files on disk without preallocated space, or of payloads in memory. */
  readonly bytes: number;
  readonly segments: number;
  readonly queuedBytes: number;
}

/**
 * An append-only sequence of batches with dense offsets. Made by `LogStore.open`; one object per log and
 * process. Invariant: firstOffset <= durableOffset <= nextOffset.
 */
export interface Log {
  readonly id: string;
  /** The oldest record still visible; moves when the log is trimmed. */
  readonly firstOffset: Offset;
  /**
   * What the next append gets. `append` assigns before it returns, so a caller may write this offset into
   * its payload and append in the same tick. Falls back when appends are refused by a full disk.
   */
  readonly nextOffset: Offset;
  /** The high watermark: readers see only what lies below. */
  readonly durableOffset: Offset;
  readonly sealed: boolean;
  /** Append time of the newest batch below the watermark, undefined when there never was one. */
  readonly lastAppendTimeMs: number | undefined;
  /** Damage that was found so far, also by earlier runs. */
  readonly corruptions: readonly CorruptionReport[];
  readonly info: LogInfo;

  /**
   * Resolves when durable per mode. Rejects with LogFullError, LogBusyError or LogCipherError (nothing was
   * kept, try again), LogFailedError (outcome unknown, open again), LogSealedError, LogClosedError, LogInputError.
   */
  append(input: AppendInput): Promise<Appended>;
  /**
   * Batches from the one that contains `from`, or behind it when it lies in a gap; at least one when there is
   * one below the watermark. Rejects with OffsetOutOfRangeError below firstOffset or above nextOffset, with
   * CorruptionError when the bytes are not what was written, with LogCipherError without their key.
   */
  read(from: Offset, limits: ReadLimits): Promise<readonly Batch[]>;
  /** The first offset whose batch has a time >= `timeMs`; the watermark when there is none yet. */
  offsetForTime(timeMs: number, kind?: TimeKind): Promise<Offset>;
  /** Called, in the order of subscription, after the watermark moved. */
  onDurable(listener: (durableOffset: Offset) => void): Disposable;
  /** Takes what was appended before, nothing afterwards; survives a restart. */
  seal(): Promise<void>;
  /** Shrinking hides data at once; growing never brings any back. */
  setRetention(retention: Retention): Promise<void>;
  /** Applies the retention now: hides what is too old, removes segments that hold nothing else. */
  trim(): Promise<void>;
  /**
   * Gives up what lies below `offset`: hides it at once and removes the segments that hold nothing else. Once
   * it has resolved, nothing of it comes back, whatever happens. Rejects with LogInputError above the watermark.
   */
  trimTo(offset: Offset): Promise<void>;
  /** Writes and syncs what was appended, then releases the files. */
  close(): Promise<void>;
}
