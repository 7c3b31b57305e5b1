import type { ConnectorContext, SourceBlock, SourceLimits } from "../connector-port.ts";

/** Data streams of this Millrace, as the engine reads and writes them. Implemented outside the kernel. */
export interface StreamsPort {
  /** @param stream a name in the application's account and region, or an ARN. @throws StreamAccessError */
  openReader(stream: string, context: ConnectorContext): Promise<StreamReader>;
  openWriter(stream: string, context: ConnectorContext): Promise<StreamWriter>;
}

/** The stream is not there, or the application's role may not use it. */
export class StreamAccessError extends Error {
  override readonly name = "StreamAccessError";
}

export interface StreamShard {
  readonly id: string;
  /** Their records come before this shard's; ids of shards that are gone may be among them. */
  readonly parents: readonly string[];
}

export type StreamStart =
  | { readonly kind: "oldest" }
  | { readonly kind: "latest" }
  | { readonly kind: "time"; readonly timeMs: number };

/** Metadata of records, by the keys that AWS's connector has for them. */
export type StreamMetadata = "timestamp" | "sequence-number" | "shard-id" | "partition-key";

/** Positions are offsets in the shard. */
export interface StreamReader {
  shards(): readonly StreamShard[];
  startOf(shard: string, start: StreamStart): Promise<number>;
  /** Durable records from an offset on. @throws SourceLostError when they have expired, StreamAccessError */
  read(
    shard: string,
    from: number,
    limits: SourceLimits,
    metadata: readonly StreamMetadata[],
  ): Promise<SourceBlock & { readonly next: number }>;
  onChange(listener: (shard?: string) => void): Disposable;
  /** How long ago the record at an offset came; 0 at the end, undefined when it is not known. */
  lagMs(shard: string, offset: number): number | undefined;
}

/** A record on its way into a stream. */
export interface OutgoingRecord {
  readonly Data: Uint8Array;
  readonly PartitionKey: string;
}

/** Who writes: kept beside the records, where no client sees it. */
export interface ProducerMark {
  /** 16 bytes. */
  readonly producer: Uint8Array;
  readonly round: number;
  /** Of each record, its place in the round's output. */
  readonly indexes: readonly number[];
}

export interface StreamWriter {
  /** Where each shard that takes records ends now. */
  ends(): Readonly<Record<string, number>>;
  /**
   * Appends records durably. @returns places in `records` of those that the stream's limits keep out for now.
   * @throws StreamAccessError; anything else: nobody knows what was kept
   */
  write(records: readonly OutgoingRecord[], mark: ProducerMark): Promise<readonly number[]>;
  /** Calls back for each record of the producer that lies behind the ends; shards that are new are read from their beginning. */
  produced(
    producer: Uint8Array,
    ends: Readonly<Record<string, number>>,
    found: (round: number, index: number) => void,
  ): Promise<void>;
  /** Largest record in bytes, key included. */
  readonly maxRecordBytes: number;
}
