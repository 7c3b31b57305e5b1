import type { Batch } from "../batch.ts";
import { readValue } from "../columns/index.ts";
import { toText } from "../expressions/index.ts";
import type { EncodedRows, Encoder, EncoderSpec } from "./codec.ts";
import { TextRows } from "./text-rows.ts";

/** Rows for people: the values as CAST to STRING has them, with commas between. Not a format of tables. */
export class PrintEncoder implements Encoder {
  readonly #texts: readonly ReturnType<typeof toText>[];
  readonly #timeZone: string;

  constructor(spec: EncoderSpec) {
    this.#texts = spec.types.map((type) => toText(type));
    this.#timeZone = spec.timeZone ?? "UTC";
  }

  encode(batch: Batch): EncodedRows {
    const rows = new TextRows(batch.rowCount);
    for (let row = 0; row < batch.rowCount; row += 1) {
      const values = this.#texts.map((text, index) => {
        const column = batch.columns[index];
        const value = column === undefined ? null : readValue(column, row);
        return value === null ? "null" : text(value, this.#timeZone);
      });
      rows.add(values.join(", "));
    }
    return rows.finish();
  }
}
