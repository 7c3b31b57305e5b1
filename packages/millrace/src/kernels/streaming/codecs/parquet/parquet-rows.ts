import { pageCodec } from "../../../../formats/parquet/codec.ts";
import { ParquetFile } from "../../../../formats/parquet/file-writer.ts";
import { RowGroupWriter } from "../../../../formats/parquet/row-group.ts";
import { type RowValue, RowWriter } from "../../../../formats/parquet/row-writer.ts";
import { compileSchema } from "../../../../formats/parquet/schema.ts";
import type { TableDefinition } from "../../../../sql/flink/relation.ts";
import { readValue } from "../../columns/index.ts";
import type { EncodedRows } from "../codec.ts";
import { FormatOptions } from "../format-options.ts";
import { JsonDecoder } from "../json/json-decoder.ts";
import { type FileColumn, fieldsOf, jsonTable } from "./parquet-format.ts";
import { parquetOptions } from "./parquet-options.ts";

/** Of a row group, before it is encoded. */
const maxRowGroupBytes = 64 * 1024 * 1024;

/** One Parquet file of rows as the encoder of `parquet` gives them. */
export class ParquetRows {
  readonly #columns: readonly FileColumn[];
  readonly #decoder: JsonDecoder;
  readonly #rowGroup: RowGroupWriter;
  readonly #rows: RowWriter;
  readonly #file: ParquetFile;

  /**
   * @param leaveOut columns of the table that are not in the file
   * @throws SqlError
   */
  static async open(table: TableDefinition, leaveOut: readonly number[]): Promise<ParquetRows> {
    const options = parquetOptions(new FormatOptions(table, "parquet"));
    const codec = await pageCodec(options.compression);
    return new ParquetRows(table, fieldsOf(table, leaveOut, options), codec);
  }

  private constructor(
    table: TableDefinition,
    columns: readonly FileColumn[],
    codec: Awaited<ReturnType<typeof pageCodec>>,
  ) {
    const schema = compileSchema(columns.map(({ field }) => field.node));
    this.#columns = columns;
    this.#rowGroup = new RowGroupWriter(schema, { codec, useDictionaries: true });
    this.#rows = new RowWriter(schema, this.#rowGroup);
    this.#file = new ParquetFile(schema, { createdBy: "millrace" });
    this.#decoder = new JsonDecoder({
      table: jsonTable(table),
      columns: columns.map(({ column }) => {
        const declared = table.columns[column];
        if (declared === undefined) throw new TypeError(`no column ${column}`);
        return { field: declared.field, column, path: [] };
      }),
      mode: "exact",
      name: table.path[2],
    });
  }

  /** Of the rows that are not in a row group yet. */
  get bufferedBytes(): number {
    return this.#rowGroup.valueBytes;
  }

  get rowCount(): number {
    return this.#file.rowCount + this.#rowGroup.rowCount;
  }

  /** Takes rows; answers what is to be written next, which is nothing until a row group is full. */
  add(rows: EncodedRows): readonly Uint8Array[] {
    const block = { ...rows, metadata: {}, next: 0, isEnd: false };
    const batch = this.#decoder.decode(block, "rows");
    const parts: Uint8Array[] = [];
    for (let row = 0; row < batch.rowCount; row += 1) {
      const values = this.#columns.map(({ field }, index): [string, RowValue] => {
        const column = batch.columns[index];
        const value = column === undefined ? null : readValue(column, row);
        return [field.node.name, value === null ? null : field.value(value)];
      });
      this.#rows.write(Object.fromEntries(values));
      if (row % 1024 === 0 && this.#rowGroup.valueBytes >= maxRowGroupBytes) {
        parts.push(...this.#file.add(this.#rowGroup.finish()));
      }
    }
    return parts;
  }

  /** The rest of the file. */
  finish(): readonly Uint8Array[] {
    const rows = this.#rowGroup.rowCount === 0 ? [] : this.#file.add(this.#rowGroup.finish());
    return [...rows, ...this.#file.finish()];
  }
}
