import type { TableDefinition } from "../../../../sql/flink/relation.ts";
import type { EncoderSpec } from "../codec.ts";
import type { FormatOptions } from "../format-options.ts";
import { JsonEncoder } from "../json/json-encoder.ts";
import { type ParquetOptions, parquetOptions } from "./parquet-options.ts";
import { type ParquetField, parquetField } from "./parquet-schema.ts";

/*
 * A Parquet file is no sequence of records, and which rows go into a file is known where files are made, not where
 * rows are. So the encoder of `parquet` makes JSON of rows, without loss, and a sink makes files of that.
 */

/** The table as the JSON between encoder and file has it: physical columns alone, nothing left out of values. */
export function jsonTable(table: TableDefinition): TableDefinition {
  return { ...table, options: { format: "json", "json.encode.decimal-as-plain-number": "true" } };
}

/** @throws SqlError for options and types that are not there */
export function checkParquet(options: FormatOptions, table: TableDefinition): void {
  fieldsOf(table, [], parquetOptions(options));
}

export function parquetEncoder(spec: EncoderSpec): JsonEncoder {
  return new JsonEncoder({ ...spec, table: jsonTable(spec.table) });
}

export interface FileColumn {
  readonly column: number;
  readonly field: ParquetField;
}

export function fieldsOf(
  table: TableDefinition,
  leaveOut: readonly number[],
  options: ParquetOptions,
): readonly FileColumn[] {
  return table.columns.flatMap((declared, column) =>
    declared.kind !== "physical" || leaveOut.includes(column)
      ? []
      : [{ column, field: parquetField(declared.field.name, declared.field.type, options) }],
  );
}
