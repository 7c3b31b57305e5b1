import type { Offset } from "../log/port.ts";
import { Claims } from "./claims.ts";
import { PartitionBuffers, type PartitionKind, partitionKey } from "./partition-buffers.ts";
import type { ConsumerPlan } from "./plan.ts";
import type { ConsumerState } from "./positions.ts";
import type { DeliveryRecord, FailedRecord } from "./record.ts";
import type { Partition } from "./sink.ts";

const onlyPartition: Partition = Object.freeze({ id: "" });

/** Decides which partition a record belongs to, and leaves out what an earlier run has delivered. */
export class Router {
  readonly claims: Claims;
  /** Partitions that were delivered beyond the low-water mark. */
  readonly ahead: Map<string, Offset>;
  readonly partitions: Map<string, PartitionBuffers> = new Map();
  readonly #intents: Map<string, Offset>;
  readonly #plan: ConsumerPlan;
  readonly #onFailed: (failed: readonly FailedRecord[]) => void;
  #active = 0;

  constructor(plan: ConsumerPlan, state: ConsumerState, onFailed: (failed: readonly FailedRecord[]) => void) {
    this.#plan = plan;
    this.#onFailed = onFailed;
    this.claims = new Claims(state.claims);
    this.ahead = state.ahead;
    this.#intents = state.intents;
  }

  get activePartitions(): number {
    return this.#active;
  }

  /** Puts records into the `incoming` of their partitions, which it returns. */
  route(records: readonly DeliveryRecord[], failed: readonly FailedRecord[]): ReadonlySet<PartitionBuffers> {
    const touched = new Set<PartitionBuffers>();
    const refused: FailedRecord[] = [];
    const { partitioning } = this.#plan;
    if (partitioning === undefined) {
      this.#routeAll(records, touched);
    } else {
      for (const record of records) {
        const found = partitioning.partitionOf(record);
        if ("outputType" in found) this.#routeFailed("error", found, touched, refused);
        else this.#routeOne(record, found, touched, refused);
      }
    }
    for (const one of failed) this.#routeFailed("error", one, touched, refused);
    if (refused.length > 0) this.#onFailed(refused);
    // Failures come step by step, not record by record.
    for (const { kind, incoming } of touched)
      if (kind !== "main") incoming.sort((a, b) => a.offset - b.offset);
    return touched;
  }

  #routeAll(records: readonly DeliveryRecord[], touched: Set<PartitionBuffers>): void {
    const deliveredUpTo = this.ahead.get(partitionKey("main", "")) ?? -1;
    const first = records[0];
    if (first === undefined) return;
    const left =
      first.offset > deliveredUpTo ? records : records.filter((record) => record.offset > deliveredUpTo);
    if (left.length === 0) return;
    const buffers = this.#buffers("main", onlyPartition);
    for (const record of left) buffers.incoming.push(record);
    touched.add(buffers);
  }

  #routeOne(
    record: DeliveryRecord,
    partition: Partition,
    touched: Set<PartitionBuffers>,
    refused: FailedRecord[],
  ): void {
    const key = partitionKey("main", partition.id);
    const isClaimed = this.claims.has(record.offset, partition.id);
    if (!isClaimed && this.#isDelivered(key, record)) return;
    const { partitioning } = this.#plan;
    if (partitioning !== undefined) {
      const isFull = this.#active >= partitioning.maxActivePartitions;
      if (isClaimed || (isFull && !this.partitions.has(key))) {
        this.claims.add(record.offset, partition.id);
        this.#routeFailed("overflow", partitioning.overflow(record, partition), touched, refused);
        return;
      }
    }
    const buffers = this.#buffers("main", partition);
    buffers.incoming.push(record);
    touched.add(buffers);
  }

  #routeFailed(
    kind: PartitionKind,
    failed: FailedRecord,
    touched: Set<PartitionBuffers>,
    refused: FailedRecord[],
  ): void {
    const { outputType, record } = failed;
    if (this.#isDelivered(partitionKey(kind, outputType), record)) return;
    const buffers = this.#buffers(kind, { id: "", errorOutputType: outputType });
    buffers.incoming.push({ ...record, data: this.#plan.errors.format(failed) });
    touched.add(buffers);
    refused.push(failed);
  }

  #isDelivered(key: string, record: DeliveryRecord): boolean {
    return this.ahead.size > 0 && record.offset <= (this.ahead.get(key) ?? -1);
  }

  #buffers(kind: PartitionKind, partition: Partition): PartitionBuffers {
    const key = partitionKey(kind, kind === "main" ? partition.id : (partition.errorOutputType ?? ""));
    const known = this.partitions.get(key);
    if (known !== undefined) return known;
    const hints = kind === "main" ? this.#plan.hints : this.#plan.errors.hints;
    const made = new PartitionBuffers(kind, partition, hints);
    // An intent stands for the first batch that the partition has.
    made.endOffset = this.#intents.get(key);
    this.#intents.delete(key);
    this.partitions.set(key, made);
    if (kind === "main") this.#active += 1;
    return made;
  }

  /** The partition is no longer active when nothing of it is left. */
  release(buffers: PartitionBuffers): void {
    if (!buffers.isEmpty || this.partitions.get(buffers.key) !== buffers) return;
    this.partitions.delete(buffers.key);
    if (buffers.kind === "main") this.#active -= 1;
  }

  /** Everything below is delivered. */
  lowWater(next: Offset): Offset {
    let lowest = next;
    for (const buffers of this.partitions.values()) {
      const first = buffers.firstOffset;
      if (first !== undefined && first < lowest) lowest = first;
    }
    return lowest;
  }

  dropBelow(lowWater: Offset): void {
    this.claims.dropBelow(lowWater);
    for (const [key, upTo] of this.ahead) if (upTo < lowWater) this.ahead.delete(key);
  }
}
