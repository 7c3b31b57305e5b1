import type { Field } from "../../../sql/flink/types.ts";
import { type Batch, RowKind } from "../batch.ts";
import { BatchBuilder, hashRow, lanesOf } from "../columns/index.ts";
import type { Operator, OperatorContext, OperatorSnapshot, Output } from "../operator.ts";
import type { NormalizeOperator } from "../plan/physical-plan.ts";
import { columnOf, KeyTable, partOf, StateColumn } from "../state/index.ts";
import { outgrown } from "./deduplicate.ts";

/**
 * Makes a full changelog of one by keys: keeps the last row of each key, says what an update replaces and what a
 * deletion removes, and leaves out what changes nothing.
 */
export class Normalize implements Operator {
  readonly #spec: NormalizeOperator;
  readonly #context: OperatorContext;
  readonly #keys: KeyTable;
  readonly #row: readonly StateColumn[];
  readonly #builder: BatchBuilder;

  constructor(
    spec: NormalizeOperator,
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
    for (const state of this.#row) this.#keys.attach(state);
    this.#builder = new BatchBuilder(lanesOf(types, context.mode));
  }

  process(_input: number, batch: Batch, output: Output): void {
    for (let row = 0; row < batch.rowCount; row += 1) this.#take(batch, row);
    const result = this.#builder.take();
    if (result !== undefined) output.push(result);
    if (this.stateBytes() > this.#context.maxStateBytes) throw outgrown(this.#context);
  }

  #take({ columns, kinds }: Batch, row: number): void {
    const kind = kinds?.[row] ?? RowKind.insert;
    if (kind === RowKind.updateBefore) return;
    const hash = hashRow(columns, this.#spec.keys, row);
    const slot = this.#keys.find(columns, this.#spec.keys, row, hash);
    if (kind === RowKind.delete) {
      if (slot < 0) return;
      this.#builder.appendRow(this.#stored(), slot, RowKind.delete);
      this.#keys.remove(slot);
      return;
    }
    if (slot < 0) {
      this.#set(this.#keys.upsert(columns, this.#spec.keys, row, hash), columns, row);
      this.#builder.appendRow(columns, row, RowKind.insert);
      return;
    }
    if (this.#row.every((column, at) => column.equals(slot, columns[at] as Batch["columns"][number], row)))
      return;
    if (this.#spec.emitsUpdateBefore) this.#builder.appendRow(this.#stored(), slot, RowKind.updateBefore);
    this.#set(slot, columns, row);
    this.#builder.appendRow(columns, row, RowKind.updateAfter);
  }

  #stored(): Batch["columns"] {
    return this.#row.map((column) => column.column());
  }

  #set(slot: number, columns: Batch["columns"], row: number): void {
    for (const [at, column] of this.#row.entries())
      column.set(slot, columns[at] as Batch["columns"][number], row);
  }

  advance(): void {}

  wakeAtMs(): undefined {
    return undefined;
  }

  snapshot(): OperatorSnapshot {
    const rowCount = this.#keys.slotCount;
    const columns = [
      ...this.#keys.snapshot(),
      ...this.#row.map((column, at) => column.snapshot(`column${at}`, rowCount)),
    ];
    return { version: 1, mode: this.#context.mode, parts: [{ name: "rows", rowCount, columns }] };
  }

  restore(snapshots: readonly OperatorSnapshot[]): void {
    const parts = snapshots.map((snapshot) => partOf(snapshot, "rows"));
    const mappings = this.#keys.restore(parts, this.#context.keyGroups);
    for (const [index, part] of parts.entries())
      for (const [at, column] of this.#row.entries())
        column.restore(columnOf(part, `column${at}`), mappings[index] as Int32Array);
  }

  stateBytes(): number {
    return this.#row.reduce((sum, { bytes }) => sum + bytes, this.#keys.bytes);
  }
}
