import type { Value } from "../../../sql/flink/bound-expression.ts";
import type { IntegerMode } from "../../../sql/flink/functions/scalar-function.ts";
import type { TableDefinition } from "../../../sql/flink/relation.ts";
import type { Field, FlinkType } from "../../../sql/flink/types.ts";
import { BatchBuilder, lanesOf, readRow } from "../columns/index.ts";
import type { SourceBlock } from "../connector-port.ts";
import type { SourceColumn } from "../plan/physical-plan.ts";
import { createDecoder, createEncoder, type Decoder } from "./index.ts";

export const nullable = true;
export const string: FlinkType = Object.freeze({ kind: "varchar", length: 2_147_483_647, nullable });
export const bigint: FlinkType = Object.freeze({ kind: "bigint", nullable });
export const int: FlinkType = Object.freeze({ kind: "int", nullable });
export const double: FlinkType = Object.freeze({ kind: "double", nullable });
export const boolean: FlinkType = Object.freeze({ kind: "boolean", nullable });
export const timestamp: FlinkType = Object.freeze({ kind: "timestamp", precision: 3, nullable });

export function row(fields: Readonly<Record<string, FlinkType>>): FlinkType {
  return { kind: "row", nullable, fields: Object.entries(fields).map(([name, type]) => ({ name, type })) };
}

/** A table of physical columns. */
export function tableOf(
  fields: Readonly<Record<string, FlinkType>>,
  options: Readonly<Record<string, string>>,
): TableDefinition {
  return {
    path: ["c", "d", "t"],
    columns: Object.entries(fields).map(([name, type]) => ({
      kind: "physical",
      field: { name, type } as Field,
    })),
    watermark: undefined,
    primaryKey: [],
    partitionKeys: [],
    options,
  };
}

/** Paths like `bid.price`. */
function sourceColumns(table: TableDefinition, paths: readonly string[]): readonly SourceColumn[] {
  return paths.map((text) => {
    const [first = "", ...rest] = text.split(".");
    const column = table.columns.findIndex((each) => each.field.name === first);
    const declared = table.columns[column];
    if (declared === undefined) throw new TypeError(text);
    let { type } = declared.field;
    const path = rest.map((name) => {
      if (type.kind !== "row") throw new TypeError(text);
      const index = type.fields.findIndex((field) => field.name === name);
      type = type.fields[index]?.type as FlinkType;
      return index;
    });
    return { field: { name: text, type }, column, path };
  });
}

export function decoderOf(
  table: TableDefinition,
  paths: readonly string[],
  mode: IntegerMode = "double",
): Decoder {
  return createDecoder({ table, columns: sourceColumns(table, paths), mode, name: "t" });
}

export function blockOf(records: readonly (string | Uint8Array)[]): SourceBlock {
  const parts = records.map((record) => Buffer.from(record as string));
  const bytes = new Uint8Array(new ArrayBuffer(parts.reduce((sum, part) => sum + part.length, 0)));
  const starts = new Uint32Array(parts.length);
  const ends = new Uint32Array(parts.length);
  let at = 0;
  parts.forEach((part, index) => {
    bytes.set(part, at);
    starts[index] = at;
    at += part.length;
    ends[index] = at;
  });
  return { bytes, starts, ends, metadata: {}, next: at, isEnd: false } as SourceBlock;
}

export function decodeAll(decoder: Decoder, records: readonly (string | Uint8Array)[]): Value[][] {
  const batch = decoder.decode(blockOf(records), "split-0");
  return Array.from({ length: batch.rowCount }, (_, at) => readRow(batch, at));
}

/** The texts of rows whose values are in the order of the table's columns. */
export function encodeAll(
  table: TableDefinition,
  rows: readonly (readonly Value[])[],
  mode: IntegerMode = "double",
): string[] {
  const types = table.columns.map((column) => column.field.type);
  const builder = new BatchBuilder(lanesOf(types, mode));
  for (const values of rows) builder.appendValues(values, 0);
  const batch = builder.take();
  if (batch === undefined) return [];
  const encoder = createEncoder({
    table,
    types,
    columns: types.map((_, index) => index),
    leaveOut: [],
    mode,
  });
  const { bytes, starts, ends } = encoder.encode(batch);
  return Array.from(starts, (start, index) =>
    Buffer.from(bytes.subarray(start, ends[index])).toString("utf8"),
  );
}
