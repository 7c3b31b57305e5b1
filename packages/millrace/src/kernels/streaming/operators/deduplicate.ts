import type { Field } from "../../../sql/flink/types.ts";
import { type Batch, RowKind } from "../batch.ts";
import { BatchBuilder, hashRows, lanesOf } from "../columns/index.ts";
import {
  type Operator,
  type OperatorContext,
  type OperatorSnapshot,
  type Output,
  type RoundContext,
  StateLimitError,
} from "../operator.ts";
import type { DeduplicateOperator } from "../plan/physical-plan.ts";
import { columnOf, KeyTable, partOf, StateColumn } from "../state/index.ts";
import { StateTtl } from "./state-ttl.ts";

/**
 * The first or last row of each key. By processing time the first row of a key is the answer for ever; by event
 * time an earlier row that comes later takes its place. Of rows with equal times the first stays the first, and
 * the last to come is the last. Keeps one row a key.
 */
export class Deduplicate implements Operator {
  readonly #spec: DeduplicateOperator;
  readonly #context: OperatorContext;
  readonly #keys: KeyTable;
  readonly #row: readonly StateColumn[];
  readonly #ttl: StateTtl;
  readonly #builder: BatchBuilder;
  #hashes: Int32Array = new Int32Array(0);

  constructor(
    spec: DeduplicateOperator,
    inputs: readonly (readonly Field[])[],
    _fields: readonly Field[],
    context: OperatorContext,
  ) {
    const types = (inputs[0] ?? []).map(({ type }) => type);
    this.#spec = spec;
    this.#context = context;
    this.#keys = new KeyTable(
      spec.keys.map((key) => types[key] ?? { kind: "null", nullable: true }),
      context.mode,
    );
    this.#row = types.map((type) => new StateColumn(type, context.mode));
    this.#ttl = new StateTtl(context.stateTtlMs);
    for (const state of [...this.#row, this.#ttl.written]) this.#keys.attach(state);
    this.#builder = new BatchBuilder(lanesOf(types, context.mode));
  }

  process(_input: number, batch: Batch, output: Output, round: RoundContext): void {
    const { rowCount, columns } = batch;
    if (this.#hashes.length < rowCount) this.#hashes = new Int32Array(rowCount);
    const hashes = this.#hashes;
    hashRows(columns, this.#spec.keys, rowCount, hashes);
    for (let row = 0; row < rowCount; row += 1) this.#take(batch, row, hashes[row] as number, round);
    const result = this.#builder.take();
    if (result !== undefined) output.push(result);
    if (this.stateBytes() > this.#context.maxStateBytes) throw outgrown(this.#context);
  }

  #take({ columns }: Batch, row: number, hash: number, round: RoundContext): void {
    const known = this.#keys.find(columns, this.#spec.keys, row, hash);
    if (known >= 0 && !this.#ttl.hasExpired(known, round)) {
      this.#replace(columns, row, known, round);
      return;
    }
    const slot = known >= 0 ? known : this.#keys.upsert(columns, this.#spec.keys, row, hash);
    this.#keep(columns, row, slot, round);
    this.#builder.appendRow(columns, row, RowKind.insert);
  }

  #replace(columns: Batch["columns"], row: number, slot: number, round: RoundContext): void {
    const { keep, emitsUpdateBefore } = this.#spec;
    if (!this.#displaces(columns, row, slot)) return;
    if (emitsUpdateBefore) {
      const old = this.#row.map((column) => column.column());
      this.#builder.appendRow(old, slot, RowKind.updateBefore);
    }
    this.#keep(columns, row, slot, round);
    this.#builder.appendRow(columns, row, RowKind.updateAfter);
    if (keep === "last") this.#ttl.touch(slot, round);
  }

  #displaces(columns: Batch["columns"], row: number, slot: number): boolean {
    const { keep, isEventTime, timeColumn } = this.#spec;
    if (!isEventTime) return keep === "last";
    const time = columns[timeColumn]?.values[row] as number;
    const known = this.#row[timeColumn]?.values[slot] as number;
    return keep === "last" ? time >= known : time < known;
  }

  #keep(columns: Batch["columns"], row: number, slot: number, round: RoundContext): void {
    for (let at = 0; at < this.#row.length; at += 1)
      this.#row[at]?.set(slot, columns[at] as Batch["columns"][number], row);
    this.#ttl.touch(slot, round);
  }

  advance(_watermark: number, _output: Output, round: RoundContext): void {
    this.#ttl.sweep(this.#keys.slotCount, round, (slot) => {
      if (this.#keys.isLive(slot)) this.#keys.remove(slot);
    });
  }

  wakeAtMs(): undefined {
    return undefined;
  }

  snapshot(): OperatorSnapshot {
    const rowCount = this.#keys.slotCount;
    const columns = [
      ...this.#keys.snapshot(),
      ...this.#row.map((column, at) => column.snapshot(`column${at}`, rowCount)),
      this.#ttl.written.snapshot("written", rowCount),
    ];
    return { version: 1, mode: this.#context.mode, parts: [{ name: "rows", rowCount, columns }] };
  }

  restore(snapshots: readonly OperatorSnapshot[]): void {
    const parts = snapshots.map((snapshot) => partOf(snapshot, "rows"));
    const mappings = this.#keys.restore(parts, this.#context.keyGroups);
    for (const [index, part] of parts.entries()) {
      const mapping = mappings[index] as Int32Array;
      for (const [at, column] of this.#row.entries()) column.restore(columnOf(part, `column${at}`), mapping);
      this.#ttl.written.restore(columnOf(part, "written"), mapping);
    }
  }

  stateBytes(): number {
    return this.#row.reduce((sum, { bytes }) => sum + bytes, this.#keys.bytes + this.#ttl.written.bytes);
  }
}

/** For all operators that keep state. */
export function outgrown({ name, maxStateBytes }: OperatorContext): StateLimitError {
  return new StateLimitError(
    `${name} holds more state than its limit of ${Math.round(maxStateBytes / 1024 / 1024)} MiB; ` +
      "a time to live (table.exec.state.ttl), windows, or a larger limit bound it",
  );
}
