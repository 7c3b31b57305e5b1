import { ByteSink } from "./byte-sink.ts";
import { type PageCodec, uncompressed } from "./codec.ts";
import { type ColumnChunk, ColumnChunkWriter } from "./column-chunk.ts";
import { ColumnWriter } from "./column-writer.ts";
import type { ParquetSchema } from "./schema.ts";

/** A finished row group: bytes, and what the footer says about them. Plain data, for other threads. */
export interface RowGroup {
  readonly bytes: Uint8Array;
  readonly rowCount: number;
  /** In the order of the schema's columns; offsets are from the beginning of the bytes. */
  readonly chunks: readonly ColumnChunk[];
}

export interface RowGroupOptions {
  readonly codec?: PageCodec;
  /** Of values before compression; 1 MiB when undefined. */
  readonly pageBytes?: number;
  readonly useDictionaries?: boolean;
  /** Of data pages; 1 when undefined. */
  readonly pageVersion?: 1 | 2;
}

const defaultPageBytes = 1024 * 1024;

/**
 * Collects rows column by column and makes a row group of them. It can be used again after `finish`, and keeps
 * its memory for that.
 */
export class RowGroupWriter {
  readonly columns: readonly ColumnWriter[];
  readonly #chunks: ColumnChunkWriter;
  readonly #out = new ByteSink();
  #rowCount = 0;

  constructor(schema: ParquetSchema, options: RowGroupOptions = {}) {
    const pageBytes = options.pageBytes ?? defaultPageBytes;
    this.columns = schema.columns.map((column) => new ColumnWriter(column, pageBytes));
    this.#chunks = new ColumnChunkWriter({
      codec: options.codec ?? uncompressed,
      useDictionaries: options.useDictionaries ?? false,
      pageVersion: options.pageVersion ?? 1,
    });
  }

  get rowCount(): number {
    return this.#rowCount;
  }

  /** Bytes that the values take before they are encoded. */
  get valueBytes(): number {
    return this.columns.reduce((sum, column) => sum + column.byteLength, 0);
  }

  /** Everything that was added since is kept, and makes so many rows. */
  commit(rows: number): void {
    this.#rowCount += rows;
    for (const column of this.columns) column.commit(rows);
  }

  /** Everything that was added since the last commit is forgotten. */
  rollback(): void {
    for (const column of this.columns) column.rollback();
  }

  finish(): RowGroup {
    const out = this.#out;
    out.clear();
    const chunks = this.columns.map((column) => this.#chunks.write(column, out));
    for (const column of this.columns) column.clear();
    const rowCount = this.#rowCount;
    this.#rowCount = 0;
    return { bytes: out.bytes.slice(0, out.length), rowCount, chunks };
  }
}
