/** A stream of shards that deliveries are fed from. Implemented outside the kernel. */
export interface StreamSource {
  /** The shards whose records are still here, parents before children. @throws StreamSourceError */
  shards(): readonly SourceShard[];
  /** Durable records from a position on, in order; none when there are no more yet. @throws StreamSourceError */
  read(shardId: string, from: SourcePosition, limits: SourceReadLimits): Promise<SourceRead>;
  /** Tells, possibly more often than needed, that `read` or `shards` may answer more than before. */
  onChange(listener: () => void): Disposable;
}

export interface SourceShard {
  readonly id: string;
  /** Their records come before this shard's; ids of shards that are gone may be among them. */
  readonly parents: readonly string[];
  /** Takes no more records. */
  readonly isClosed: boolean;
}

export type SourcePosition =
  /** The oldest record that is still there. */
  | { readonly kind: "oldest" }
  /** The first record that arrived then or later. */
  | { readonly kind: "time"; readonly timeMs: number }
  | { readonly kind: "after"; readonly sequenceNumber: string };

export interface SourceReadLimits {
  readonly maxRecords: number;
  readonly maxBytes: number;
}

export interface SourceRecord {
  readonly data: Buffer;
  readonly arrivalTimeMs: number;
  readonly partitionKey: string;
  readonly sequenceNumber: string;
}

export interface SourceRead {
  readonly records: readonly SourceRecord[];
  /** Nothing will ever follow: the shard is closed and read to its end. */
  readonly isEnd: boolean;
  /** 0 when nothing more is there. */
  readonly millisBehindLatest: number;
}

/** `code` is for the error log: `Kinesis.ResourceNotFound`, `Kinesis.AccessDenied`, `Kinesis.KMS...`. */
export class StreamSourceError extends Error {
  override readonly name = "StreamSourceError";
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
