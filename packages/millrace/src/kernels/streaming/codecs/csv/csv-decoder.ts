import type { Value } from "../../../../sql/flink/bound-expression.ts";
import { type Batch, laneOf } from "../../batch.ts";
import { ColumnBuilder } from "../../columns/index.ts";
import type { SourceBlock } from "../../connector-port.ts";
import { DecodeError, type Decoder, type DecoderSpec } from "../codec.ts";
import { FormatOptions } from "../format-options.ts";
import { besideRecords, type MetadataColumn, metadataColumn } from "../metadata-columns.ts";
import { CsvSyntaxError, csvFields } from "./csv-fields.ts";
import { type CsvOptions, csvOptions } from "./csv-options.ts";
import { CsvFieldError, csvReader, type ReadCsv } from "./csv-values.ts";

const maxExcerpt = 200;

/** A field of the record, or a field of a ROW in it. */
interface CsvColumn {
  readonly field: number;
  readonly path: readonly number[];
  readonly read: ReadCsv;
}

/** CSV records into columns. */
export class CsvDecoder implements Decoder {
  readonly #spec: DecoderSpec;
  readonly #options: CsvOptions;
  readonly #columns: readonly (CsvColumn | MetadataColumn)[];
  readonly #fieldCount: number;
  #ignored = 0;

  constructor(spec: DecoderSpec) {
    this.#spec = spec;
    this.#options = csvOptions(new FormatOptions(spec.table, "csv"));
    const physical = spec.table.columns.filter(
      (column, index) => column.kind === "physical" && besideRecords(spec.table, index) === undefined,
    );
    this.#fieldCount = physical.length;
    this.#columns = spec.columns.map(({ column, path }) => {
      const metadata = metadataColumn(spec, column);
      if (metadata !== undefined) return metadata;
      const declared = spec.table.columns[column];
      if (declared?.kind !== "physical") throw new TypeError(`column ${column} is not read`);
      const field = physical.indexOf(declared);
      return { field, path, read: csvReader(declared.field.type, this.#options, spec.mode) };
    });
  }

  get ignored(): number {
    return this.#ignored;
  }

  decode(block: SourceBlock, split: string): Batch {
    const records = block.starts.length;
    const bytes = Buffer.from(block.bytes.buffer, block.bytes.byteOffset, block.bytes.byteLength);
    const builders = this.#spec.columns.map(
      ({ field }) => new ColumnBuilder(laneOf(field.type, this.#spec.mode), records),
    );
    const recordOf = new Int32Array(records);
    let rowCount = 0;
    for (let record = 0; record < records; record += 1) {
      const text = bytes.toString("utf8", block.starts[record], block.ends[record]).replace(/[\r\n]+$/, "");
      const values = this.#record(text, block, split, record);
      if (values === undefined) continue;
      values.forEach((value, index) => {
        if (value !== undefined) builders[index]?.appendValue(value);
      });
      recordOf[rowCount] = record;
      rowCount += 1;
    }
    const columns = this.#columns.map((column, index) => {
      if (typeof column !== "function") return (builders[index] as ColumnBuilder).finish();
      return column(block, rowCount, recordOf);
    });
    return { rowCount, columns, kinds: undefined };
  }

  /** A value for each column, undefined for metadata; undefined when the record gives no row. */
  #record(
    text: string,
    block: SourceBlock,
    split: string,
    record: number,
  ): readonly (Value | undefined)[] | undefined {
    if (text === "" || (this.#options.allowComments && text.trimStart().startsWith("#"))) return undefined;
    try {
      const fields = csvFields(text, this.#options);
      if (fields.length !== this.#fieldCount && !this.#options.ignoreParseErrors) {
        throw new CsvSyntaxError(`has ${fields.length} fields, not ${this.#fieldCount}`);
      }
      return this.#columns.map((column) =>
        typeof column === "function" ? undefined : fieldValue(column, fields),
      );
    } catch (error) {
      if (!(error instanceof CsvSyntaxError || error instanceof CsvFieldError)) throw error;
      if (this.#options.ignoreParseErrors) {
        this.#ignored += 1;
        return undefined;
      }
      throw new DecodeError(
        `${this.#spec.name}: record ${record + 1} of ${block.starts.length} before position ${block.next} of ` +
          `'${split}': CSV ${error.message}: ${text.slice(0, maxExcerpt)}${text.length > maxExcerpt ? "..." : ""}`,
        { cause: error },
      );
    }
  }
}

function fieldValue(column: CsvColumn, fields: readonly string[]): Value {
  const field = fields[column.field];
  let value = field === undefined ? null : column.read(field);
  for (const index of column.path)
    value = value === null ? null : ((value as readonly Value[])[index] ?? null);
  return value;
}
