import type { FlinkType } from "../../../../sql/flink/types.ts";
import type { Batch, Column } from "../../batch.ts";
import { laneOf } from "../../batch.ts";
import { ColumnBuilder } from "../../columns/index.ts";
import type { SourceBlock } from "../../connector-port.ts";
import { DecodeError, type Decoder, type DecoderSpec } from "../codec.ts";
import { FormatOptions } from "../format-options.ts";
import { besideRecords, type MetadataColumn, metadataColumn } from "../metadata-columns.ts";
import { type JsonOptions, jsonOptions } from "./json-options.ts";
import { JsonRecords } from "./json-records.ts";
import { type ByteText, JsonScan, JsonSyntaxError } from "./json-scan.ts";
import { JsonSlot } from "./json-slots.ts";
import { JsonFieldError } from "./json-values.ts";
import { type DerivedColumn, type WantedFields, type WantedPath, wantedFields } from "./wanted-fields.ts";

const maxExcerptBytes = 200;

/** JSON records into columns, reading only what is wanted. */
export class JsonDecoder implements Decoder {
  readonly #spec: DecoderSpec;
  readonly #options: JsonOptions;
  readonly #scan = new JsonScan();
  readonly #slots: readonly JsonSlot[];
  readonly #records: JsonRecords;
  readonly #fields: WantedFields;
  /** For each column of the spec: its number among the physical ones, or how its metadata is made. */
  readonly #places: readonly (number | MetadataColumn)[];
  #ignored = 0;

  constructor(spec: DecoderSpec) {
    this.#spec = spec;
    this.#options = jsonOptions(new FormatOptions(spec.table, "json"));
    const physical = spec.columns.filter(({ column }) => besideRecords(spec.table, column) === undefined);
    let next = 0;
    this.#places = spec.columns.map(({ column }) => {
      const metadata = metadataColumn(spec, column);
      if (metadata !== undefined) return metadata;
      next += 1;
      return next - 1;
    });
    const paths = physical.map((column) => wantedPath(spec, column.column, column.path, column.field.type));
    this.#fields = wantedFields(
      paths,
      physical.map((column) => column.path),
    );
    const options = { ...this.#options, mode: spec.mode };
    this.#slots = this.#fields.columns.map(
      (column) => new JsonSlot((paths[column] as WantedPath).type, options),
    );
    this.#records = new JsonRecords(this.#scan, this.#slots, this.#fields.root, this.#options);
  }

  get ignored(): number {
    return this.#ignored;
  }

  /** Records that had other keys than those before. */
  get learnt(): number {
    return this.#records.learnt;
  }

  decode(block: SourceBlock, split: string): Batch {
    const { bytes, starts, ends } = block;
    const scan = this.#scan;
    scan.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) as ByteText;
    const records = starts.length;
    for (const slot of this.#slots) slot.open(records);
    const rows = new RowNumbers(records, this.#slots);
    for (let record = 0; record < records; record += 1) {
      const [from, to] = this.#trimmed(starts[record] as number, ends[record] as number);
      if (from === to) continue;
      scan.begin = from;
      try {
        if (scan.bytes[from] === 0x5b) this.#array(from, to, rows, record);
        else {
          scan.end = to;
          rows.reserve();
          this.#records.read(from, rows.count);
          rows.add(record);
        }
      } catch (error) {
        this.#failed(error, block, split, record);
      }
    }
    return this.#batch(block, rows);
  }

  /** Records without the white space around them. */
  #trimmed(from: number, to: number): readonly [number, number] {
    const { bytes } = this.#scan;
    let [first, last] = [from, to];
    while (first < last && (bytes[first] as number) <= 0x20) first += 1;
    while (last > first && (bytes[last - 1] as number) <= 0x20) last -= 1;
    return [first, last];
  }

  /** An array of objects: a row each, or none when one of them is wrong. */
  #array(from: number, to: number, rows: RowNumbers, record: number): void {
    const scan = this.#scan;
    scan.end = to;
    const end = scan.skip(from);
    if (end !== to) scan.fail(end, "end of the record");
    const first = rows.count;
    try {
      let at = scan.space(from + 1);
      while (scan.bytes[at] !== 0x5d) {
        scan.end = to;
        scan.end = scan.skip(at);
        rows.reserve();
        this.#records.read(at, rows.count);
        rows.add(record);
        at = scan.end;
        scan.end = to;
        at = scan.space(at);
        if (scan.bytes[at] === 0x2c) at = scan.space(at + 1);
      }
    } catch (error) {
      rows.count = first;
      throw error;
    }
  }

  #failed(error: unknown, block: SourceBlock, split: string, record: number): void {
    if (!(error instanceof JsonSyntaxError || error instanceof JsonFieldError)) throw error;
    if (this.#options.ignoreParseErrors) {
      this.#ignored += 1;
      return;
    }
    const [from, to] = [block.starts[record] as number, block.ends[record] as number];
    const excerpt = this.#scan.bytes.toString("utf8", from, Math.min(to, from + maxExcerptBytes));
    throw new DecodeError(
      `${this.#spec.name}: record ${record + 1} of ${block.starts.length} before position ${block.next} of ` +
        `'${split}': JSON ${error.message}: ${excerpt}${to - from > maxExcerptBytes ? "..." : ""}`,
      { cause: error },
    );
  }

  #batch(block: SourceBlock, rows: RowNumbers): Batch {
    const rowCount = rows.count;
    const physical: Column[] = [];
    this.#fields.columns.forEach((column, slot) => {
      physical[column] = (this.#slots[slot] as JsonSlot).finish(rowCount);
    });
    for (const derived of this.#fields.derived) {
      const owner = physical[this.#fields.columns[derived.slot] as number] as Column;
      physical[derived.column] = derive(
        owner,
        derived,
        rowCount,
        this.#typeOf(derived.column),
        this.#spec.mode,
      );
    }
    const columns = this.#places.map((place) =>
      typeof place === "number" ? (physical[place] as Column) : place(block, rowCount, rows.recordOf),
    );
    return { rowCount, columns, kinds: undefined };
  }

  #typeOf(physical: number): FlinkType {
    const column = this.#spec.columns[this.#places.indexOf(physical)];
    if (column === undefined) throw new TypeError("no such column");
    return column.field.type;
  }
}

/** Rows as they are made, and the record of each where some records give none or several. */
class RowNumbers {
  count = 0;
  recordOf: Int32Array | undefined;
  readonly #slots: readonly JsonSlot[];
  #capacity: number;

  constructor(records: number, slots: readonly JsonSlot[]) {
    this.#capacity = records;
    this.#slots = slots;
  }

  /** Room for one more. */
  reserve(): void {
    if (this.count >= this.#capacity) this.#grow();
  }

  add(record: number): void {
    const row = this.count;
    if (row !== record && this.recordOf === undefined) {
      this.recordOf = Int32Array.from({ length: this.#capacity }, (_, index) => index);
    }
    if (this.recordOf !== undefined) this.recordOf[row] = record;
    this.count = row + 1;
  }

  #grow(): void {
    this.#capacity = this.#capacity * 2 + 1;
    for (const slot of this.#slots) slot.grow(this.#capacity);
    const recordOf = new Int32Array(this.#capacity);
    if (this.recordOf !== undefined) recordOf.set(this.recordOf);
    this.recordOf = recordOf;
  }
}

function derive(
  owner: Column,
  { indexes }: DerivedColumn,
  rowCount: number,
  type: FlinkType,
  mode: DecoderSpec["mode"],
): Column {
  if (indexes.length === 0) return owner;
  const builder = new ColumnBuilder(laneOf(type, mode), rowCount);
  for (let row = 0; row < rowCount; row += 1) {
    let value: unknown = owner.nulls?.[row] === 1 ? null : owner.values[row];
    for (const index of indexes)
      value = value === null ? null : ((value as readonly unknown[])[index] ?? null);
    builder.appendValue(value as never);
  }
  return builder.finish();
}

function wantedPath(spec: DecoderSpec, column: number, path: readonly number[], type: FlinkType): WantedPath {
  const declared = spec.table.columns[column];
  if (declared === undefined) throw new TypeError(`no column ${column}`);
  const keys = [declared.field.name];
  let at = declared.field.type;
  for (const index of path) {
    const field = at.kind === "row" ? at.fields[index] : undefined;
    if (field === undefined) throw new TypeError(`no field ${index} in ${declared.field.name}`);
    keys.push(field.name);
    at = field.type;
  }
  return { keys, type };
}
