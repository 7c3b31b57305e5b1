import type { Batch } from "../../batch.ts";
import type { EncodedRows, Encoder, EncoderSpec } from "../codec.ts";
import { encodedColumns } from "../encoded-columns.ts";
import { FormatOptions } from "../format-options.ts";
import { TextRows } from "../text-rows.ts";
import { jsonOptions } from "./json-options.ts";
import { type JsonText, jsonText } from "./json-text.ts";

/** Rows as JSON objects, one a record. */
export class JsonEncoder implements Encoder {
  readonly #columns: readonly number[];
  readonly #keys: readonly string[];
  readonly #texts: readonly JsonText[];
  readonly #leavesOutNulls: boolean;

  constructor(spec: EncoderSpec) {
    const options = jsonOptions(new FormatOptions(spec.table, "json"));
    const fields = encodedColumns(spec);
    this.#columns = fields.map((field) => field.column);
    this.#keys = fields.map((field) => `${JSON.stringify(field.name)}:`);
    this.#texts = fields.map((field) => jsonText(field.type, options));
    this.#leavesOutNulls = options.ignoreNullFields;
  }

  encode(batch: Batch): EncodedRows {
    const rows = new TextRows(batch.rowCount);
    const columns = this.#columns.map((column) => batch.columns[column]);
    for (let row = 0; row < batch.rowCount; row += 1) {
      let text = "{";
      for (let at = 0; at < columns.length; at += 1) {
        const column = columns[at];
        const isNull = column === undefined || (column.nulls !== undefined && column.nulls[row] === 1);
        if (isNull && this.#leavesOutNulls) continue;
        const key = this.#keys[at] as string;
        const value = isNull ? "null" : (this.#texts[at] as JsonText)(column.values[row]);
        text += text.length === 1 ? key + value : `,${key}${value}`;
      }
      rows.add(`${text}}`);
    }
    return rows.finish();
  }
}
