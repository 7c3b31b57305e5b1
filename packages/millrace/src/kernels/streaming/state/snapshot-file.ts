import { crc32 } from "node:zlib";
import type { OperatorSnapshot, SnapshotColumn } from "../operator.ts";
import { ByteReader, SnapshotFormatError } from "./byte-reader.ts";
import { decodeValue, encodeValue, ValueWriter } from "./value-encoding.ts";

/*
 * A snapshot as bytes. Little-endian; n is a whole number of 32 bits.
 *
 *     file   := "MRS1" header block* crc
 *     header := n(bytes of JSON) JSON            version, mode, parts with their columns' names, forms and sizes
 *     block  := n(bytes) n(CRC-32 of them) bytes in the order of the header: of each column its nulls (one byte a
 *               row, if the header says so), then its values
 *     values := raw numbers | strings: n a row (bytes of it), then their UTF-8 | n a row, then tagged values
 *               (undefined, as slots hold that are not in use, has the length 2^32 - 1, or is NULL)
 *     crc    := n(CRC-32 of the blocks' CRCs)
 *
 * A column's values are cut into several blocks, at rows, so that each stays small.
 */

const magic = 0x3153524d;
const maxRowsPerBlock = 65_536;
/** The length of what is undefined among strings. */
const noString = 0xffff_ffff;
const maxHeaderBytes = 256 * 1024 * 1024;

type ColumnForm = "u8" | "i32" | "f64" | "i64" | "text" | "value";

interface Header {
  readonly version: number;
  readonly mode: "double" | "exact";
  readonly parts: readonly {
    readonly name: string;
    readonly rowCount: number;
    readonly columns: readonly {
      readonly name: string;
      readonly form: ColumnForm;
      readonly hasNulls: boolean;
    }[];
  }[];
}

const bytesPerRow = { u8: 1, i32: 4, f64: 8, i64: 8 } as const;

/** In pieces of about a megabyte at most, made one after another as they are asked for. */
export function* encodeSnapshot(snapshot: OperatorSnapshot): Generator<Uint8Array<ArrayBuffer>> {
  const header: Header = {
    version: snapshot.version,
    mode: snapshot.mode,
    parts: snapshot.parts.map((part) => ({
      name: part.name,
      rowCount: part.rowCount,
      columns: part.columns.map((column) => ({
        name: column.name,
        form: formOf(column, part.rowCount),
        hasNulls: column.nulls !== undefined,
      })),
    })),
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  yield concat([words(magic, text.length), text]);
  let sum = crc32(text);
  for (const [at, part] of snapshot.parts.entries()) {
    for (const [index, column] of part.columns.entries()) {
      const form = header.parts[at]?.columns[index]?.form ?? "value";
      for (const bytes of columnBlocks(column, form, part.rowCount)) {
        const crc = crc32(bytes);
        sum = crc32(words(crc), sum);
        yield concat([words(bytes.length, crc), bytes]);
      }
    }
  }
  yield words(sum);
}

/** @throws SnapshotFormatError when the bytes are not what `encodeSnapshot` has written */
export function decodeSnapshot(bytes: Uint8Array): OperatorSnapshot {
  const reader = new ByteReader(bytes);
  if (reader.u32() !== magic) throw new SnapshotFormatError("not a snapshot");
  const size = reader.u32();
  if (size > maxHeaderBytes) throw new SnapshotFormatError("the header is too large");
  const text = reader.bytes(size);
  const header = parseHeader(text);
  const blocks = new BlockReader(reader, crc32(text));
  const parts = header.parts.map((part) => ({
    name: part.name,
    rowCount: part.rowCount,
    columns: part.columns.map((column) => ({
      name: column.name,
      nulls: column.hasNulls ? (readNumbers(blocks, "u8", part.rowCount) as Uint8Array) : undefined,
      values:
        column.form === "text" || column.form === "value"
          ? readObjects(blocks, column.form, part.rowCount)
          : readNumbers(blocks, column.form, part.rowCount),
    })),
  }));
  if (reader.u32() !== blocks.sum || !reader.isAtEnd)
    throw new SnapshotFormatError("the file is damaged at its end");
  return { version: header.version, mode: header.mode, parts };
}

function formOf({ values }: SnapshotColumn, rowCount: number): ColumnForm {
  if (values instanceof Uint8Array) return "u8";
  if (values instanceof Int32Array) return "i32";
  if (values instanceof Float64Array) return "f64";
  if (values instanceof BigInt64Array) return "i64";
  for (let row = 0; row < rowCount; row += 1) {
    const value = values[row];
    // A lone surrogate has no UTF-8.
    if (typeof value === "string" ? !value.isWellFormed() : value !== undefined) return "value";
  }
  return "text";
}

function* columnBlocks(
  column: SnapshotColumn,
  form: ColumnForm,
  rowCount: number,
): Generator<Uint8Array<ArrayBuffer>> {
  for (let from = 0; column.nulls !== undefined && from < rowCount; from += maxRowsPerBlock) {
    yield copyOf(column.nulls, from, Math.min(rowCount, from + maxRowsPerBlock));
  }
  for (let from = 0; from < rowCount; from += maxRowsPerBlock) {
    const to = Math.min(rowCount, from + maxRowsPerBlock);
    if (form === "text" || form === "value")
      yield objectBlock(column.values as readonly unknown[], form, from, to);
    else yield copyOf(column.values as Float64Array, from, to);
  }
}

function copyOf(values: Uint8Array | Float64Array, from: number, to: number): Uint8Array<ArrayBuffer> {
  const part = values.slice(from, to);
  return new Uint8Array(part.buffer as ArrayBuffer, part.byteOffset, part.byteLength);
}

function objectBlock(
  values: readonly unknown[],
  form: "text" | "value",
  from: number,
  to: number,
): Uint8Array<ArrayBuffer> {
  const lengths = new Uint32Array(to - from);
  const writer = new ValueWriter();
  for (let row = from; row < to; row += 1) {
    const before = writer.length;
    const value = values[row];
    if (form === "value") encodeValue(writer, value);
    else if (value !== undefined) writer.utf8(value as string);
    const isMissing = form === "text" && value === undefined;
    lengths[row - from] = isMissing ? noString : writer.length - before;
  }
  return concat([new Uint8Array(lengths.buffer), writer.bytes()]);
}

/** Blocks one after another, each checked. */
class BlockReader {
  readonly #reader: ByteReader;
  sum: number;

  constructor(reader: ByteReader, sum: number) {
    this.#reader = reader;
    this.sum = sum;
  }

  next(): Uint8Array {
    const size = this.#reader.u32();
    const crc = this.#reader.u32();
    const bytes = this.#reader.bytes(size);
    if (crc32(bytes) !== crc) throw new SnapshotFormatError("a block is damaged");
    this.sum = crc32(words(crc), this.sum);
    return bytes;
  }
}

function readNumbers(
  blocks: BlockReader,
  form: "u8" | "i32" | "f64" | "i64",
  rowCount: number,
): Uint8Array | Int32Array | Float64Array | BigInt64Array {
  const pieces: Uint8Array[] = [];
  for (let from = 0; from < rowCount; from += maxRowsPerBlock) {
    const bytes = blocks.next();
    if (bytes.length !== Math.min(maxRowsPerBlock, rowCount - from) * bytesPerRow[form]) {
      throw new SnapshotFormatError("a block has the wrong size");
    }
    pieces.push(bytes);
  }
  const { buffer } = concat(pieces);
  if (form === "u8") return new Uint8Array(buffer);
  if (form === "i32") return new Int32Array(buffer);
  return form === "f64" ? new Float64Array(buffer) : new BigInt64Array(buffer);
}

function readObjects(blocks: BlockReader, form: "text" | "value", rowCount: number): unknown[] {
  const values: unknown[] = [];
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  for (let from = 0; from < rowCount; from += maxRowsPerBlock) {
    const count = Math.min(maxRowsPerBlock, rowCount - from);
    const reader = new ByteReader(blocks.next());
    const lengths = Array.from({ length: count }, () => reader.u32());
    for (const length of lengths) {
      if (form === "text" && length === noString) {
        values.push(undefined);
        continue;
      }
      const bytes = reader.bytes(length);
      values.push(form === "text" ? decodeText(text, bytes) : decodeValue(bytes));
    }
    if (!reader.isAtEnd) throw new SnapshotFormatError("a block has the wrong size");
  }
  return values;
}

function decodeText(decoder: { decode(bytes: Uint8Array): string }, bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new SnapshotFormatError("a string is not UTF-8", { cause });
  }
}

function parseHeader(text: Uint8Array): Header {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder().decode(text));
  } catch (cause) {
    throw new SnapshotFormatError("the header is damaged", { cause });
  }
  if (!isHeader(header)) throw new SnapshotFormatError("the header is damaged");
  return header;
}

function isHeader(value: unknown): value is Header {
  const { version, mode, parts } = (value ?? {}) as Partial<Header>;
  if (!Number.isSafeInteger(version) || (mode !== "double" && mode !== "exact") || !Array.isArray(parts))
    return false;
  return parts.every(
    (part: Partial<Header["parts"][number]> | null) =>
      typeof part?.name === "string" &&
      Number.isSafeInteger(part.rowCount) &&
      (part.rowCount as number) >= 0 &&
      Array.isArray(part.columns) &&
      part.columns.every(isColumn),
  );
}

function isColumn(value: unknown): boolean {
  const { name, form, hasNulls } = (value ?? {}) as Record<string, unknown>;
  const isForm = typeof form === "string" && ["u8", "i32", "f64", "i64", "text", "value"].includes(form);
  return typeof name === "string" && isForm && typeof hasNulls === "boolean";
}

function words(...values: readonly number[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, at) => {
    view.setUint32(at * 4, value, true);
  });
  return bytes;
}

function concat(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
