import type { Field } from "../../../sql/flink/types.ts";
import { type Batch, RowKind } from "../batch.ts";
import { hashRows } from "../columns/index.ts";
import type { Operator, OperatorContext, OperatorSnapshot, Output, RoundContext } from "../operator.ts";
import type { IntervalJoinOperator } from "../plan/physical-plan.ts";
import { outgrown } from "./deduplicate.ts";
import { ExpiryBuckets } from "./expiry-buckets.ts";
import { hasNullKey } from "./join-keys.ts";
import { JoinSide } from "./join-side.ts";
import { JoinedBatches, PairCondition } from "./joined-batches.ts";
import { savedProgress } from "./window-rank.ts";

/** Candidates that the condition is asked about at once. */
const pairsPerQuestion = 4096;
/** Parts of the interval in which rows are looked at for their expiry. */
const bucketsPerInterval = 8;
const leastBucketMs = 100;

/**
 * Joins rows whose times lie within an interval of each other. A row is kept until no row of the other side that
 * it could meet can come any more; a row that comes later than that still meets what is there. Rows of outer
 * sides without a match come out with NULLs when they are let go.
 */
export class IntervalJoin implements Operator {
  readonly #spec: IntervalJoinOperator;
  readonly #context: OperatorContext;
  readonly #sides: readonly [left: JoinSide, right: JoinSide];
  readonly #timeColumns: readonly [number, number];
  readonly #buckets: readonly [ExpiryBuckets, ExpiryBuckets];
  readonly #condition: PairCondition;
  readonly #joined: JoinedBatches;
  readonly #own: Int32Array = new Int32Array(pairsPerQuestion);
  readonly #other: Int32Array = new Int32Array(pairsPerQuestion);
  readonly watermarkDelayMs: number;
  #hashes: Int32Array = new Int32Array(0);
  #progress: number = Number.NEGATIVE_INFINITY;

  constructor(
    spec: IntervalJoinOperator,
    inputs: readonly (readonly Field[])[],
    _fields: readonly Field[],
    context: OperatorContext,
  ) {
    const { keys, leftTimeColumn, rightTimeColumn, lowerMs, upperMs } = spec;
    this.#spec = spec;
    this.#context = context;
    const keeps = { matches: true, times: true };
    this.#sides = [
      new JoinSide(inputs[0] ?? [], keys.left, keys.nullSafe, context, keeps),
      new JoinSide(inputs[1] ?? [], keys.right, keys.nullSafe, context, keeps),
    ];
    this.#timeColumns = [leftTimeColumn, rightTimeColumn];
    const widthMs = Math.max(leastBucketMs, (upperMs - lowerMs) / bucketsPerInterval);
    this.#buckets = [new ExpiryBuckets(widthMs), new ExpiryBuckets(widthMs)];
    this.#condition = new PairCondition(spec.condition, inputs, context);
    const [left, right] = this.#sides;
    this.#joined = new JoinedBatches({ left: left.state.rows, right: right.state.rows }, this.#hasRight);
    // A row comes out at most so much later than its own time.
    this.watermarkDelayMs = spec.isEventTime ? Math.max(0, -lowerMs, upperMs) : 0;
  }

  get #hasRight(): boolean {
    return this.#spec.type !== "semi" && this.#spec.type !== "anti";
  }

  /** Whether rows of a side come out without a match. */
  #isOuter(side: number): boolean {
    const { type } = this.#spec;
    return type === "full" || type === (side === 0 ? "left" : "right") || (type === "anti" && side === 0);
  }

  /** Times of the other side that a row of this side can meet. */
  #range(side: number, timeMs: number): readonly [fromMs: number, toMs: number] {
    const { lowerMs, upperMs } = this.#spec;
    return side === 0 ? [timeMs - upperMs, timeMs - lowerMs] : [timeMs + lowerMs, timeMs + upperMs];
  }

  process(input: number, batch: Batch, output: Output, round: RoundContext): void {
    const { rowCount, columns } = batch;
    const side = this.#sides[input] as JoinSide;
    if (this.#hashes.length < rowCount) this.#hashes = new Int32Array(rowCount);
    const hashes = this.#hashes;
    hashRows(columns, side.keyColumns, rowCount, hashes);
    const times = columns[this.#timeColumns[input] as number]?.values as Float64Array;
    const added: number[] = [];
    let pairs = 0;
    for (let row = 0; row < rowCount; row += 1) {
      const timeMs = this.#spec.isEventTime ? (times[row] as number) : round.nowMs;
      // Kept for the question at least: numbers stay until the batch is done.
      const number = side.add(columns, row, hashes[row] as number, timeMs);
      added.push(number);
      if (hasNullKey(columns, side.keyColumns, row, side.nullSafe)) continue;
      pairs = this.#candidates(
        input,
        number,
        { columns, row, hash: hashes[row] as number, timeMs },
        pairs,
        (count) => this.#ask(input, count, output, round),
      );
    }
    this.#ask(input, pairs, output, round);
    this.#settle(input, added, output);
    this.#joined.flush(output);
    if (this.stateBytes() > this.#context.maxStateBytes) throw outgrown(this.#context);
  }

  /** Collects the rows of the other side that a new row may match. @returns pairs that wait for the question */
  #candidates(
    input: number,
    number: number,
    { columns, row, hash, timeMs }: { columns: Batch["columns"]; row: number; hash: number; timeMs: number },
    waiting: number,
    ask: (count: number) => void,
  ): number {
    let pairs = waiting;
    const side = this.#sides[input] as JoinSide;
    const other = this.#sides[1 - input] as JoinSide;
    const key = other.keyOf(columns, side.keyColumns, row, hash);
    if (key < 0) return pairs;
    const [fromMs, toMs] = this.#range(input, timeMs);
    for (let match = other.state.first(key); match >= 0; match = other.state.next(match)) {
      const otherMs = other.times.values[match] as number;
      if (otherMs < fromMs || otherMs > toMs) continue;
      if (pairs === pairsPerQuestion) {
        ask(pairs);
        pairs = 0;
      }
      this.#own[pairs] = number;
      this.#other[pairs] = match;
      pairs += 1;
    }
    return pairs;
  }

  #ask(input: number, count: number, output: Output, round: RoundContext): void {
    const [left, right] = input === 0 ? [this.#own, this.#other] : [this.#other, this.#own];
    const [leftSide, rightSide] = this.#sides;
    const stores = { left: leftSide.state.rows, right: rightSide.state.rows };
    const kept = this.#condition.keep(stores, left, right, count, round);
    for (let at = 0; at < kept; at += 1) {
      const [one, two] = [left[at] as number, right[at] as number];
      const isFirst = leftSide.matches.values[one] === 0;
      leftSide.matches.values[one] = 1;
      rightSide.matches.values[two] = 1;
      if (this.#hasRight) this.#joined.add(one, two, RowKind.insert, output);
      else if (this.#spec.type === "semi" && isFirst) this.#joined.add(one, -1, RowKind.insert, output);
    }
  }

  /** New rows stay as long as they can meet others; those that never can are let go at once. */
  #settle(input: number, added: readonly number[], output: Output): void {
    const side = this.#sides[input] as JoinSide;
    const gone: number[] = [];
    for (const number of added) {
      const [, untilMs] = this.#range(input, side.times.values[number] as number);
      if (untilMs > this.#progress) this.#buckets[input]?.add(untilMs, number);
      else gone.push(number);
    }
    if (gone.length > 0) this.#letGo(input, gone, output);
  }

  #letGo(input: number, numbers: readonly number[], output: Output): void {
    const side = this.#sides[input] as JoinSide;
    if (this.#isOuter(input))
      for (const number of numbers)
        if (side.matches.values[number] === 0)
          this.#joined.add(input === 0 ? number : -1, input === 0 ? -1 : number, RowKind.insert, output);
    this.#joined.flush(output);
    for (const number of numbers) side.state.remove(number);
  }

  advance(watermark: number, output: Output, round: RoundContext): void {
    this.#progress = this.#spec.isEventTime ? watermark : round.nowMs;
    for (const [input, buckets] of this.#buckets.entries()) {
      const { times } = this.#sides[input] as JoinSide;
      const gone = buckets.take(
        this.#progress,
        (number) => this.#range(input, times.values[number] as number)[1],
      );
      // By time, and by number where times are equal: the same again when a round is repeated.
      gone.sort((a, b) => (times.values[a] as number) - (times.values[b] as number) || a - b);
      if (gone.length > 0) this.#letGo(input, gone, output);
    }
  }

  wakeAtMs(): number | undefined {
    if (this.#spec.isEventTime) return undefined;
    const least = Math.min(...this.#buckets.map((buckets) => buckets.firstMs()));
    return Number.isFinite(least) ? least : undefined;
  }

  snapshot(): OperatorSnapshot {
    const [left, right] = this.#sides;
    const progress = { name: "progress", values: Float64Array.of(this.#progress), nulls: undefined };
    const parts = [...left.snapshot("left"), ...right.snapshot("right")];
    parts.push({ name: "progress", rowCount: 1, columns: [progress] });
    return { version: 1, mode: this.#context.mode, parts };
  }

  restore(snapshots: readonly OperatorSnapshot[]): void {
    for (const [input, side] of this.#sides.entries()) {
      side.restore(input === 0 ? "left" : "right", snapshots, this.#context);
      for (let row = 0; row < side.state.rows.slotCount; row += 1)
        if (side.state.rows.isLive(row))
          this.#buckets[input]?.add(this.#range(input, side.times.values[row] as number)[1], row);
    }
    this.#progress = savedProgress(snapshots);
  }

  stateBytes(): number {
    const [left, right] = this.#sides;
    return left.bytes + right.bytes + this.#buckets[0].bytes + this.#buckets[1].bytes;
  }
}
