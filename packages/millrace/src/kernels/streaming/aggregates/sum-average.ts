import type { FlinkType } from "../../../sql/flink/types.ts";
import { type Column, laneOf } from "../batch.ts";
import { allocateValues } from "../columns/index.ts";
import type { Aggregate, AggregateContext, RestoredState, SavedState } from "./aggregate.ts";
import { type Decimals, divideHalfUp, fitsPrecision, rescale, wrapInteger } from "./numbers.ts";
import { DecimalSums, DoubleSums, IntegerSums, LongSums, type Sums } from "./sums.ts";

/**
 * SUM and AVG. Of whole numbers SUM has their own type and wraps around as Java's does, AVG is cut to whole
 * numbers; a DECIMAL that does not fit is NULL.
 */
export class SumOrAverage implements Aggregate {
  readonly #sums: Sums;
  readonly #type: FlinkType;
  readonly #isAverage: boolean;
  readonly #argument: FlinkType;
  readonly #context: AggregateContext;
  /** What SUM is of no rows: NULL, or 0. */
  readonly #isZeroOfNone: boolean;

  constructor(name: "sum" | "sum0" | "avg", argument: FlinkType, type: FlinkType, context: AggregateContext) {
    this.#isAverage = name === "avg";
    this.#isZeroOfNone = name === "sum0";
    this.#type = type;
    this.#argument = argument;
    this.#context = context;
    this.#sums = sumsOf(argument, this.#isAverage, context);
  }

  grow(capacity: number): void {
    this.#sums.grow(capacity);
  }

  clear(slot: number): void {
    this.#sums.clear(slot);
  }

  add(args: readonly Column[], rows: Int32Array, slots: Int32Array, count: number): void {
    this.#sums.step(args[0] as Column, rows, slots, count, 1);
  }

  retract(args: readonly Column[], rows: Int32Array, slots: Int32Array, count: number): void {
    this.#sums.step(args[0] as Column, rows, slots, count, -1);
  }

  merge(source: Aggregate, from: Int32Array, to: Int32Array, count: number): void {
    this.#sums.merge((source as SumOrAverage).#sums, from, to, count);
  }

  results(slots: Int32Array, count: number): Column {
    const values = allocateValues(laneOf(this.#type, this.#context.mode), count);
    const nulls = new Uint8Array(count);
    let anyNull = false;
    for (let at = 0; at < count; at += 1) {
      const result = this.#result(slots[at] as number);
      if (result === undefined) {
        nulls[at] = 1;
        anyNull = true;
      } else values[at] = result as never;
    }
    return { values, nulls: anyNull ? nulls : undefined };
  }

  #result(slot: number): number | bigint | undefined {
    const sums = this.#sums;
    const rows = sums.counts.values[slot] as number;
    if (rows === 0 && !this.#isZeroOfNone) return undefined;
    if (sums instanceof DoubleSums) {
      const sum = sums.values[slot] as number;
      const result = this.#isAverage ? sum / rows : sum;
      return this.#type.kind === "float" ? Math.fround(result) : result;
    }
    if (sums instanceof IntegerSums) {
      const sum = sums.values[slot] as number;
      if (this.#isAverage) return Math.trunc(sum / rows) + 0;
      return this.#type.kind === "bigint" ? sum : wrapInteger(sum, this.#type.kind);
    }
    if (sums instanceof LongSums) return this.#ofLong(sums.values[slot] as bigint, rows);
    return this.#ofDecimal((sums as DecimalSums).at(slot), rows);
  }

  #ofLong(sum: bigint, rows: number): number | bigint {
    const result = this.#isAverage ? sum / BigInt(rows) : sum;
    if (this.#type.kind === "bigint") return result;
    return wrapInteger(Number(BigInt.asIntN(32, result)), this.#type.kind);
  }

  #ofDecimal(sum: bigint, rows: number): bigint | undefined {
    const type = this.#type as Decimals;
    const scale = (this.#argument as Decimals).scale;
    const result = this.#isAverage
      ? divideHalfUp(sum * 10n ** BigInt(Math.max(0, type.scale - scale)), BigInt(rows))
      : rescale(sum, scale, type.scale);
    return fitsPrecision(result, type.precision) ? result : undefined;
  }

  save(saved: SavedState, slotCount: number, name: string): void {
    this.#sums.save(saved, slotCount, name);
  }

  restore(saved: readonly RestoredState[], name: string): void {
    this.#sums.restore(saved, name);
  }

  get bytes(): number {
    return this.#sums.bytes;
  }
}

function sumsOf(type: FlinkType, isAverage: boolean, context: AggregateContext): Sums {
  switch (type.kind) {
    case "decimal":
      return new DecimalSums(type.scale);
    case "double":
      return new DoubleSums(false);
    case "float":
      // Averages of FLOATs are made of sums of 64 bits.
      return new DoubleSums(!isAverage);
    default:
      return context.mode === "exact" ? new LongSums() : new IntegerSums();
  }
}
