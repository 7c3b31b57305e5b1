import type { Clock, Timer } from "../../../core/clock.ts";
import type { Journal } from "../journal/journal.ts";
import type { RoundDescription } from "../journal/round-description.ts";
import type { SubtaskOutcome } from "./round.ts";
import type { SinkGroup } from "./sink-group.ts";
import type { SourceFeed, SourceRound } from "./source-feed.ts";
import type { SubtaskGroup } from "./subtask-group.ts";

export interface RoundLoopParts {
  readonly clock: Clock;
  readonly feeds: readonly SourceFeed[];
  readonly subtasks: SubtaskGroup;
  readonly sinks: SinkGroup;
  readonly journal: Journal;
  /** The last round there was, its time, and when the operators want the next one. */
  readonly last: RoundPoint;
  /** Of the run: what chance is made of, together with the round's number. */
  readonly seed: number;
  /** Rounds that bring little begin at least this far apart. */
  readonly minRoundMs: number;
  readonly begun: () => void;
  readonly completed: (outcomes: readonly SubtaskOutcome[]) => void;
  readonly fail: (error: unknown) => void;
}

export interface RoundPoint {
  readonly round: number;
  readonly nowMs: number;
  readonly wakeAtMs: number | undefined;
}

/** Rounds that were begun and whose output is not yet taken by the sinks. */
const maxUnderWay = 2;
/** With so much at hand a round begins at once. */
const plentyRecords = 4096;

/**
 * Begins rounds when there is something to do and the ones before are nearly through, and sees each to its
 * end: journaled, worked by the subtasks, taken by the sinks, in order.
 */
export class RoundLoop {
  readonly #parts: RoundLoopParts;
  #round: number;
  #nowMs: number;
  /** As the last round that is through says; undefined while others are under way. */
  #wakeAtMs: number | undefined;
  #lastWakeAtMs: number | undefined;
  #underWay = 0;
  #lastBeganMs = Number.NEGATIVE_INFINITY;
  #timer: Timer | undefined;
  #isHeld = true;
  #isEnded = false;
  #mark: number | undefined;
  /** Ends with what was handed in last: rounds and what lies between them, in order. */
  #chain: Promise<void> = Promise.resolve();
  #quiet: (() => void)[] = [];

  constructor(parts: RoundLoopParts) {
    this.#parts = parts;
    this.#round = parts.last.round;
    this.#nowMs = parts.last.nowMs;
    this.#wakeAtMs = parts.last.wakeAtMs;
    this.#lastWakeAtMs = parts.last.wakeAtMs;
  }

  /** The last round that was begun. */
  get round(): number {
    return this.#round;
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  /** All that the sources will ever give was worked through. */
  get isFinished(): boolean {
    return this.#round > 0 && this.#underWay === 0 && this.#parts.feeds.every((feed) => feed.hasEnded);
  }

  start(): void {
    this.#isHeld = false;
    this.tick();
  }

  /** Begins no more rounds, and resolves when those under way are through. */
  hold(): Promise<void> {
    this.#isHeld = true;
    if (this.#underWay === 0) return Promise.resolve();
    return new Promise((resolve) => this.#quiet.push(resolve));
  }

  /** Nothing happens any more. */
  end(): void {
    this.#isEnded = true;
    this.#timer?.cancel();
    for (const resolve of this.#quiet.splice(0)) resolve();
  }

  /**
   * Runs a task between the rounds that were begun so far and later ones: when those are through, before the
   * output of these is written. The next round says in the journal that the checkpoint was begun before it.
   */
  between<T>(checkpoint: number, task: (point: RoundPoint) => Promise<T>): Promise<T> {
    const point = { round: this.#round, nowMs: this.#nowMs };
    this.#mark = checkpoint;
    const result = this.#chain.then(() => {
      if (this.#isEnded) throw new Error("the rounds have ended");
      return task({ ...point, wakeAtMs: this.#lastWakeAtMs });
    });
    this.#chain = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }

  /** Something has changed: begins what can begin. */
  tick(): void {
    while (this.#canBegin()) this.#begin();
    if (this.#underWay === 0) for (const resolve of this.#quiet.splice(0)) resolve();
  }

  #canBegin(): boolean {
    if (this.#isHeld || this.#isEnded || this.#underWay >= maxUnderWay) return false;
    const nowMs = this.#parts.clock.now();
    const isWanted = this.#underWay === 0 && this.#wakeAtMs !== undefined && !this.isFinished;
    const isDue = isWanted && (this.#wakeAtMs ?? 0) <= nowMs;
    const hasWork = this.#parts.feeds.some((feed) => feed.hasWork());
    const isFirst = this.#round === 0 && this.#parts.feeds.length === 0;
    if (!isDue && !hasWork && !isFirst) {
      if (isWanted) this.#setTimer((this.#wakeAtMs ?? 0) - nowMs);
      return false;
    }
    const waitMs = this.#lastBeganMs + this.#parts.minRoundMs - nowMs;
    if (waitMs <= 0 || this.#isPlenty()) return true;
    this.#setTimer(waitMs);
    return false;
  }

  #isPlenty(): boolean {
    let records = 0;
    for (const feed of this.#parts.feeds) records += feed.readyRecords();
    return records >= plentyRecords;
  }

  #setTimer(delayMs: number): void {
    this.#timer?.cancel();
    this.#timer = this.#parts.clock.after(Math.max(0, delayMs), () => this.tick());
  }

  #begin(): void {
    const { clock, feeds, journal, begun } = this.#parts;
    this.#timer?.cancel();
    this.#lastBeganMs = clock.now();
    this.#nowMs = Math.max(this.#nowMs, this.#lastBeganMs);
    this.#round += 1;
    this.#wakeAtMs = undefined;
    const sources = feeds.map((feed) => feed.take()).filter((source) => source !== undefined);
    const description: RoundDescription = {
      number: this.#round,
      nowMs: this.#nowMs,
      ...(this.#mark === undefined ? {} : { checkpoint: this.#mark }),
      sources: sources.map((source) => source.description),
    };
    this.#mark = undefined;
    const journaled = journal.append(description);
    this.#work(description, sources, journaled);
    begun();
  }

  /** Also of rounds that are repeated, which are journaled already. */
  #work(
    { number, nowMs }: RoundDescription,
    sources: readonly SourceRound[],
    journaled: Promise<void>,
  ): void {
    this.#underWay += 1;
    const outcomes = this.#parts.subtasks.run({ number, nowMs, seed: number ^ this.#parts.seed }, sources);
    journaled.catch(() => undefined);
    this.#chain = this.#chain
      .then(async () => {
        if (this.#isEnded) return;
        const [answers] = await Promise.all([outcomes, journaled]);
        if (this.#isEnded) return;
        await this.#parts.sinks.write(number, answers);
        this.#completed(answers);
      })
      .catch((error: unknown) => this.#parts.fail(error));
  }

  #completed(outcomes: readonly SubtaskOutcome[]): void {
    this.#underWay -= 1;
    let wakeAtMs: number | undefined;
    for (const { wakeAtMs: wake } of outcomes) {
      if (wake !== undefined) wakeAtMs = Math.min(wakeAtMs ?? wake, wake);
    }
    this.#lastWakeAtMs = wakeAtMs;
    if (this.#underWay === 0) this.#wakeAtMs = wakeAtMs;
    this.#parts.completed(outcomes);
    this.tick();
  }

  /** Works a journaled round again, to its end. */
  async repeat(description: RoundDescription): Promise<void> {
    const { feeds } = this.#parts;
    const sources: SourceRound[] = [];
    for (const source of description.sources) {
      const feed = feeds.find(({ uid }) => uid === source.uid);
      if (feed === undefined) throw new Error(`the journal names a source that is not there: ${source.uid}`);
      sources.push(await feed.replay(source));
    }
    this.#round = description.number;
    this.#nowMs = description.nowMs;
    this.#work(description, sources, Promise.resolve());
    await this.#chain;
  }
}
