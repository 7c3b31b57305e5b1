import type { Field } from "../../../sql/flink/types.ts";
import { type Batch, RowKind } from "../batch.ts";
import { BatchBuilder, hashRows, lanesOf } from "../columns/index.ts";
import { type CompiledJoinCondition, compileJoinCondition } from "../expressions/index.ts";
import type { Operator, OperatorContext, OperatorSnapshot, Output, RoundContext } from "../operator.ts";
import type { JoinOperator } from "../plan/physical-plan.ts";
import { outgrown } from "./deduplicate.ts";
import { hasNullKey } from "./join-keys.ts";
import { JoinSide } from "./join-side.ts";
import { StateTtl } from "./state-ttl.ts";

/** Rows that come out at once. */
const rowsPerBatch = 4096;

/** A row that has come, and what it does. */
interface Arrival {
  readonly columns: Batch["columns"];
  row: number;
  hash: number;
  kind: RowKind;
}

/**
 * Joins all that ever came. Keeps both sides' rows, equal ones as often as they came. Rows of an outer side go
 * out with NULLs while they match nothing, and are withdrawn when a match comes; so are those of anti joins,
 * which go out while they match nothing, and of semi joins, which go out while they match something.
 */
export class Join implements Operator {
  readonly #spec: JoinOperator;
  readonly #context: OperatorContext;
  readonly #sides: readonly [left: JoinSide, right: JoinSide];
  readonly #condition: CompiledJoinCondition | undefined;
  readonly #builder: BatchBuilder;
  readonly #ttl: readonly [StateTtl, StateTtl];
  #found: Int32Array = new Int32Array(64);
  #hashes: Int32Array = new Int32Array(0);
  #slots: Int32Array = new Int32Array(0);

  constructor(
    spec: JoinOperator,
    inputs: readonly (readonly Field[])[],
    fields: readonly Field[],
    context: OperatorContext,
  ) {
    const { keys, condition } = spec;
    this.#spec = spec;
    this.#context = context;
    const keeps = { matches: spec.type !== "inner", times: false };
    this.#sides = [
      new JoinSide(inputs[0] ?? [], keys.left, keys.nullSafe, context, keeps),
      new JoinSide(inputs[1] ?? [], keys.right, keys.nullSafe, context, keeps),
    ];
    this.#ttl = [new StateTtl(context.stateTtlMs), new StateTtl(context.stateTtlMs)];
    for (const [index, side] of this.#sides.entries()) {
      const ttl = this.#ttl[index] as StateTtl;
      if (ttl.isOn) side.state.attachToRows("written", ttl.written);
    }
    const types = fields.map(({ type }) => type);
    this.#builder = new BatchBuilder(lanesOf(types, context.mode));
    const [left, right] = this.#sides;
    this.#condition =
      condition === undefined ? undefined : compileJoinCondition(condition, left.types, right.types, context);
  }

  process(input: number, batch: Batch, output: Output, round: RoundContext): void {
    const { rowCount, columns, kinds } = batch;
    const side = this.#sides[input] as JoinSide;
    if (this.#hashes.length < rowCount) this.#hashes = new Int32Array(rowCount);
    const hashes = this.#hashes;
    hashRows(columns, side.keyColumns, rowCount, hashes);
    const arrival: Arrival = { columns, row: 0, hash: 0, kind: RowKind.insert };
    if (this.#spec.type === "inner" && kinds === undefined)
      this.#insertAll(input, arrival, rowCount, output, round);
    else {
      for (let row = 0; row < rowCount; row += 1) {
        arrival.row = row;
        arrival.hash = hashes[row] as number;
        arrival.kind = (kinds?.[row] ?? RowKind.insert) as RowKind;
        this.#take(input, arrival, round);
        if (this.#builder.rowCount >= rowsPerBatch) this.#push(output);
      }
    }
    this.#push(output);
    if (this.stateBytes() > this.#context.maxStateBytes) throw outgrown(this.#context);
  }

  /** Rows that only come, of an inner join: what they match lies on the other side, so they are stored together. */
  #insertAll(input: number, arrival: Arrival, rowCount: number, output: Output, round: RoundContext): void {
    const { columns } = arrival;
    const [side, other] = [this.#sides[input] as JoinSide, this.#sides[1 - input] as JoinSide];
    if (this.#slots.length < rowCount) this.#slots = new Int32Array(rowCount);
    const slots = this.#slots;
    other.state.keys.findRows(columns, side.keyColumns, this.#hashes, rowCount, slots);
    for (let row = 0; row < rowCount; row += 1) {
      const key = slots[row] as number;
      if (key < 0 || hasNullKey(columns, side.keyColumns, row, side.nullSafe)) continue;
      arrival.row = row;
      const count = this.#matchesOfKey(input, arrival, key, round);
      for (let at = 0; at < count; at += 1)
        this.#emitPair(input, arrival, this.#found[at] as number, arrival.kind);
      if (this.#builder.rowCount >= rowsPerBatch) this.#push(output);
    }
    const numbers = side.addRows(columns, this.#hashes, rowCount);
    const ttl = this.#ttl[input] as StateTtl;
    if (!ttl.isOn) return;
    for (let row = 0; row < rowCount; row += 1) ttl.touch(numbers[row] as number, round);
  }

  #push(output: Output): void {
    const rows = this.#builder.take();
    if (rows !== undefined) output.push(rows);
  }

  #take(input: number, arrival: Arrival, round: RoundContext): void {
    const isAddition = arrival.kind === RowKind.insert || arrival.kind === RowKind.updateAfter;
    const matches = this.#matches(input, arrival, round);
    const { type } = this.#spec;
    if (type === "semi" || type === "anti") {
      if (input === 0) this.#leftOfSemi(arrival, matches, isAddition, round);
      else this.#rightOfSemi(arrival, matches, isAddition, round);
    } else if (isAddition) this.#add(input, arrival, matches, round);
    else this.#withdraw(input, arrival, matches, round);
  }

  /** Finds the rows of the other side that match, into `#found`. @returns how many */
  #matches(input: number, arrival: Arrival, round: RoundContext): number {
    const { columns, row, hash } = arrival;
    const side = this.#sides[input] as JoinSide;
    const other = this.#sides[1 - input] as JoinSide;
    if (hasNullKey(columns, side.keyColumns, row, side.nullSafe)) return 0;
    const key = other.keyOf(columns, side.keyColumns, row, hash);
    return key < 0 ? 0 : this.#matchesOfKey(input, arrival, key, round);
  }

  #matchesOfKey(input: number, { columns, row }: Arrival, key: number, round: RoundContext): number {
    const other = this.#sides[1 - input] as JoinSide;
    const ttl = this.#ttl[1 - input] as StateTtl;
    const stored = this.#condition === undefined ? [] : other.columns();
    let count = 0;
    for (let match = other.state.first(key); match >= 0; match = other.state.next(match)) {
      if (ttl.isOn && ttl.hasExpired(match, round)) continue;
      if (this.#condition !== undefined) {
        const isTrue =
          input === 0
            ? this.#condition(columns, row, stored, match, round)
            : this.#condition(stored, match, columns, row, round);
        if (!isTrue) continue;
      }
      if (count === this.#found.length) {
        const found = new Int32Array(count * 2);
        found.set(this.#found);
        this.#found = found;
      }
      this.#found[count] = match;
      count += 1;
    }
    return count;
  }

  #isOuter(side: number): boolean {
    const { type } = this.#spec;
    return type === "full" || type === (side === 0 ? "left" : "right");
  }

  #add(input: number, arrival: Arrival, count: number, round: RoundContext): void {
    const other = this.#sides[1 - input] as JoinSide;
    if (count === 0 && this.#isOuter(input))
      this.#emitAlone(input, arrival.columns, arrival.row, RowKind.insert);
    let kind = arrival.kind;
    if (this.#isOuter(1 - input)) {
      kind = RowKind.insert;
      for (let at = 0; at < count; at += 1) {
        const match = this.#found[at] as number;
        if (other.matches.values[match] === 0) this.#emitStoredAlone(1 - input, match, RowKind.delete);
        other.matches.values[match] = (other.matches.values[match] as number) + 1;
      }
    }
    if (this.#isOuter(input)) kind = RowKind.insert;
    for (let at = 0; at < count; at += 1) this.#emitPair(input, arrival, this.#found[at] as number, kind);
    this.#store(input, arrival, count, round);
  }

  #withdraw(input: number, arrival: Arrival, count: number, round: RoundContext): void {
    const other = this.#sides[1 - input] as JoinSide;
    if (!this.#unstore(input, arrival, round)) return;
    const kind = this.#isOuter(0) || this.#isOuter(1) ? RowKind.delete : arrival.kind;
    if (count === 0 && this.#isOuter(input))
      this.#emitAlone(input, arrival.columns, arrival.row, RowKind.delete);
    for (let at = 0; at < count; at += 1) this.#emitPair(input, arrival, this.#found[at] as number, kind);
    if (!this.#isOuter(1 - input)) return;
    for (let at = 0; at < count; at += 1) {
      const match = this.#found[at] as number;
      const left = Math.max(0, (other.matches.values[match] as number) - 1);
      other.matches.values[match] = left;
      if (left === 0) this.#emitStoredAlone(1 - input, match, RowKind.insert);
    }
  }

  #leftOfSemi(arrival: Arrival, count: number, isAddition: boolean, round: RoundContext): void {
    if (isAddition) this.#store(0, arrival, count, round);
    else if (!this.#unstore(0, arrival, round)) return;
    const goesOut = count > 0 === (this.#spec.type === "semi");
    if (goesOut) this.#builder.appendRow(arrival.columns, arrival.row, arrival.kind);
  }

  #rightOfSemi(arrival: Arrival, count: number, isAddition: boolean, round: RoundContext): void {
    const [left] = this.#sides;
    if (isAddition) this.#store(1, arrival, count, round);
    else if (!this.#unstore(1, arrival, round)) return;
    // The first match of a left row brings it out of a semi join, and takes it out of an anti join.
    const comes = (this.#spec.type === "semi") === isAddition;
    for (let at = 0; at < count; at += 1) {
      const match = this.#found[at] as number;
      const before = left.matches.values[match] as number;
      const after = Math.max(0, before + (isAddition ? 1 : -1));
      left.matches.values[match] = after;
      if ((before === 0) === (after === 0)) continue;
      const stored = left.columns();
      this.#builder.appendRow(stored, match, comes ? RowKind.insert : RowKind.delete);
    }
  }

  #store(input: number, { columns, row, hash }: Arrival, matches: number, round: RoundContext): void {
    const side = this.#sides[input] as JoinSide;
    const number = side.add(columns, row, hash, round.nowMs);
    if (this.#spec.type !== "inner") side.matches.values[number] = matches;
    const ttl = this.#ttl[input] as StateTtl;
    if (ttl.isOn) ttl.touch(number, round);
  }

  /** Takes one row that is equal out, the newest first. @returns whether there was one */
  #unstore(input: number, { columns, row, hash }: Arrival, round: RoundContext): boolean {
    const side = this.#sides[input] as JoinSide;
    const ttl = this.#ttl[input] as StateTtl;
    const key = side.keyOf(columns, side.keyColumns, row, hash);
    if (key < 0) return false;
    for (let stored = side.state.last(key); stored >= 0; stored = side.state.previous(stored)) {
      if (!side.state.rows.equals(stored, columns, row)) continue;
      const isThere = !ttl.hasExpired(stored, round);
      side.state.remove(stored);
      return isThere;
    }
    return false;
  }

  #emitPair(input: number, { columns, row }: Arrival, match: number, kind: RowKind): void {
    const other = this.#sides[1 - input] as JoinSide;
    const stored = other.columns();
    const [first, second] = [columns.length, stored.length];
    if (input === 0) {
      this.#builder.appendColumns(columns, row, 0);
      this.#builder.appendColumns(stored, match, first);
    } else {
      this.#builder.appendColumns(stored, match, 0);
      this.#builder.appendColumns(columns, row, second);
    }
    this.#builder.endRow(kind);
  }

  #emitStoredAlone(side: number, number: number, kind: RowKind): void {
    const stored = (this.#sides[side] as JoinSide).columns();
    this.#emitAlone(side, stored, number, kind);
  }

  /** A row with NULLs where the other side would be. */
  #emitAlone(side: number, columns: Batch["columns"], row: number, kind: RowKind): void {
    const other = this.#sides[1 - side] as JoinSide;
    const width = other.types.length;
    if (side === 0) {
      this.#builder.appendColumns(columns, row, 0);
      this.#builder.appendNulls(columns.length, width);
    } else {
      this.#builder.appendNulls(0, width);
      this.#builder.appendColumns(columns, row, width);
    }
    this.#builder.endRow(kind);
  }

  advance(_watermark: number, _output: Output, round: RoundContext): void {
    for (const [index, side] of this.#sides.entries())
      this.#ttl[index]?.sweep(side.state.rows.slotCount, round, (row) => {
        if (side.state.rows.isLive(row)) side.state.remove(row);
      });
  }

  wakeAtMs(): undefined {
    return undefined;
  }

  snapshot(): OperatorSnapshot {
    const [left, right] = this.#sides;
    const parts = [...left.snapshot("left"), ...right.snapshot("right")];
    return { version: 1, mode: this.#context.mode, parts };
  }

  restore(snapshots: readonly OperatorSnapshot[]): void {
    for (const [input, side] of this.#sides.entries())
      side.restore(input === 0 ? "left" : "right", snapshots, this.#context);
  }

  stateBytes(): number {
    const [left, right] = this.#sides;
    return left.bytes + right.bytes;
  }
}
