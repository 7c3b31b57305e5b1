import type { AggregateCall } from "../../../sql/flink/relation.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import type { Batch, Column } from "../batch.ts";
import type { SlotState } from "../state/index.ts";
import type { Aggregate, AggregateContext, RestoredState, SavedState } from "./aggregate.ts";
import { createAggregate, isDistinct } from "./create-aggregate.ts";
import { DistinctValues } from "./distinct-values.ts";
import { RowScratch } from "./row-scratch.ts";

interface PlainCall {
  readonly aggregate: Aggregate;
  readonly args: readonly number[];
  readonly filter: number | undefined;
}

interface DistinctCalls {
  readonly values: DistinctValues;
  readonly args: readonly number[];
  readonly filters: readonly (number | undefined)[];
}

interface Selection {
  readonly rows: Int32Array;
  readonly slots: Int32Array;
  readonly count: number;
}

/** All calls of an aggregation over many groups; a group's state lies under its slot. */
export class AggregateSet implements SlotState {
  /** In the order of the calls. */
  readonly #aggregates: readonly Aggregate[];
  readonly #plain: readonly PlainCall[];
  readonly #distinct: readonly DistinctCalls[];
  readonly #scratch = new Map<number, RowScratch>();

  /** @param types of the input's columns */
  constructor(calls: readonly AggregateCall[], types: readonly FlinkType[], context: AggregateContext) {
    const typesOf = (args: readonly number[]): readonly FlinkType[] =>
      args.map((arg) => types[arg] as FlinkType);
    this.#aggregates = calls.map((call) => createAggregate(call, typesOf(call.arguments), context));
    this.#plain = calls.flatMap((call, at) =>
      isDistinct(call)
        ? []
        : [{ aggregate: this.#aggregates[at] as Aggregate, args: call.arguments, filter: call.filter }],
    );
    const distinct = calls.map((_, at) => at).filter((at) => isDistinct(calls[at] as AggregateCall));
    const groups = Map.groupBy(distinct, (at) => calls[at]?.arguments.join(",") ?? "");
    this.#distinct = [...groups.values()].map((members) => {
      const args = calls[members[0] as number]?.arguments ?? [];
      const byFilter = Map.groupBy(members, (at) => calls[at]?.filter);
      const aggregates = [...byFilter.values()].map((list) =>
        list.map((at) => this.#aggregates[at] as Aggregate),
      );
      return {
        values: new DistinctValues(typesOf(args), aggregates, context),
        args,
        filters: [...byFilter.keys()],
      };
    });
  }

  grow(capacity: number): void {
    for (const aggregate of this.#aggregates) aggregate.grow(capacity);
    for (const { values } of this.#distinct) values.grow(capacity);
  }

  clear(slot: number): void {
    for (const aggregate of this.#aggregates) aggregate.clear(slot);
    for (const { values } of this.#distinct) values.clear(slot);
  }

  /** Adds `rows[i]` of the batch to the group of `slots[i]`, for i below `count`. */
  add(batch: Batch, rows: Int32Array, slots: Int32Array, count: number): void {
    const select = this.#selector(batch, { rows, slots, count });
    for (const { aggregate, args, filter } of this.#plain) {
      const chosen = select(filter);
      aggregate.add(columnsOf(batch, args), chosen.rows, chosen.slots, chosen.count);
    }
    for (const { values, args, filters } of this.#distinct) {
      const columns = columnsOf(batch, args);
      for (let at = 0; at < filters.length; at += 1) {
        const chosen = select(filters[at]);
        values.add(at, columns, chosen.rows, chosen.slots, chosen.count, batch.rowCount);
      }
    }
  }

  retract(batch: Batch, rows: Int32Array, slots: Int32Array, count: number): void {
    const select = this.#selector(batch, { rows, slots, count });
    for (const { aggregate, args, filter } of this.#plain) {
      const chosen = select(filter);
      aggregate.retract(columnsOf(batch, args), chosen.rows, chosen.slots, chosen.count);
    }
    for (const { values, args, filters } of this.#distinct) {
      const columns = columnsOf(batch, args);
      for (let at = 0; at < filters.length; at += 1) {
        const chosen = select(filters[at]);
        values.retract(at, columns, chosen.rows, chosen.slots, chosen.count, batch.rowCount);
      }
    }
  }

  /** Adds what groups `from[i]` of a set of the same calls hold to groups `to[i]`. */
  merge(source: AggregateSet, from: Int32Array, to: Int32Array, count: number): void {
    for (let at = 0; at < this.#plain.length; at += 1) {
      const other = source.#plain[at] as PlainCall;
      this.#plain[at]?.aggregate.merge(other.aggregate, from, to, count);
    }
    for (let at = 0; at < this.#distinct.length; at += 1) {
      const other = source.#distinct[at] as DistinctCalls;
      this.#distinct[at]?.values.merge(other.values, from, to, count);
    }
  }

  /** A column for each call. */
  results(slots: Int32Array, count: number): Column[] {
    return this.#aggregates.map((aggregate) => aggregate.results(slots, count));
  }

  save(saved: SavedState, slotCount: number): void {
    this.#aggregates.forEach((aggregate, at) => {
      aggregate.save(saved, slotCount, `call${at}`);
    });
    this.#distinct.forEach(({ values }, at) => {
      values.save(saved, `distinct${at}`);
    });
  }

  restore(saved: readonly RestoredState[]): void {
    this.#aggregates.forEach((aggregate, at) => {
      aggregate.restore(saved, `call${at}`);
    });
    this.#distinct.forEach(({ values }, at) => {
      values.restore(saved, `distinct${at}`);
    });
  }

  get bytes(): number {
    let bytes = 0;
    for (const aggregate of this.#aggregates) bytes += aggregate.bytes;
    for (const { values } of this.#distinct) bytes += values.bytes;
    return bytes;
  }

  /** Rows that pass a filter, found once for all calls that have it. */
  #selector(batch: Batch, all: Selection): (filter: number | undefined) => Selection {
    const found = new Map<number, Selection>();
    return (filter) => {
      if (filter === undefined) return all;
      let chosen = found.get(filter);
      if (chosen === undefined) {
        chosen = this.#filtered(batch, filter, all);
        found.set(filter, chosen);
      }
      return chosen;
    };
  }

  #filtered(batch: Batch, filter: number, { rows, slots, count }: Selection): Selection {
    let scratch = this.#scratch.get(filter);
    if (scratch === undefined) {
      scratch = new RowScratch();
      this.#scratch.set(filter, scratch);
    }
    scratch.begin(count);
    const { values, nulls } = batch.columns[filter] as Column;
    for (let at = 0; at < count; at += 1) {
      const row = rows[at] as number;
      if (values[row] === 1 && (nulls === undefined || nulls[row] === 0))
        scratch.push(row, slots[at] as number);
    }
    return scratch;
  }
}

function columnsOf(batch: Batch, args: readonly number[]): readonly Column[] {
  return args.map((arg) => batch.columns[arg] as Column);
}
