import { assert } from "../../../core/assert.ts";
import type { Clock, Timer } from "../../../core/clock.ts";
import type { SourceState } from "../checkpoint/manifest.ts";
import type { Position, Source, SourceBlock, SourceLimits, Split } from "../connector-port.ts";
import type { SourceDescription, SplitRead } from "../journal/round-description.ts";
import type { SplitBlock, SubtaskSource } from "./round.ts";
import { SplitTable } from "./split-table.ts";
import type { SubtaskSplits } from "./subtask-port.ts";

export interface SourceFeedParts {
  readonly node: number;
  readonly uid: string;
  readonly source: Source;
  readonly clock: Clock;
  readonly parallelism: number;
  /** Of all splits together, for one round. */
  readonly roundLimits: SourceLimits;
  /** After which a split without records is idle; 0: never. */
  readonly idleTimeoutMs: number;
  /** There is something for a round. */
  readonly wake: () => void;
  readonly fail: (error: unknown) => void;
}

/** A source's part of a round. */
export interface SourceRound {
  readonly description: SourceDescription;
  /** One for each subtask; undefined where there is nothing for it. */
  readonly subtasks: readonly (SubtaskSource | undefined)[];
}

/** What is being read of a split, ahead of the rounds. */
interface Reading {
  /** What was read and waits for a round. */
  ready: { readonly from: Position; readonly block: SourceBlock } | undefined;
  isReading: boolean;
  /** There may be more than the last read has found. */
  mayHaveMore: boolean;
  /** Since when nothing has come. */
  quietSinceMs: number;
}

/** Of a subtask: each is read ahead. A source of many files reads so many at a time. */
const maxActiveSplits = 512;
const minSplitBytes = 64 * 1024;
const minSplitRecords = 256;

/**
 * Reads one source ahead of the rounds, by one block a split: finds splits, reads parents before their
 * children, notices which have become idle. No polling: it reads when a round has taken what there was, and
 * when the source says that there is more.
 */
export class SourceFeed {
  readonly node: number;
  readonly uid: string;
  readonly #parts: SourceFeedParts;
  readonly #table: SplitTable;
  readonly #readings = new Map<string, Reading>();
  /** Splits that wait for their parents, or for the next round. */
  readonly #waiting = new Map<string, Split>();
  #listener: Disposable | undefined;
  #isListing = false;
  #mayListMore = false;
  #hasListed = false;
  #isClosed = false;
  #turn = 0;
  #idleTimer: Timer | undefined;

  constructor(parts: SourceFeedParts) {
    this.#parts = parts;
    this.node = parts.node;
    this.uid = parts.uid;
    this.#table = new SplitTable(parts.uid, parts.parallelism);
  }

  get hasEnded(): boolean {
    return this.#table.hasEnded;
  }

  restore(state: SourceState, keepsSubtasks: boolean): void {
    this.#table.restore(state, keepsSubtasks);
  }

  state(): SourceState {
    return this.#table.state();
  }

  /** A subtask's splits, as after the last round. */
  splitsOf(subtask: number): SubtaskSplits {
    return { node: this.node, splits: this.#table.statesOf(subtask), hasEnded: this.#table.hasEnded };
  }

  /** Goes live, from where the table is. */
  async start(): Promise<void> {
    const { source } = this.#parts;
    if (this.#table.hasEnded) return;
    this.#listener = source.onChange((split) => this.#changed(split));
    for (const split of this.#table.activeSplits()) this.#readings.set(split, this.#newReading());
    await this.#list();
    for (const split of this.#readings.keys()) this.#read(split);
  }

  hasWork(): boolean {
    if (this.#table.hasEnded || !this.#hasListed) return false;
    for (const reading of this.#readings.values()) if (reading.ready !== undefined) return true;
    return (
      this.#addable(new Set(), 1).length > 0 || this.#idleSplits().length > 0 || this.#isExhausted(new Set())
    );
  }

  /** How much is ready: a round need not wait for more when there is plenty. */
  readyRecords(): number {
    let records = 0;
    for (const { ready } of this.#readings.values()) {
      if (ready !== undefined) records += ready.block.rowCount ?? ready.block.starts.length;
    }
    return records;
  }

  /** Takes what is ready; undefined when there is nothing. Reading goes on. */
  take(): SourceRound | undefined {
    if (!this.hasWork()) return undefined;
    const blocks = this.#takeReady();
    const reads: SplitRead[] = blocks.map(({ split, from, block }) => ({
      split,
      from,
      to: block.next,
      ...(block.isEnd ? { isEnd: true } : {}),
    }));
    const ending = new Set(reads.filter((read) => read.isEnd === true).map((read) => read.split));
    const addable = this.#addable(ending, Number.POSITIVE_INFINITY);
    const dealt = this.#table.deal(addable.length);
    const added = addable.map(({ id, start }, at) => ({ split: id, from: start, subtask: dealt[at] ?? 0 }));
    const taken = new Set(reads.map((read) => read.split));
    const idle = this.#idleSplits().filter((split) => !taken.has(split));
    const hasEnded = added.length === 0 && this.#isExhausted(ending);
    const description: SourceDescription = {
      uid: this.uid,
      ...(added.length > 0 ? { added } : {}),
      ...(reads.length > 0 ? { reads } : {}),
      ...(idle.length > 0 ? { idle } : {}),
      ...(hasEnded ? { hasEnded } : {}),
    };
    const round = this.#apply(description, blocks);
    for (const { split } of added) {
      this.#waiting.delete(split);
      this.#readings.set(split, this.#newReading());
    }
    for (const split of ending) this.#readings.delete(split);
    for (const split of this.#readings.keys()) this.#read(split);
    this.#setIdleTimer();
    return round;
  }

  /** Does a journaled round again. */
  async replay(description: SourceDescription): Promise<SourceRound> {
    const blocks: SplitBlock[] = [];
    for (const { split, from, to, isEnd } of description.reads ?? []) {
      const block = await this.#parts.source.reread(split, from, to);
      blocks.push({ split, from, block: { ...block, next: to, isEnd: isEnd === true } });
    }
    return this.#apply(description, blocks);
  }

  /** How far behind the newest record; undefined where no split knows. */
  lagMs(): number | undefined {
    let lag: number | undefined;
    for (const split of this.#table.activeSplits()) {
      const position = this.#table.positionOf(split);
      const behind = position === undefined ? undefined : this.#parts.source.lagMs?.(split, position);
      if (behind !== undefined) lag = Math.max(lag ?? 0, behind);
    }
    return lag;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#idleTimer?.cancel();
    this.#listener?.[Symbol.dispose]();
    await this.#parts.source.close();
  }

  #apply(description: SourceDescription, blocks: readonly SplitBlock[]): SourceRound {
    const { node, parallelism } = this.#parts;
    const owners = new Map(blocks.map(({ split }) => [split, undefined as number | undefined]));
    for (const { split, subtask } of description.added ?? []) owners.set(split, subtask);
    for (const { split } of blocks) owners.set(split, owners.get(split) ?? this.#table.subtaskOf(split));
    const hadIdle = blocks.some(({ split }) => this.#table.isIdle(split));
    this.#table.apply(description);
    const { added, idle, reads, hasEnded } = description;
    const isChanged =
      hadIdle ||
      added !== undefined ||
      idle !== undefined ||
      hasEnded === true ||
      reads?.some((read) => read.isEnd === true) === true;
    const subtasks = Array.from({ length: parallelism }, (_, subtask) => {
      const mine = blocks.filter(({ split }) => owners.get(split) === subtask);
      if (mine.length === 0 && !isChanged) return undefined;
      const splits = isChanged ? this.#table.statesOf(subtask) : undefined;
      return { node, blocks: mine, splits, hasEnded: this.#table.hasEnded };
    });
    return { description, subtasks };
  }

  /** Blocks for a round, within its limits; splits take turns at being first. */
  #takeReady(): readonly SplitBlock[] {
    const { maxBytes, maxRecords } = this.#parts.roundLimits;
    const splits = [...this.#readings.keys()];
    const blocks: SplitBlock[] = [];
    let bytes = 0;
    let records = 0;
    this.#turn += 1;
    for (let at = 0; at < splits.length; at += 1) {
      const split = splits[(at + this.#turn) % splits.length];
      const reading = split === undefined ? undefined : this.#readings.get(split);
      if (split === undefined || reading?.ready === undefined) continue;
      if (blocks.length > 0 && (bytes >= maxBytes || records >= maxRecords)) break;
      const { from, block } = reading.ready;
      reading.ready = undefined;
      reading.mayHaveMore = true;
      bytes += block.bytes.byteLength;
      records += block.rowCount ?? block.starts.length;
      blocks.push({ split, from, block });
    }
    return blocks;
  }

  #newReading(): Reading {
    const quietSinceMs = this.#parts.clock.now();
    return { ready: undefined, isReading: false, mayHaveMore: true, quietSinceMs };
  }

  /** Reads on, unless something waits, is being read, or nothing more is there. */
  #read(split: string): void {
    const reading = this.#readings.get(split);
    if (reading === undefined || reading.ready !== undefined || reading.isReading) return;
    if (!reading.mayHaveMore || this.#isClosed) return;
    reading.isReading = true;
    reading.mayHaveMore = false;
    void this.#readOn(split, reading);
  }

  async #readOn(split: string, reading: Reading): Promise<void> {
    try {
      const from = this.#table.positionOf(split);
      assert(from !== undefined, "only active splits are read");
      const block = await this.#parts.source.read(split, from, this.#splitLimits());
      if (this.#isClosed) return;
      reading.isReading = false;
      const isEmpty = (block.rowCount ?? block.starts.length) === 0 && !block.isEnd && block.next === from;
      if (isEmpty) {
        this.#setIdleTimer();
        this.#read(split);
        return;
      }
      reading.ready = { from, block };
      reading.quietSinceMs = this.#parts.clock.now();
      this.#parts.wake();
    } catch (error) {
      if (!this.#isClosed) this.#parts.fail(error);
    }
  }

  #splitLimits(): SourceLimits {
    const { maxBytes, maxRecords } = this.#parts.roundLimits;
    const splits = Math.max(1, this.#readings.size);
    return {
      maxBytes: Math.max(minSplitBytes, Math.floor(maxBytes / splits)),
      maxRecords: Math.max(minSplitRecords, Math.floor(maxRecords / splits)),
    };
  }

  #changed(split: string | undefined): void {
    if (this.#isClosed) return;
    if (split === undefined) {
      for (const reading of this.#readings.values()) reading.mayHaveMore = true;
      for (const known of this.#readings.keys()) this.#read(known);
      this.#list().catch((error: unknown) => this.#parts.fail(error));
      return;
    }
    const reading = this.#readings.get(split);
    if (reading === undefined) return;
    reading.mayHaveMore = true;
    this.#read(split);
  }

  /** Asks for splits; a call during another asks once more. */
  async #list(): Promise<void> {
    this.#mayListMore = true;
    if (this.#isListing) return;
    this.#isListing = true;
    try {
      while (this.#mayListMore && !this.#isClosed) {
        this.#mayListMore = false;
        const listed = await this.#parts.source.splits();
        this.#table.forgetEnded(new Set(listed.map((split) => split.id)));
        for (const split of listed) if (!this.#table.isKnown(split.id)) this.#waiting.set(split.id, split);
        this.#hasListed = true;
      }
    } finally {
      this.#isListing = false;
    }
    if (!this.#isClosed && this.hasWork()) this.#parts.wake();
  }

  /**
   * Splits whose parents have ended, or are unknown: forgotten by a source that no longer has them. As many as
   * there is room for beside those that are read.
   */
  #addable(ending: ReadonlySet<string>, most: number): readonly Split[] {
    const addable: Split[] = [];
    const room = maxActiveSplits * this.#parts.parallelism - this.#table.activeCount + ending.size;
    const limit = Math.min(most, room);
    for (const split of this.#waiting.values()) {
      if (addable.length >= limit) break;
      const isBlocked = split.after.some(
        (parent) => this.#waiting.has(parent) || (this.#table.isActive(parent) && !ending.has(parent)),
      );
      if (!isBlocked) addable.push(split);
    }
    return addable;
  }

  /** Whether all of a bounded source was read, once the splits of `ending` are. */
  #isExhausted(ending: ReadonlySet<string>): boolean {
    if (!this.#parts.source.isBounded || this.#table.hasEnded || !this.#hasListed) return false;
    return this.#waiting.size === 0 && this.#table.activeCount === ending.size;
  }

  /**
   * Those that have become idle first: one that is quiet for longer lets the watermark pass to the others, before
   * they become idle in their turn.
   */
  #idleSplits(): readonly string[] {
    const { idleTimeoutMs, clock } = this.#parts;
    if (idleTimeoutMs === 0) return [];
    let idle: string[] = [];
    let sinceMs = clock.now() - idleTimeoutMs;
    for (const [split, reading] of this.#readings) {
      const isQuiet = reading.ready === undefined && !reading.isReading && !reading.mayHaveMore;
      if (!isQuiet || reading.quietSinceMs > sinceMs || this.#table.isIdle(split)) continue;
      if (reading.quietSinceMs < sinceMs) idle = [];
      sinceMs = reading.quietSinceMs;
      idle.push(split);
    }
    return idle;
  }

  /** For the next split to become idle. */
  #setIdleTimer(): void {
    const { idleTimeoutMs, clock, wake } = this.#parts;
    if (idleTimeoutMs === 0 || this.#isClosed) return;
    let nextMs = Number.POSITIVE_INFINITY;
    for (const [split, reading] of this.#readings) {
      if (reading.ready !== undefined || this.#table.isIdle(split)) continue;
      nextMs = Math.min(nextMs, reading.quietSinceMs + idleTimeoutMs);
    }
    this.#idleTimer?.cancel();
    if (nextMs === Number.POSITIVE_INFINITY) return;
    this.#idleTimer = clock.after(Math.max(1, nextMs - clock.now()), wake);
  }
}
