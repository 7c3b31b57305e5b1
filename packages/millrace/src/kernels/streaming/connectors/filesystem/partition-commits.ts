import type { Clock, Timer } from "../../../../core/clock.ts";
import { messageOf } from "../../../../core/errors.ts";
import { SerialTasks } from "../../../../core/serial-tasks.ts";
import type { ConnectorContext } from "../../connector-port.ts";
import type { CommitPolicy } from "./filesystem-options.ts";

export interface PartitionCommitsParts {
  readonly policy: CommitPolicy;
  readonly clock: Clock;
  readonly log: ConnectorContext["log"];
  /** Writes the object that says that the partition is complete. */
  readonly mark: (partition: string) => Promise<void>;
  /** The last subtask has left. */
  readonly left: () => void;
}

/** A partition that was written and not marked yet, with when that began. */
export type PendingPartition = readonly [partition: string, firstMs: number];

interface Lane {
  watermark: number;
  /** All that it has prepared is visible. */
  isSettled: boolean;
}

/**
 * Which partitions of a sink's subtasks are complete. A partition is marked when what all subtasks have prepared
 * is visible, so that nobody finds the mark beside half a checkpoint; late rows have it marked again.
 */
export class PartitionCommits {
  readonly #parts: PartitionCommitsParts;
  readonly #lanes = new Map<number, Lane>();
  readonly #pending = new Map<string, { readonly firstMs: number; readonly subtasks: Set<number> }>();
  readonly #tasks: SerialTasks = new SerialTasks();
  #timer: Timer | undefined;

  constructor(parts: PartitionCommitsParts) {
    this.#parts = parts;
  }

  join(subtask: number): void {
    this.#lanes.set(subtask, { watermark: Number.NEGATIVE_INFINITY, isSettled: false });
  }

  leave(subtask: number): void {
    this.#lanes.delete(subtask);
    if (this.#lanes.size > 0) return;
    this.#timer?.cancel();
    this.#parts.left();
  }

  /** What a subtask has prepared, or what its handle says after a crash. */
  prepared(subtask: number, partitions: readonly PendingPartition[], watermark: number): void {
    this.#lanes.set(subtask, { watermark, isSettled: false });
    for (const [partition, firstMs] of partitions) {
      const known = this.#pending.get(partition);
      const subtasks = known?.subtasks ?? new Set();
      subtasks.add(subtask);
      this.#pending.set(partition, { firstMs: Math.min(firstMs, known?.firstMs ?? firstMs), subtasks });
    }
  }

  /** For the subtask's handle. */
  pendingOf(subtask: number): readonly PendingPartition[] {
    return [...this.#pending].flatMap(([partition, { firstMs, subtasks }]): PendingPartition[] =>
      subtasks.has(subtask) ? [[partition, firstMs]] : [],
    );
  }

  /** What the subtask has prepared is visible. */
  async committed(subtask: number): Promise<void> {
    const lane = this.#lanes.get(subtask);
    if (lane !== undefined) lane.isSettled = true;
    await this.#markComplete();
  }

  #markComplete(): Promise<void> {
    return this.#tasks.run(async () => {
      if (![...this.#lanes.values()].every(({ isSettled }) => isSettled)) return;
      const nowMs = this.#parts.clock.now();
      const watermark = this.#watermark();
      for (const [partition, { firstMs }] of [...this.#pending]) {
        if (!this.#isComplete(partition, firstMs, watermark, nowMs)) continue;
        await this.#parts.mark(partition);
        this.#pending.delete(partition);
      }
      this.#setTimer(nowMs);
    });
  }

  #isComplete(partition: string, firstMs: number, watermark: number, nowMs: number): boolean {
    const { timeOf, delayMs } = this.#parts.policy;
    if (watermark === Number.POSITIVE_INFINITY) return true;
    if (timeOf === undefined) return delayMs === 0 || nowMs > firstMs + delayMs;
    const timeMs = timeOf(partition);
    if (timeMs === undefined)
      throw new Error(
        `partition ${partition} gives no time: see 'partition.time-extractor.timestamp-pattern'`,
      );
    return watermark > timeMs + delayMs;
  }

  /** Of all subtasks; those that never had one do not count. */
  #watermark(): number {
    let least: number | undefined;
    for (const { watermark } of this.#lanes.values())
      if (watermark !== Number.NEGATIVE_INFINITY) least = Math.min(least ?? watermark, watermark);
    return least ?? Number.NEGATIVE_INFINITY;
  }

  /** Partitions that wait for the clock become complete without another checkpoint. */
  #setTimer(nowMs: number): void {
    const { policy, clock, log } = this.#parts;
    this.#timer?.cancel();
    if (policy.timeOf !== undefined || this.#pending.size === 0 || this.#lanes.size === 0) return;
    let dueMs = Number.POSITIVE_INFINITY;
    for (const { firstMs } of this.#pending.values()) dueMs = Math.min(dueMs, firstMs + policy.delayMs + 1);
    this.#timer = clock.after(Math.max(1, dueMs - nowMs), () => {
      // The next checkpoint tries again.
      this.#markComplete().catch((error: unknown) =>
        log("warn", `A partition could not be marked as complete: ${messageOf(error)}`),
      );
    });
  }
}
