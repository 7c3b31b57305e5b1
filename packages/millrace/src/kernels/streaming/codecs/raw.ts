import type { Value } from "../../../sql/flink/bound-expression.ts";
import type { TableDefinition } from "../../../sql/flink/relation.ts";
import { typeText } from "../../../sql/flink/type-text.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import { type Batch, laneOf } from "../batch.ts";
import { ColumnBuilder, readValue } from "../columns/index.ts";
import type { SourceBlock } from "../connector-port.ts";
import { doubleOf } from "../expressions/index.ts";
import {
  DecodeError,
  type Decoder,
  type DecoderSpec,
  type EncodedRows,
  type Encoder,
  type EncoderSpec,
} from "./codec.ts";
import { encodedColumns } from "./encoded-columns.ts";
import { FormatOptions } from "./format-options.ts";
import { besideRecords, metadataColumn } from "./metadata-columns.ts";

/** `raw`: a record is one value. */
interface RawOptions {
  readonly charset: "utf8" | "latin1" | "utf16le";
  readonly isLittleEndian: boolean;
}

/** @throws SqlError */
export function rawOptions(options: FormatOptions): RawOptions {
  const charset = options.oneOf("charset", ["UTF-8", "US-ASCII", "ISO-8859-1", "UTF-16LE"], "UTF-8");
  const endianness = options.oneOf("endianness", ["big-endian", "little-endian"], "big-endian");
  options.end();
  return {
    charset: charset === "UTF-8" ? "utf8" : charset === "UTF-16LE" ? "utf16le" : "latin1",
    isLittleEndian: endianness === "little-endian",
  };
}

/** The one physical column. @throws SqlError when there are none or several */
function rawColumn(table: TableDefinition): FlinkType {
  const physical = table.columns.filter(
    (column, index) => column.kind === "physical" && besideRecords(table, index) === undefined,
  );
  const [column] = physical;
  if (column === undefined || physical.length > 1) {
    throw new SqlError(
      "22023",
      `table ${table.path[2]}: format 'raw' has one physical column, not ${physical.length}`,
    );
  }
  return column.field.type;
}

/** How many bytes a value has; undefined for texts and bytes. */
const widths: Readonly<Partial<Record<FlinkType["kind"], number>>> = {
  boolean: 1,
  tinyint: 1,
  smallint: 2,
  int: 4,
  bigint: 8,
  float: 4,
  double: 8,
};

export class RawDecoder implements Decoder {
  readonly ignored = 0;
  readonly #spec: DecoderSpec;
  readonly #options: RawOptions;
  readonly #type: FlinkType;

  constructor(spec: DecoderSpec) {
    this.#spec = spec;
    this.#options = rawOptions(new FormatOptions(spec.table, "raw"));
    this.#type = rawColumn(spec.table);
  }

  decode(block: SourceBlock, split: string): Batch {
    const rowCount = block.starts.length;
    const { mode } = this.#spec;
    const columns = this.#spec.columns.map(({ column, field }) => {
      const metadata = metadataColumn(this.#spec, column);
      if (metadata !== undefined) return metadata(block, rowCount, undefined);
      const builder = new ColumnBuilder(laneOf(field.type, mode), rowCount);
      for (let record = 0; record < rowCount; record += 1)
        builder.appendValue(this.#value(block, split, record));
      return builder.finish();
    });
    return { rowCount, columns, kinds: undefined };
  }

  #value(block: SourceBlock, split: string, record: number): Value {
    const [from, to] = [block.starts[record] as number, block.ends[record] as number];
    const bytes = Buffer.from(block.bytes.buffer, block.bytes.byteOffset + from, to - from);
    const width = widths[this.#type.kind];
    if (width === undefined) {
      const isText = this.#type.kind === "char" || this.#type.kind === "varchar";
      return isText ? bytes.toString(this.#options.charset) : new Uint8Array(bytes);
    }
    if (bytes.length !== width) {
      throw new DecodeError(
        `${this.#spec.name}: record ${record + 1} of ${block.starts.length} before position ${block.next} of ` +
          `'${split}': ${bytes.length} bytes are no ${typeText(this.#type)}, which has ${width}`,
      );
    }
    return this.#number(new DataView(bytes.buffer, bytes.byteOffset, width));
  }

  #number(view: DataView): Value {
    const little = this.#options.isLittleEndian;
    switch (this.#type.kind) {
      case "boolean":
        return view.getInt8(0) !== 0;
      case "tinyint":
        return view.getInt8(0);
      case "smallint":
        return view.getInt16(0, little);
      case "int":
        return view.getInt32(0, little);
      case "bigint": {
        const value = view.getBigInt64(0, little);
        return this.#spec.mode === "exact" ? value : doubleOf(value);
      }
      case "float":
        return view.getFloat32(0, little);
      default:
        return view.getFloat64(0, little);
    }
  }
}

export class RawEncoder implements Encoder {
  readonly #column: number;
  readonly #type: FlinkType;
  readonly #options: RawOptions;

  constructor(spec: EncoderSpec) {
    this.#options = rawOptions(new FormatOptions(spec.table, "raw"));
    this.#type = rawColumn(spec.table);
    this.#column = encodedColumns(spec)[0]?.column ?? 0;
  }

  /** NULL is a record without bytes. */
  encode(batch: Batch): EncodedRows {
    const column = batch.columns[this.#column];
    const parts: Uint8Array[] = [];
    const starts = new Uint32Array(batch.rowCount);
    const ends = new Uint32Array(batch.rowCount);
    let at = 0;
    for (let row = 0; row < batch.rowCount; row += 1) {
      const value = column === undefined ? null : readValue(column, row);
      const part = value === null ? new Uint8Array(0) : this.#bytes(value);
      parts.push(part);
      starts[row] = at;
      at += part.length;
      ends[row] = at;
    }
    const bytes = new Uint8Array(new ArrayBuffer(at));
    parts.forEach((part, row) => {
      bytes.set(part, starts[row]);
    });
    return { bytes, starts, ends };
  }

  #bytes(value: Value): Uint8Array {
    const width = widths[this.#type.kind];
    if (width === undefined) {
      return typeof value === "string" ? Buffer.from(value, this.#options.charset) : (value as Uint8Array);
    }
    const view = new DataView(new ArrayBuffer(width));
    const little = this.#options.isLittleEndian;
    switch (this.#type.kind) {
      case "boolean":
        view.setInt8(0, value === true ? 1 : 0);
        break;
      case "tinyint":
        view.setInt8(0, value as number);
        break;
      case "smallint":
        view.setInt16(0, value as number, little);
        break;
      case "int":
        view.setInt32(0, value as number, little);
        break;
      case "bigint":
        view.setBigInt64(0, BigInt(value as number | bigint), little);
        break;
      case "float":
        view.setFloat32(0, value as number, little);
        break;
      default:
        view.setFloat64(0, value as number, little);
    }
    return new Uint8Array(view.buffer);
  }
}

/** @throws SqlError for columns that cannot be raw */
export function checkRaw(table: TableDefinition): void {
  const type = rawColumn(table);
  const isKnown =
    widths[type.kind] !== undefined || ["char", "varchar", "binary", "varbinary"].includes(type.kind);
  if (!isKnown) throw new SqlError("42804", `format 'raw' has no ${typeText(type)}`);
}
