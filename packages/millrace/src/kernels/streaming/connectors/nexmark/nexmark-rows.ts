import type { IntegerMode } from "../../../../sql/flink/functions/scalar-function.ts";
import type { TableDefinition } from "../../../../sql/flink/relation.ts";
import type { FlinkType } from "../../../../sql/flink/types.ts";
import { type Batch, type Column, type ColumnValues, laneOf } from "../../batch.ts";
import { allocateValues, type WritableValues } from "../../columns/index.ts";
import type { InternalConnector, Position, RowMaker } from "../../connector-port.ts";
import type { SourceColumn } from "../../plan/physical-plan.ts";
import {
  type Auction,
  type Bid,
  EventKind,
  type EventSink,
  NexmarkEvents,
  type Person,
} from "./nexmark-events.ts";
import { type EventField, eventFields } from "./nexmark-fields.ts";
import { settingsOf, splitOf } from "./nexmark-options.ts";

/** Events of a batch. */
const batchRows = 4096;

/** Fields whose draws come before all texts of their event: without the others the texts need not be made. */
const numericFields: ReadonlySet<string> = new Set([
  ...["person.id", "person.dateTime", "bid.auction", "bid.bidder", "bid.price", "bid.dateTime"],
  ...["auction.id", "auction.itemName", "auction.description", "auction.initialBid", "auction.reserve"],
  ...["auction.dateTime", "auction.expires", "auction.seller", "auction.category"],
]);

export const nexmarkRows: InternalConnector = {
  openRows: (table, columns, mode) => new NexmarkRows(table, columns, mode),
};

/** A column while a batch is made. */
interface Target {
  /** `event_type`, `bid`, `bid.price`, ... */
  readonly name: string;
  /** The kind of event that has it; undefined: all. */
  readonly kind: number | undefined;
  /** Undefined for a whole event, and for its kind. */
  readonly field: EventField | undefined;
  readonly type: FlinkType;
}

/** Makes only the columns that a query reads. */
class NexmarkRows implements RowMaker {
  readonly #events: NexmarkEvents;
  readonly #splits: number;
  readonly #targets: readonly Target[];
  readonly #mode: IntegerMode;
  readonly #wantsTexts: boolean;

  constructor(table: TableDefinition, columns: readonly SourceColumn[], mode: IntegerMode) {
    const settings = settingsOf(table);
    this.#events = new NexmarkEvents(settings);
    this.#splits = settings.splits;
    this.#mode = mode;
    this.#targets = columns.map((column) => targetOf(table, column));
    this.#wantsTexts = this.#targets.some(({ name, kind }) => kind !== undefined && !numericFields.has(name));
  }

  *rows(split: string, from: Position, to: Position): Iterable<Batch> {
    const offset = splitOf(split);
    for (let at = Number(from); at < Number(to); at += batchRows)
      yield this.#batch(offset, at, Math.min(at + batchRows, Number(to)));
  }

  #batch(offset: number, from: number, to: number): Batch {
    const rowCount = to - from;
    const sink = new BatchSink(this.#targets, rowCount, this.#mode, this.#wantsTexts);
    const [events, splits] = [this.#events, this.#splits];
    for (let at = from; at < to; at += 1) {
      events.make(at * splits + offset, sink);
      sink.row += 1;
    }
    return { rowCount, columns: sink.columns(), kinds: undefined };
  }
}

const kindNames: readonly string[] = ["person", "auction", "bid"];

function targetOf(table: TableDefinition, { field, column, path }: SourceColumn): Target {
  const outer = table.columns[column]?.field;
  if (outer === undefined) throw new RangeError("a source reads a column that its table has not");
  const kind = kindNames.indexOf(outer.name);
  const [index] = path;
  const inner =
    index === undefined || outer.type.kind !== "row" ? "" : (outer.type.fields[index]?.name ?? "");
  const name = inner === "" ? outer.name : `${outer.name}.${inner}`;
  return { name, kind: kind < 0 ? undefined : kind, field: eventFields[name], type: field.type };
}

type Event = Person | Auction | Bid;

/** Puts the fields of events into columns. */
class BatchSink implements EventSink {
  readonly wantsTexts: boolean;
  row = 0;
  readonly #rowCount: number;
  readonly #values: readonly WritableValues[];
  readonly #nulls: readonly Uint8Array[];
  /** By kind of event: places of the targets that it fills. */
  readonly #filled: readonly (readonly number[])[];
  readonly #targets: readonly Target[];
  readonly #kinds: number;
  readonly #isExact: boolean;

  constructor(targets: readonly Target[], rowCount: number, mode: IntegerMode, wantsTexts: boolean) {
    this.#targets = targets;
    this.#rowCount = rowCount;
    this.wantsTexts = wantsTexts;
    this.#isExact = mode === "exact";
    this.#values = targets.map(({ type }) => allocateValues(laneOf(type, mode), rowCount));
    this.#nulls = targets.map(({ kind }) => new Uint8Array(kind === undefined ? 0 : rowCount).fill(1));
    this.#filled = [0, 1, 2].map((kind) => [...targets.keys()].filter((at) => targets[at]?.kind === kind));
    this.#kinds = targets.findIndex(({ name }) => name === "event_type");
  }

  person(event: Person): void {
    this.#take(EventKind.person, event);
  }

  auction(event: Auction): void {
    this.#take(EventKind.auction, event);
  }

  bid(event: Bid): void {
    this.#take(EventKind.bid, event);
  }

  #take(kind: number, event: Event): void {
    const { row } = this;
    if (this.#kinds >= 0) (this.#values[this.#kinds] as Int32Array)[row] = kind;
    const filled = this.#filled[kind] as readonly number[];
    for (let index = 0; index < filled.length; index += 1) {
      const at = filled[index] as number;
      (this.#nulls[at] as Uint8Array)[row] = 0;
      this.#put(at, row, event);
    }
  }

  #put(at: number, row: number, event: Event): void {
    const target = this.#targets[at] as Target;
    const values = this.#values[at] as WritableValues;
    const { field } = target;
    if (field === undefined) (values as unknown[])[row] = this.#wholeEvent(target, event);
    else if (values instanceof Float64Array) values[row] = field(event as never) as number;
    else if (values instanceof BigInt64Array) values[row] = BigInt(field(event as never) as number);
    else (values as unknown[])[row] = field(event as never);
  }

  #wholeEvent({ name, type }: Target, event: Event): unknown {
    if (type.kind !== "row") return null;
    return type.fields.map((field) =>
      this.#valueOf(field.type, eventFields[`${name}.${field.name}`]?.(event as never) ?? null),
    );
  }

  #valueOf(type: FlinkType, value: unknown): unknown {
    return type.kind === "bigint" && this.#isExact ? BigInt(value as number) : value;
  }

  columns(): Column[] {
    return this.#values.map((values, at) => {
      const nulls = this.#nulls[at] as Uint8Array;
      return {
        values: values as ColumnValues,
        nulls: nulls.length === this.#rowCount && this.#rowCount > 0 ? nulls : undefined,
      };
    });
  }
}
