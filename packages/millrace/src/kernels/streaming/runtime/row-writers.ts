import type { BoundExpression } from "../../../sql/flink/bound-expression.ts";
import type { EvaluationContext } from "../../../sql/flink/functions/scalar-function.ts";
import { type FlinkType, maxLength } from "../../../sql/flink/types.ts";
import type { Batch, Column } from "../batch.ts";
import type { EncodedRows, Encoder } from "../codecs/index.ts";
import type { SinkBlock, SinkEncoding } from "../connector-port.ts";
import { type CompileContext, compileColumn } from "../expressions/index.ts";
import type { RowWriter } from "./rows-port.ts";

/** For sinks that want no rows: those of `isInternal` connectors. */
export class DroppingWriter implements RowWriter {
  write(): void {}

  take(): undefined {
    return undefined;
  }
}

export interface WrittenRows {
  /** Of the batches' columns. */
  readonly types: readonly FlinkType[];
  /** The columns of the table that they fill. */
  readonly columns: readonly number[];
  /** Of the table's columns. */
  readonly names: readonly string[];
  readonly evaluation: EvaluationContext;
  readonly compile: CompileContext;
}

type Keys = NonNullable<SinkEncoding["keys"]>;
type TextColumn = (batch: Batch, evaluation: EvaluationContext) => Column;

/** Encodes rows as they come and gives them out as one block a round. */
export class EncodingWriter implements RowWriter {
  readonly #encoder: Encoder;
  readonly #rows: WrittenRows;
  readonly #keys: Keys | undefined;
  readonly #keyColumns: readonly TextColumn[];
  #encoded: EncodedRows[] = [];
  #kinds: (Uint8Array | undefined)[] = [];
  #keyTexts: string[] = [];
  #watermark = Number.NEGATIVE_INFINITY;

  constructor(encoder: Encoder, keys: SinkEncoding["keys"], rows: WrittenRows) {
    this.#encoder = encoder;
    this.#rows = rows;
    this.#keys = keys;
    this.#keyColumns = (keys?.columns ?? []).map((column) => textColumn(rows, rows.columns.indexOf(column)));
  }

  write(batch: Batch): void {
    this.#encoded.push(this.#encoder.encode(batch));
    this.#kinds.push(batch.kinds);
    if (this.#keys !== undefined) this.#appendKeys(batch, this.#keys);
  }

  take(watermark: number): SinkBlock | undefined {
    // Partitions become complete by the watermark, also while nothing is written.
    const isDue = this.#keys?.kind === "hive" && watermark > this.#watermark;
    this.#watermark = watermark;
    if (this.#encoded.length === 0 && !isDue) return undefined;
    const rows = merge(this.#encoded);
    const kinds = mergeKinds(this.#encoded, this.#kinds, rows.starts.length);
    const keys = this.#keys === undefined ? undefined : this.#keyTexts;
    this.#encoded = [];
    this.#kinds = [];
    this.#keyTexts = [];
    return { ...rows, kinds, keys, watermark };
  }

  #appendKeys(batch: Batch, keys: Keys): void {
    const columns = this.#keyColumns.map((text) => text(batch, this.#rows.evaluation));
    for (let row = 0; row < batch.rowCount; row += 1) {
      const texts = columns.map((column) =>
        column.nulls?.[row] === 1 ? undefined : `${column.values[row]}`,
      );
      this.#keyTexts.push(keyText(keys, texts, this.#rows.names));
    }
  }
}

function keyText(keys: Keys, texts: readonly (string | undefined)[], names: readonly string[]): string {
  if (keys.kind === "delimited") return texts.map((text) => text ?? "").join(keys.delimiter);
  const parts = texts.map((text, at) => {
    const value = text === undefined || text === "" ? keys.nullName : escapePathName(text);
    return `${escapePathName(names[keys.columns[at] ?? 0] ?? "")}=${value}/`;
  });
  return parts.join("");
}

/** Characters that Hive writes as `%XX` in the names of partitions' directories. */
const hiveSpecial = /[\p{Cc}"#%'*/:=?\\{[\]^]/gu;

function escapePathName(text: string): string {
  return text.replace(
    hiveSpecial,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}

function textColumn(rows: WrittenRows, index: number): TextColumn {
  const type = rows.types[index];
  if (type === undefined) throw new RangeError("a key of a sink is a column that is written");
  const operand: BoundExpression = { kind: "column", type, index };
  const text: FlinkType = { kind: "varchar", length: maxLength, nullable: type.nullable };
  const isText = type.kind === "varchar" || type.kind === "char";
  const expression: BoundExpression = isText ? operand : { kind: "cast", type: text, operand, isTry: false };
  return compileColumn(expression, rows.types, rows.compile);
}

function merge(parts: readonly EncodedRows[]): EncodedRows {
  const first = parts[0];
  if (first !== undefined && parts.length === 1) return first;
  let byteCount = 0;
  let rowCount = 0;
  for (const part of parts) {
    byteCount += part.bytes.byteLength;
    rowCount += part.starts.length;
  }
  const bytes = new Uint8Array(byteCount);
  const starts = new Uint32Array(rowCount);
  const ends = new Uint32Array(rowCount);
  let byteAt = 0;
  let rowAt = 0;
  for (const part of parts) {
    bytes.set(part.bytes, byteAt);
    for (let row = 0; row < part.starts.length; row += 1) {
      starts[rowAt] = (part.starts[row] as number) + byteAt;
      ends[rowAt] = (part.ends[row] as number) + byteAt;
      rowAt += 1;
    }
    byteAt += part.bytes.byteLength;
  }
  return { bytes, starts, ends };
}

function mergeKinds(
  parts: readonly EncodedRows[],
  kinds: readonly (Uint8Array | undefined)[],
  rowCount: number,
): Uint8Array | undefined {
  if (kinds.every((part) => part === undefined)) return undefined;
  const merged = new Uint8Array(rowCount);
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const rows = kinds[index];
    if (rows !== undefined) merged.set(rows.subarray(0, part.starts.length), at);
    at += part.starts.length;
  }
  return merged;
}
