import { assert } from "../../../core/assert.ts";
import type { Clock } from "../../../core/clock.ts";
import { SerialTasks } from "../../../core/serial-tasks.ts";
import type { JobFiles } from "../checkpoint/job-files.ts";
import type { Manifest } from "../checkpoint/manifest.ts";
import type { RunStore } from "../checkpoint/run-store.ts";
import { Journal, readJournal } from "../journal/journal.ts";
import type { RoundDescription } from "../journal/round-description.ts";
import { Checkpointer, type CheckpointFigures } from "./checkpointer.ts";
import { StoppedError } from "./failure.ts";
import type { JobFigures } from "./job-figures.ts";
import { encodingsOf, type JobPlan } from "./job-plan.ts";
import { type OpenContext, openFeeds, openSinks } from "./open-connectors.ts";
import { RoundLoop } from "./round-loop.ts";
import type { SinkGroup } from "./sink-group.ts";
import type { SourceFeed } from "./source-feed.ts";
import { SubtaskGroup } from "./subtask-group.ts";
import type { SubtaskHost, SubtaskStart } from "./subtask-port.ts";

export interface AttemptParts {
  readonly job: JobPlan;
  readonly files: JobFiles;
  readonly store: RunStore;
  readonly host: SubtaskHost;
  readonly clock: Clock;
  readonly open: Omit<OpenContext, "signal" | "fail" | "wake">;
  readonly mode: SubtaskStart["mode"];
  /** Unless the last checkpoint says otherwise. */
  readonly parallelism: number;
  readonly maxStateBytes: number;
  readonly producer: string;
  /** When the job began for the first time. */
  readonly startedMs: number;
  readonly seed: number;
  /** Nothing is kept, and no checkpoint taken. */
  readonly isVolatile: boolean;
  readonly checkpointIntervalMs: number;
  readonly minPauseMs: number;
  readonly minRoundMs: number;
  readonly figures: JobFigures;
  readonly checkpointFigures: CheckpointFigures;
  readonly log: (level: "info" | "warn" | "error", message: string) => void;
  /** The attempt has caught up with the journal. */
  readonly live: () => void;
}

/** What an attempt consists of once it is open. */
interface Opened {
  readonly feeds: readonly SourceFeed[];
  readonly sinks: SinkGroup;
  readonly subtasks: SubtaskGroup;
  readonly journal: Journal;
  readonly loop: RoundLoop;
  readonly checkpointer: Checkpointer;
}

/** How an attempt has ended, when it did not fail. */
export type AttemptEnd = "finished" | "stopped" | "suspended";

/** How an attempt is asked to end. */
export interface StopWish {
  readonly withCheckpoint: boolean;
  /** The job will go on: what sinks have staged stays. */
  readonly isSuspended: boolean;
}

/**
 * A job from its last checkpoint to its end, or to a failure: everything is made anew from what is on disk, so
 * a restart in the process and one after a crash are the same thing.
 */
export class Attempt {
  readonly #parts: AttemptParts;
  readonly #abort = new AbortController();
  readonly #end: PromiseWithResolvers<AttemptEnd>;
  /** What was opened so far. */
  readonly #partly: Partial<Opened> = {};
  readonly #stops: SerialTasks = new SerialTasks();
  #opened: Opened | undefined;
  readonly #becomesLive: PromiseWithResolvers<void>;
  #keepsStaged = true;
  #isLive = false;
  #isOver = false;
  #isFinishing = false;

  constructor(parts: AttemptParts) {
    this.#parts = parts;
    this.#becomesLive = Promise.withResolvers<void>();
    this.#end = Promise.withResolvers<AttemptEnd>();
    this.#end.promise.catch(() => undefined);
  }

  /** Resolves when the job is finished or was stopped; rejects with what has failed. All is closed then. */
  async run(): Promise<AttemptEnd> {
    try {
      await this.#open().catch((error: unknown) => this.fail(error));
      return await this.#end.promise;
    } finally {
      this.#over();
      await this.#close();
    }
  }

  /** A checkpoint of what was begun so far. */
  async checkpoint(): Promise<Manifest> {
    await this.#becomesLive.promise;
    if (this.#opened === undefined || this.#isOver) throw new StoppedError("The job has ended.");
    return await this.#opened.checkpointer.take();
  }

  /** @returns the last checkpoint, when one was wanted */
  stop(wish: StopWish): Promise<Manifest | undefined> {
    if (!wish.withCheckpoint) {
      this.#ended(wish.isSuspended ? "suspended" : "stopped", true);
      return Promise.resolve(undefined);
    }
    return this.#stops.run(async () => {
      await this.#becomesLive.promise;
      const opened = this.#opened;
      await opened?.loop.hold();
      if (opened === undefined || this.#isOver) throw new StoppedError("The job has ended.");
      try {
        const manifest = await opened.checkpointer.take();
        this.#ended(wish.isSuspended ? "suspended" : "stopped", wish.isSuspended);
        return manifest;
      } catch (error) {
        if (!this.#isOver) opened.loop.start();
        throw error;
      }
    });
  }

  /** Ends at once, with an error. */
  fail(error: unknown): void {
    if (this.#isOver) return;
    this.#over();
    this.#end.reject(error);
  }

  lagMs(): number | undefined {
    let lag: number | undefined;
    for (const feed of this.#opened?.feeds ?? []) {
      const behind = feed.lagMs();
      if (behind !== undefined) lag = Math.max(lag ?? 0, behind);
    }
    return lag;
  }

  #ended(end: AttemptEnd, keepsStaged: boolean): void {
    if (this.#isOver) return;
    this.#keepsStaged = keepsStaged;
    this.#over();
    this.#end.resolve(end);
  }

  /** From here on nothing is begun any more. */
  #over(): void {
    this.#isOver = true;
    this.#opened?.loop.end();
    this.#opened?.checkpointer.end();
    this.#abort.abort();
    this.#becomesLive.resolve();
  }

  async #open(): Promise<void> {
    const { store, files, log, figures } = this.#parts;
    const found = await store.newest();
    for (const reason of found?.passedOver ?? []) log("error", `${reason} Going on from the one before.`);
    const manifest = await this.#openConnectors(found?.manifest);
    const rounds = await readJournal(files, store.directory, manifest.round);
    if (this.#isOver) return;
    const opened = this.#openSubtasks(manifest, rounds.at(-1)?.number ?? manifest.round);
    await opened.subtasks.ready();
    const isFallback = (found?.passedOver.length ?? 0) > 0;
    await this.#repeat(opened, rounds, isFallback ? manifest : undefined);
    for (const feed of opened.feeds) if (!this.#isOver) await feed.start();
    if (this.#isOver) return;
    this.#isLive = true;
    this.#becomesLive.resolve();
    figures.live();
    this.#parts.live();
    // What was repeated is behind no checkpoint, and staged rows of it wait for one, whether or not more comes.
    if (rounds.length > 0 && !this.#parts.isVolatile) opened.checkpointer.roundBegun();
    opened.loop.start();
    this.#finishIfDone(opened);
  }

  /** Sources and sinks as the manifest says; a run that begins gets its first one here. */
  async #openConnectors(found: Manifest | undefined): Promise<Manifest> {
    const { job, producer, store } = this.#parts;
    const isBegun = found !== undefined && found.producer === producer;
    const parallelism = isBegun ? found.parallelism : this.#parts.parallelism;
    const signal = this.#abort.signal;
    const wake = (): void => this.#opened?.loop.tick();
    const context = { ...this.#parts.open, signal, wake, fail: (error: unknown) => this.fail(error) };
    const sinks = await openSinks(job, parallelism, producer, context);
    Object.assign(this.#partly, { sinks });
    const feeds = await openFeeds(job, parallelism, context);
    Object.assign(this.#partly, { feeds });
    for (const feed of feeds) {
      const state = found?.sources.find(({ uid }) => uid === feed.uid);
      if (state !== undefined) feed.restore(state, isBegun || found?.parallelism === parallelism);
    }
    await sinks.recover(isBegun ? found.sinks : []);
    if (isBegun) return found;
    const manifest = await this.#firstManifest(found, sinks, feeds);
    await store.writeManifest(manifest);
    return manifest;
  }

  /** Before any output: what sinks find out about themselves at the start is durable from here on. */
  async #firstManifest(
    base: Manifest | undefined,
    sinks: SinkGroup,
    feeds: readonly SourceFeed[],
  ): Promise<Manifest> {
    const { clock, mode, parallelism, producer, startedMs } = this.#parts;
    return {
      version: 1,
      checkpoint: 0,
      producer,
      round: 0,
      nowMs: base?.nowMs ?? 0,
      wakeAtMs: base?.wakeAtMs,
      createdMs: clock.now(),
      startedMs,
      mode,
      parallelism,
      sources: feeds.map((feed) => feed.state()),
      sinks: await sinks.prepare(0),
      states: base?.states ?? [],
    };
  }

  #openSubtasks(manifest: Manifest, lastRound: number): Opened {
    const { clock, files, store, seed, minRoundMs, figures, host } = this.#parts;
    const { sinks, feeds } = this.#partly;
    assert(sinks !== undefined && feeds !== undefined, "connectors are opened first");
    const fail = (error: unknown): void => this.fail(error);
    const subtasks = new SubtaskGroup(host, this.#starts(manifest, feeds), fail);
    const journal = new Journal(files, store.directory, lastRound);
    Object.assign(this.#partly, { subtasks, journal });
    const loop = new RoundLoop({
      ...{ clock, feeds, subtasks, sinks, journal, last: manifest, seed, minRoundMs, fail },
      begun: () => {
        if (!this.#parts.isVolatile) this.#opened?.checkpointer.roundBegun();
      },
      completed: (outcomes) => {
        figures.update(outcomes);
        if (this.#opened !== undefined) this.#finishIfDone(this.#opened);
      },
    });
    const checkpointer = this.#checkpointer(manifest, { feeds, sinks, subtasks, journal, loop });
    this.#opened = { feeds, sinks, subtasks, journal, loop, checkpointer };
    return this.#opened;
  }

  #checkpointer(manifest: Manifest, opened: Omit<Opened, "checkpointer">): Checkpointer {
    const { clock, store, producer, startedMs, minPauseMs, log, mode } = this.#parts;
    return new Checkpointer({
      ...opened,
      ...{ clock, store, producer, startedMs, mode, minPauseMs, log },
      parallelism: manifest.parallelism,
      intervalMs: this.#parts.checkpointIntervalMs,
      last: manifest,
      figures: this.#parts.checkpointFigures,
      fail: (error) => this.fail(error),
    });
  }

  #starts(manifest: Manifest, feeds: readonly SourceFeed[]): readonly SubtaskStart[] {
    const { job, store, mode, maxStateBytes, open } = this.#parts;
    const { plan, timeZone, stateTtlMs, functions } = job;
    const { parallelism } = manifest;
    // State of another run may have been dealt to other subtasks.
    const isOwn = manifest.checkpoint > 0;
    return Array.from({ length: parallelism }, (_, subtask) => ({
      ...{ plan, subtask, parallelism, mode, timeZone, stateTtlMs, functions },
      maxStateBytes: Math.floor(maxStateBytes / parallelism),
      encodings: encodingsOf(plan, open.connectors),
      sources: feeds.map((feed) => feed.splitsOf(subtask)),
      restore: manifest.states
        .filter((_state, index) => !isOwn || index === subtask)
        .map((file) => ({ path: store.pathOf(file.name), file })),
    }));
  }

  /**
   * Rounds that were journaled behind the checkpoint.
   * @param fallback the manifest, when newer ones are damaged: their checkpoints are taken again between the same
   *   rounds, and staged sinks, which may have committed them, know them by their numbers
   */
  async #repeat(
    opened: Opened,
    rounds: readonly RoundDescription[],
    fallback: Manifest | undefined,
  ): Promise<void> {
    for (const round of rounds) {
      if (this.#isOver) return;
      const mark = round.checkpoint;
      if (mark !== undefined && fallback !== undefined && mark > fallback.checkpoint) {
        // The failure was counted and logged.
        await opened.checkpointer.retake(mark, fallback).catch(() => undefined);
      }
      if (!this.#isOver) await opened.loop.repeat(round);
    }
  }

  #finishIfDone(opened: Opened): void {
    if (!this.#isLive || !opened.loop.isFinished || this.#isFinishing || this.#isOver) return;
    this.#isFinishing = true;
    void this.#finish(opened);
  }

  /** The last checkpoint makes visible what staged sinks hold. */
  async #finish(opened: Opened): Promise<void> {
    try {
      if (!this.#parts.isVolatile) await opened.checkpointer.takeLast();
      this.#ended("finished", false);
    } catch (error) {
      this.fail(error);
    }
  }

  async #close(): Promise<void> {
    const { subtasks, feeds, journal, sinks } = this.#partly;
    await subtasks?.close();
    const closed = await Promise.allSettled([...(feeds ?? []).map((feed) => feed.close()), journal?.close()]);
    const failures: unknown[] = closed.filter((one) => one.status === "rejected").map((one) => one.reason);
    failures.push(...((await sinks?.close(this.#keepsStaged)) ?? []));
    for (const failure of failures) this.#parts.log("warn", `Closing the job: ${String(failure)}`);
    this.#parts.figures.ended();
  }
}
