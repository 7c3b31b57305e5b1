import type { Clock, Timer } from "../../../core/clock.ts";
import { messageOf } from "../../../core/errors.ts";
import { SerialTasks } from "../../../core/serial-tasks.ts";
import type { IntegerMode } from "../../../sql/flink/functions/scalar-function.ts";
import { type Manifest, type SourceState, stateBytesOf } from "../checkpoint/manifest.ts";
import type { RunStore } from "../checkpoint/run-store.ts";
import type { Journal } from "../journal/journal.ts";
import type { RoundLoop } from "./round-loop.ts";
import type { SinkGroup } from "./sink-group.ts";
import type { SourceFeed } from "./source-feed.ts";
import type { SubtaskGroup } from "./subtask-group.ts";

export interface CheckpointerParts {
  readonly clock: Clock;
  readonly store: RunStore;
  readonly journal: Journal;
  readonly loop: RoundLoop;
  readonly feeds: readonly SourceFeed[];
  readonly subtasks: SubtaskGroup;
  readonly sinks: SinkGroup;
  readonly producer: string;
  readonly startedMs: number;
  readonly mode: IntegerMode;
  readonly parallelism: number;
  /** 0: checkpoints are taken only when the journal has grown long, and at the end. */
  readonly intervalMs: number;
  readonly minPauseMs: number;
  /** The checkpoint that the attempt has begun with, 0 for none, and its round. */
  readonly last: { readonly checkpoint: number; readonly round: number };
  readonly figures: CheckpointFigures;
  readonly log: (level: "info" | "warn" | "error", message: string) => void;
  /** What was prepared cannot be made visible: the attempt goes on from the manifest. */
  readonly fail: (error: unknown) => void;
}

/** For metrics; outlives attempts. */
export interface CheckpointFigures {
  completed: number;
  failed: number;
  lastDurationMs: number | undefined;
  lastPauseMs: number | undefined;
  lastBytes: number | undefined;
  lastCompletedMs: number | undefined;
}

/** A journal that is longer asks for a checkpoint, whatever the interval. */
const maxJournalBytes = 64 * 1024 * 1024;

/**
 * Takes checkpoints between rounds: when rounds have begun since the last one and the interval is over. One at a
 * time; one that fails is given up, and the job goes on.
 */
export class Checkpointer {
  readonly #parts: CheckpointerParts;
  readonly #tasks: SerialTasks = new SerialTasks();
  #checkpoint: number;
  #round: number;
  #beganMs: number;
  #endedMs: number;
  #timer: Timer | undefined;
  #isScheduled = false;
  #isEnded = false;

  constructor(parts: CheckpointerParts) {
    this.#parts = parts;
    this.#checkpoint = parts.last.checkpoint;
    this.#round = parts.last.round;
    this.#beganMs = parts.clock.now();
    this.#endedMs = Number.NEGATIVE_INFINITY;
  }

  /** A round has begun: what it does wants to be kept. */
  roundBegun(): void {
    if (this.#isEnded) return;
    const { clock, intervalMs, minPauseMs, journal } = this.#parts;
    if (journal.bytes > maxJournalBytes && !this.#isScheduled) this.#schedule(0);
    if (this.#isScheduled || intervalMs === 0) return;
    const dueMs = Math.max(this.#beganMs + intervalMs, this.#endedMs + minPauseMs);
    this.#schedule(Math.max(0, dueMs - clock.now()));
  }

  /** Takes a checkpoint of all rounds that were begun so far. @throws what has kept it from being durable */
  take(): Promise<Manifest> {
    return this.#tasks.run(() => this.#take(this.#checkpoint + 1, undefined));
  }

  /** The last one, when all sources have ended: nothing will ever want the state, so none is written. */
  takeLast(): Promise<Manifest> {
    return this.#tasks.run(() => this.#take(this.#checkpoint + 1, undefined, true));
  }

  /** Takes one again, while rounds are repeated, that the journal has seen begin. */
  retake(checkpoint: number, before: Manifest): Promise<Manifest> {
    return this.#tasks.run(() => this.#take(checkpoint, before));
  }

  /** The number of the newest one. */
  get checkpoint(): number {
    return this.#checkpoint;
  }

  end(): void {
    this.#isEnded = true;
    this.#timer?.cancel();
  }

  #schedule(delayMs: number): void {
    this.#isScheduled = true;
    this.#timer = this.#parts.clock.after(delayMs, () => {
      this.#isScheduled = false;
      if (this.#isEnded) return;
      // The failure was counted and logged.
      this.take().catch(() => undefined);
    });
  }

  async #take(checkpoint: number, before: Manifest | undefined, isLast: boolean = false): Promise<Manifest> {
    const { clock, figures, log, loop } = this.#parts;
    this.#beganMs = clock.now();
    try {
      const manifest = await this.#write(checkpoint, before, isLast);
      figures.completed += 1;
      figures.lastCompletedMs = clock.now();
      figures.lastDurationMs = clock.now() - this.#beganMs;
      figures.lastBytes = stateBytesOf(manifest);
      return manifest;
    } catch (error) {
      if (!this.#isEnded) {
        figures.failed += 1;
        log("warn", `Checkpoint ${checkpoint} was given up: ${messageOf(error)}`);
      }
      throw error;
    } finally {
      this.#endedMs = clock.now();
      if (loop.round > this.#round) this.roundBegun();
    }
  }

  async #write(checkpoint: number, before: Manifest | undefined, isLast: boolean): Promise<Manifest> {
    const { clock, loop, feeds, sinks, store, journal, producer, mode, parallelism } = this.#parts;
    // All of this is asked for before another round can begin.
    const sources: readonly SourceState[] = feeds.map((feed) => feed.state());
    this.#checkpoint = checkpoint;
    const written = isLast ? { states: [], pauseMs: 0 } : this.#writeStates(checkpoint);
    const rotated = journal.rotate();
    const prepared = loop.between(checkpoint, async (point) => ({
      point,
      sinks: await sinks.prepare(checkpoint, before?.sinks),
    }));
    const [{ states, pauseMs }, { point, sinks: sinkStates }] = await Promise.all([
      written,
      prepared,
      rotated,
    ]);
    const manifest: Manifest = {
      version: 1,
      checkpoint,
      producer,
      ...point,
      createdMs: clock.now(),
      startedMs: this.#parts.startedMs,
      mode,
      parallelism,
      sources,
      sinks: sinkStates,
      states,
    };
    await store.writeManifest(manifest);
    this.#round = point.round;
    this.#parts.figures.lastPauseMs = pauseMs;
    await this.#commit(manifest);
    await this.#sweep();
    return manifest;
  }

  #writeStates(checkpoint: number): ReturnType<SubtaskGroup["checkpoint"]> {
    const { store, subtasks } = this.#parts;
    return subtasks.checkpoint(checkpoint, (subtask) => {
      const name = store.stateName(checkpoint, subtask);
      return { name, path: store.pathOf(name) };
    });
  }

  async #commit(manifest: Manifest): Promise<void> {
    try {
      await this.#parts.sinks.commit(manifest.sinks);
    } catch (error) {
      this.#parts.fail(error);
      throw error;
    }
  }

  /** Old files take room, and nothing else. */
  async #sweep(): Promise<void> {
    try {
      const firstRound = await this.#parts.store.sweep();
      await this.#parts.journal.dropBefore(firstRound);
    } catch (error) {
      this.#parts.log("warn", `Old checkpoints are still there: ${messageOf(error)}`);
    }
  }
}
