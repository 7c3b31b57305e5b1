import type { Value } from "../../../sql/flink/bound-expression.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import { type Column, laneOf } from "../batch.ts";
import { ColumnBuilder, readValue } from "../columns/index.ts";
import { columnOf } from "../state/index.ts";
import type { Aggregate, AggregateContext, RestoredState, SavedState } from "./aggregate.ts";
import { ValueLists } from "./value-lists.ts";

/** What a list of values is turned into; null: NULL. */
export type ListResult = (values: readonly Value[]) => Value;

/**
 * Aggregates that keep all values of a group in the order in which they came: LISTAGG, ARRAY_AGG, and FIRST_VALUE
 * and LAST_VALUE where rows are taken back. A row that is taken back before it comes is owed: it is left out when
 * it does.
 */
export class ListAggregate implements Aggregate {
  readonly #lists: ValueLists;
  readonly #owed: ValueLists;
  readonly #keepsNulls: boolean;
  readonly #type: FlinkType;
  readonly #context: AggregateContext;
  readonly #result: ListResult;

  constructor(
    element: FlinkType,
    type: FlinkType,
    keepsNulls: boolean,
    context: AggregateContext,
    result: ListResult,
  ) {
    this.#lists = new ValueLists(element, context.mode);
    this.#owed = new ValueLists(element, context.mode);
    this.#keepsNulls = keepsNulls;
    this.#type = type;
    this.#context = context;
    this.#result = result;
  }

  grow(capacity: number): void {
    this.#lists.grow(capacity);
    this.#owed.grow(capacity);
  }

  clear(slot: number): void {
    this.#lists.clear(slot);
    this.#owed.clear(slot);
  }

  add(args: readonly Column[], rows: Int32Array, slots: Int32Array, count: number): void {
    for (let at = 0; at < count; at += 1) {
      const value = argumentOf(args, rows[at] as number);
      const slot = slots[at] as number;
      if (value === null && !this.#keepsNulls) continue;
      if (this.#owed.get(slot).length > 0 && this.#owed.removeFirst(slot, value)) continue;
      this.#lists.push(slot, value);
    }
  }

  retract(args: readonly Column[], rows: Int32Array, slots: Int32Array, count: number): void {
    for (let at = 0; at < count; at += 1) {
      const value = argumentOf(args, rows[at] as number);
      if (value === null && !this.#keepsNulls) continue;
      if (!this.#lists.removeFirst(slots[at] as number, value)) this.#owed.push(slots[at] as number, value);
    }
  }

  merge(source: Aggregate, from: Int32Array, to: Int32Array, count: number): void {
    const other = (source as ListAggregate).#lists;
    for (let at = 0; at < count; at += 1) {
      for (const value of other.get(from[at] as number)) this.#lists.push(to[at] as number, value);
    }
  }

  results(slots: Int32Array, count: number): Column {
    const builder = new ColumnBuilder(laneOf(this.#type, this.#context.mode), count);
    for (let at = 0; at < count; at += 1)
      builder.appendValue(this.#result(this.#lists.get(slots[at] as number)));
    return builder.finish();
  }

  save(saved: SavedState, slotCount: number, name: string): void {
    saved.columns.push(this.#lists.snapshot(`${name}.list`, slotCount));
    saved.columns.push(this.#owed.snapshot(`${name}.owed`, slotCount));
  }

  restore(saved: readonly RestoredState[], name: string): void {
    for (const { part, mapping } of saved) {
      this.#lists.restore(columnOf(part, `${name}.list`), mapping);
      this.#owed.restore(columnOf(part, `${name}.owed`), mapping);
    }
  }

  get bytes(): number {
    return this.#lists.bytes + this.#owed.bytes;
  }
}

/** The value of one argument, the tuple of several. */
function argumentOf(args: readonly Column[], row: number): Value {
  if (args.length === 1) return readValue(args[0] as Column, row);
  return args.map((column) => readValue(column, row));
}
