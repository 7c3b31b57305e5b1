import type { Field, FlinkType } from "../../../sql/flink/types.ts";
import type { Column } from "../batch.ts";
import type { OperatorContext, OperatorSnapshot, SnapshotPart } from "../operator.ts";
import { KeyedRows, SlotDoubles, SlotIntegers } from "../state/index.ts";

/** One input of a join: its rows by key, and by row how many rows of the other side it matches, and a time. */
export class JoinSide {
  readonly keyColumns: readonly number[];
  readonly nullSafe: readonly boolean[];
  readonly state: KeyedRows;
  readonly #types: readonly FlinkType[];
  /** Matches of a row on the other side, where the join asks for them. */
  readonly matches: SlotIntegers = new SlotIntegers();
  /** The row's time attribute, or when it was written. */
  readonly times: SlotDoubles = new SlotDoubles();
  /** Places of `keyColumns` in the table of keys. */
  readonly places: readonly number[];

  readonly #keepsTimes: boolean;
  #numbers: Int32Array = new Int32Array(0);
  #slots: Int32Array = new Int32Array(0);

  /** What is not kept costs neither memory nor time. */
  constructor(
    fields: readonly Field[],
    keyColumns: readonly number[],
    nullSafe: readonly boolean[],
    context: OperatorContext,
    keeps: { readonly matches: boolean; readonly times: boolean },
  ) {
    this.#keepsTimes = keeps.times;
    this.#types = fields.map(({ type }) => type);
    this.keyColumns = keyColumns;
    this.nullSafe = nullSafe;
    this.places = [...keyColumns.keys()];
    const keys = keyColumns.map((key): FlinkType => this.#types[key] ?? { kind: "null", nullable: true });
    this.state = new KeyedRows({ keys, rows: this.#types }, context.mode);
    if (keeps.matches) this.state.attachToRows("matches", this.matches);
    if (keeps.times) this.state.attachToRows("times", this.times);
  }

  /** Keeps a copy of a row. @returns its number */
  add(columns: readonly Column[], row: number, hash: number, timeMs: number): number {
    const key = this.state.keys.upsert(columns, this.keyColumns, row, hash);
    const number = this.state.append(key, columns, row);
    if (this.#keepsTimes) this.times.values[number] = timeMs;
    return number;
  }

  /** `add` for the first `count` rows, where no times are kept. @returns their numbers, until the next call */
  addRows(columns: readonly Column[], hashes: Int32Array, count: number): Int32Array {
    if (this.#numbers.length < count) {
      this.#numbers = new Int32Array(count);
      this.#slots = new Int32Array(count);
    }
    this.state.keys.upsertRows(columns, this.keyColumns, hashes, count, this.#slots);
    this.state.appendRows(this.#slots, columns, count, this.#numbers);
    return this.#numbers;
  }

  /** The key's slot here of a row of the other side; -1: there is none. */
  keyOf(columns: readonly Column[], keys: readonly number[], row: number, hash: number): number {
    return this.state.keys.find(columns, keys, row, hash);
  }

  columns(): readonly Column[] {
    return this.state.rows.views();
  }

  get types(): readonly FlinkType[] {
    return this.#types;
  }

  get bytes(): number {
    return this.state.bytes;
  }

  snapshot(name: string): SnapshotPart[] {
    return this.state.snapshot(name);
  }

  restore(name: string, snapshots: readonly OperatorSnapshot[], context: OperatorContext): void {
    this.state.restore(name, snapshots, context.keyGroups);
  }
}
