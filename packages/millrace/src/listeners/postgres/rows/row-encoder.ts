import type { ResultColumn, RowBatch } from "../../../kernels/warehouse/sql-session.ts";
import { type TextStyle, textOf } from "../../../kernels/warehouse/values/index.ts";
import { backend } from "../protocol/backend-messages.ts";
import type { Outbox } from "../protocol/outbox.ts";
import type { Format, ProtocolVersion } from "./row-description.ts";

/** Writes rows of one batch as DataRow messages. */
export interface BatchEncoder {
  readonly rowCount: number;
  /** Writes rows from `from` until `to`, or until the client is behind. @returns the first row not written */
  encode(outbox: Outbox, from: number, to: number): number;
}

export function encoderFor(
  batch: RowBatch,
  columns: readonly ResultColumn[],
  _formats: readonly Format[],
  style: TextStyle,
  _version: ProtocolVersion,
): BatchEncoder {
  return {
    rowCount: batch.rowCount,
    encode(outbox, from, to): number {
      for (let row = from; row < to; row++) {
        outbox.begin(backend.dataRow);
        outbox.int16(columns.length);
        columns.forEach((column, index) => {
          const text =
            batch.kind === "texts"
              ? (batch.rows[row]?.[index] ?? null)
              : textOf(batch.chunk.getColumnVector(index), row, column.type, style);
          if (text === null) outbox.int32(-1);
          else {
            const bytes = Buffer.from(text);
            outbox.int32(bytes.length);
            outbox.bytes(bytes);
          }
        });
        outbox.end();
        outbox.flushIfFull();
        if (outbox.full) return row + 1;
      }
      return to;
    },
  };
}
