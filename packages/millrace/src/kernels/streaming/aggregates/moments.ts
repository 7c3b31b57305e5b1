import type { FlinkType } from "../../../sql/flink/types.ts";
import { type Column, laneOf } from "../batch.ts";
import { allocateValues } from "../columns/index.ts";
import { columnOf, SlotDoubles } from "../state/index.ts";
import type { Aggregate, AggregateContext, RestoredState, SavedState } from "./aggregate.ts";
import { fromDouble } from "./numbers.ts";

export type MomentFunction = "stddev_pop" | "stddev_samp" | "var_pop" | "var_samp";

/** Variances and standard deviations by Welford's method, in doubles. */
export class Moments implements Aggregate {
  readonly #counts: SlotDoubles = new SlotDoubles();
  readonly #means: SlotDoubles = new SlotDoubles();
  /** Sums of squared distances from the mean. */
  readonly #squares: SlotDoubles = new SlotDoubles();
  readonly #function: MomentFunction;
  readonly #argument: FlinkType;
  readonly #type: FlinkType;
  readonly #context: AggregateContext;

  constructor(name: MomentFunction, argument: FlinkType, type: FlinkType, context: AggregateContext) {
    this.#function = name;
    this.#argument = argument;
    this.#type = type;
    this.#context = context;
  }

  grow(capacity: number): void {
    for (const state of [this.#counts, this.#means, this.#squares]) state.grow(capacity);
  }

  clear(slot: number): void {
    for (const state of [this.#counts, this.#means, this.#squares]) state.clear(slot);
  }

  add(args: readonly Column[], rows: Int32Array, slots: Int32Array, count: number): void {
    const column = args[0] as Column;
    for (let at = 0; at < count; at += 1) {
      const value = this.#read(column, rows[at] as number);
      if (value !== undefined) this.#combine(slots[at] as number, 1, value, 0);
    }
  }

  retract(args: readonly Column[], rows: Int32Array, slots: Int32Array, count: number): void {
    const column = args[0] as Column;
    for (let at = 0; at < count; at += 1) {
      const value = this.#read(column, rows[at] as number);
      if (value !== undefined) this.#takeBack(slots[at] as number, value);
    }
  }

  merge(source: Aggregate, from: Int32Array, to: Int32Array, count: number): void {
    const other = source as Moments;
    for (let at = 0; at < count; at += 1) {
      const slot = from[at] as number;
      const rows = other.#counts.values[slot] as number;
      const mean = other.#means.values[slot] as number;
      if (rows > 0) this.#combine(to[at] as number, rows, mean, other.#squares.values[slot] as number);
    }
  }

  #read(column: Column, row: number): number | undefined {
    if (column.nulls !== undefined && column.nulls[row] === 1) return undefined;
    const value = Number(column.values[row]);
    return this.#argument.kind === "decimal" ? value / 10 ** this.#argument.scale : value;
  }

  #combine(slot: number, rows: number, mean: number, squares: number): void {
    const before = this.#counts.values[slot] as number;
    const total = before + rows;
    const distance = mean - (this.#means.values[slot] as number);
    this.#counts.values[slot] = total;
    this.#means.values[slot] = (this.#means.values[slot] as number) + (distance * rows) / total;
    this.#squares.values[slot] =
      (this.#squares.values[slot] as number) + squares + (distance * distance * before * rows) / total;
  }

  #takeBack(slot: number, value: number): void {
    const left = (this.#counts.values[slot] as number) - 1;
    if (left <= 0) {
      this.clear(slot);
      return;
    }
    const mean = this.#means.values[slot] as number;
    const meanBefore = mean + (mean - value) / left;
    const squares = (this.#squares.values[slot] as number) - (value - mean) * (value - meanBefore);
    this.#counts.values[slot] = left;
    this.#means.values[slot] = meanBefore;
    this.#squares.values[slot] = left === 1 ? 0 : Math.max(0, squares);
  }

  results(slots: Int32Array, count: number): Column {
    const values = allocateValues(laneOf(this.#type, this.#context.mode), count);
    const nulls = new Uint8Array(count);
    for (let at = 0; at < count; at += 1) {
      const moment = this.#moment(slots[at] as number);
      const result = moment === undefined ? undefined : fromDouble(moment, this.#type, this.#context.mode);
      if (result === undefined) nulls[at] = 1;
      else values[at] = result as never;
    }
    return { values, nulls: nulls.includes(1) ? nulls : undefined };
  }

  #moment(slot: number): number | undefined {
    const isSample = this.#function.endsWith("samp");
    const divisor = (this.#counts.values[slot] as number) - (isSample ? 1 : 0);
    if (divisor <= 0) return undefined;
    const variance = (this.#squares.values[slot] as number) / divisor;
    return this.#function.startsWith("stddev") ? Math.sqrt(variance) : variance;
  }

  save(saved: SavedState, slotCount: number, name: string): void {
    saved.columns.push(this.#counts.snapshot(`${name}.count`, slotCount));
    saved.columns.push(this.#means.snapshot(`${name}.mean`, slotCount));
    saved.columns.push(this.#squares.snapshot(`${name}.squares`, slotCount));
  }

  restore(saved: readonly RestoredState[], name: string): void {
    for (const { part, mapping } of saved) {
      this.#counts.restore(columnOf(part, `${name}.count`), mapping);
      this.#means.restore(columnOf(part, `${name}.mean`), mapping);
      this.#squares.restore(columnOf(part, `${name}.squares`), mapping);
    }
  }

  get bytes(): number {
    return this.#counts.bytes * 3;
  }
}
