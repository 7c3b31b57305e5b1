import type { DuckDBDataChunk } from "@duckdb/node-api";
import type { ResultColumn, RowBatch } from "../../../kernels/warehouse/sql-session.ts";
import { type EngineLibrary, engineColumn, type TextStyle } from "../../../kernels/warehouse/values/index.ts";
import { backend } from "../protocol/backend-messages.ts";
import type { Outbox } from "../protocol/outbox.ts";
import { binaryOf } from "../types/binary-form.ts";
import { binaryCells } from "./binary-cells.ts";
import { type CellWriter, cellRoomBytes, type RowRoom, writeBytes, writeString } from "./cell-writer.ts";
import type { Format, ProtocolVersion } from "./row-description.ts";
import { textCells } from "./text-cells.ts";

/** What an answer's rows are written by. */
export interface RowForm {
  readonly columns: readonly ResultColumn[];
  /** One a column; a missing one is text. */
  readonly formats: readonly Format[];
  readonly style: TextStyle;
  readonly version: ProtocolVersion;
}

/** The columns of one batch, ready to be written. */
interface Cells {
  readonly write: readonly CellWriter[];
  /** One bit a row and column, set for values; undefined when a column has no NULL. */
  readonly validity: readonly (Uint32Array | undefined)[];
}

const rowHeadBytes = 7;

/**
 * Writes the rows of one batch, without an object for each of them:
 *
 *   DataRow => Int16 columns, (Int32 length or -1, value)*
 */
export class BatchEncoder {
  readonly rowCount: number;
  readonly #cells: Cells;

  /** @param engine the loaded library, for batches that are chunks of it */
  static async of(batch: RowBatch, form: RowForm): Promise<BatchEncoder> {
    const rowBytes = rowHeadBytes + form.columns.length * cellRoomBytes;
    const room: RowRoom = (outbox, bytes) => outbox.room(bytes + rowBytes);
    if (batch.kind === "texts") return new BatchEncoder(batch.rowCount, textRowCells(batch.rows, form, room));
    // It is loaded already, for there is a chunk of it; this only takes hold of it.
    const engine = await import("@duckdb/node-api");
    return new BatchEncoder(batch.rowCount, chunkCells(batch.chunk, form, room, engine));
  }

  private constructor(rowCount: number, cells: Cells) {
    this.rowCount = rowCount;
    this.#cells = cells;
  }

  /** Writes rows from `from` until `to`, or until the client is behind. @returns the first row not written */
  encode(outbox: Outbox, from: number, to: number): number {
    const { write, validity } = this.#cells;
    const rowBytes = rowHeadBytes + write.length * cellRoomBytes;
    let start = outbox.at;
    try {
      for (let row = from; row < to; row++) {
        outbox.room(rowBytes);
        start = outbox.at;
        outbox.block[start] = backend.dataRow;
        outbox.block[start + 5] = write.length >>> 8;
        outbox.block[start + 6] = write.length;
        outbox.at = start + rowHeadBytes;
        const word = row >>> 5;
        const bit = 1 << (row & 31);
        for (let index = 0; index < write.length; index++) {
          const bits = validity[index];
          if (bits === undefined || ((bits[word] ?? 0) & bit) !== 0) write[index]?.(outbox, row);
          else outbox.at = outbox.block.writeInt32BE(-1, outbox.at);
        }
        outbox.block.writeInt32BE(outbox.at - start - 1, start + 1);
        if (outbox.flushIfFull() && outbox.full) return row + 1;
      }
      return to;
    } catch (error) {
      // A row that cannot be written leaves nothing behind; what follows it on the wire is the error.
      outbox.at = start;
      throw error;
    }
  }
}

function chunkCells(chunk: DuckDBDataChunk, form: RowForm, room: RowRoom, engine: EngineLibrary): Cells {
  const columns = form.columns.map((_, index) => engineColumn(chunk, index, engine));
  const write = columns.map((column, index) => {
    const type = form.columns[index]?.type ?? { name: "text" };
    return form.formats[index] === "binary"
      ? binaryCells(column, type, form.style, room, form.version)
      : textCells(column, type, form.style, room);
  });
  return { write, validity: columns.map((column) => column.validity) };
}

function textRowCells(rows: readonly (readonly (string | null)[])[], form: RowForm, room: RowRoom): Cells {
  const write = form.columns.map(({ type }, index): CellWriter => {
    const binary = form.formats[index] === "binary";
    return (outbox, row) => {
      const text = rows[row]?.[index] ?? null;
      if (text === null) outbox.at = outbox.block.writeInt32BE(-1, outbox.at);
      else if (binary) writeBytes(outbox, room, binaryOf(text, type, form.version), 0);
      else writeString(outbox, room, text);
    };
  });
  return { write, validity: form.columns.map(() => undefined) };
}
