import type { FlinkType } from "../../../sql/flink/types.ts";
import type { EncoderSpec } from "./codec.ts";

/** A column that goes into the bytes. */
export interface EncodedColumn {
  readonly name: string;
  readonly type: FlinkType;
  /** Of the batch. */
  readonly column: number;
}

/** The physical columns in the order of the table, without those that are left out. */
export function encodedColumns(spec: EncoderSpec): readonly EncodedColumn[] {
  const found: (EncodedColumn & { readonly place: number })[] = [];
  spec.columns.forEach((place, column) => {
    const declared = spec.table.columns[place];
    const type = spec.types[column];
    if (declared?.kind !== "physical" || type === undefined || spec.leaveOut.includes(place)) return;
    found.push({ name: declared.field.name, type, column, place });
  });
  return found.sort((a, b) => a.place - b.place);
}
