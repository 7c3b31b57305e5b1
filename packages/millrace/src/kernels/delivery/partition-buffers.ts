import type { Offset } from "../log/port.ts";
import type { BatchBuffer } from "./batch-buffer.ts";
import type { BufferHints } from "./processor.ts";
import type { DeliveryRecord } from "./record.ts";
import type { Partition } from "./sink.ts";

/** `main`: the destination's; `error`: failures that follow from the record; `overflow`: those that do not. */
export type PartitionKind = "main" | "error" | "overflow";

const prefixes = { main: "p:", error: "e:", overflow: "o:" } as const;

/** The name of a partition among all of its consumer's. */
export function partitionKey(kind: PartitionKind, id: string): string {
  return prefixes[kind] + id;
}

/** One partition with something that is not delivered. */
export class PartitionBuffers {
  readonly key: string;
  readonly kind: PartitionKind;
  readonly partition: Partition;
  readonly hints: BufferHints;
  /** Of what was read last, not yet in a buffer. */
  incoming: DeliveryRecord[] = [];
  open: BatchBuffer | undefined;
  /** Oldest first; the first is being delivered. */
  readonly closed: BatchBuffer[] = [];
  /** The next batch ends here, as it did when its delivery began before a restart. */
  endOffset: Offset | undefined;
  isDelivering = false;
  /** An attempt failed and the next one waits. */
  isWaiting = false;

  constructor(kind: PartitionKind, partition: Partition, hints: BufferHints) {
    this.kind = kind;
    this.key = partitionKey(kind, kind === "main" ? partition.id : (partition.errorOutputType ?? ""));
    this.partition = partition;
    this.hints = hints;
  }

  get isEmpty(): boolean {
    return this.closed.length === 0 && this.open === undefined && this.incoming.length === 0;
  }

  get oldest(): BatchBuffer | undefined {
    return this.closed[0] ?? this.open;
  }

  get firstOffset(): Offset | undefined {
    return this.oldest?.identity.firstOffset;
  }

  get dueMs(): number {
    return this.open === undefined ? Number.POSITIVE_INFINITY : this.open.openedMs + this.hints.maxAgeMs;
  }
}
