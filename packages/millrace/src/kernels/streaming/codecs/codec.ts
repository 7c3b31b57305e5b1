import type { IntegerMode } from "../../../sql/flink/functions/scalar-function.ts";
import type { TableDefinition } from "../../../sql/flink/relation.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import type { Batch } from "../batch.ts";
import type { SourceBlock } from "../connector-port.ts";
import type { SourceColumn } from "../plan/physical-plan.ts";

/** What a decoder is made for: what a source operator reads of a table. */
export interface DecoderSpec {
  readonly table: TableDefinition;
  /** What comes out, in this order. */
  readonly columns: readonly SourceColumn[];
  readonly mode: IntegerMode;
  /** Names the source in errors. */
  readonly name: string;
  /** Of the session, where metadata is cast to another type; UTC when not told. */
  readonly timeZone?: string | undefined;
}

/** Makes rows of records. A record may be several rows, or none. */
export interface Decoder {
  /**
   * Inserts, in the order of the records.
   * @param split for messages
   * @throws DecodeError with the record's split, position and an excerpt; NeedsExactIntegers
   */
  decode(block: SourceBlock, split: string): Batch;
  /** Records or fields that were left out, as the format's options allow, so far. */
  readonly ignored: number;
}

export interface EncoderSpec {
  readonly table: TableDefinition;
  /** The types of the batch's columns. */
  readonly types: readonly FlinkType[];
  /** Columns of the table that the batch's columns fill, in order. */
  readonly columns: readonly number[];
  /** Columns of the table that do not go into the bytes: `PARTITIONED BY` of a filesystem. */
  readonly leaveOut: readonly number[];
  readonly mode: IntegerMode;
  /** Of the session, where texts of times are for people; UTC when not told. */
  readonly timeZone?: string | undefined;
}

/** Row i of the batch is bytes[starts[i], ends[i]). All memory is new and may be given away. */
export interface EncodedRows {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

export interface Encoder {
  /** One record a row, without a line end; the kinds of rows are not in it. @throws EvaluationError */
  encode(batch: Batch): EncodedRows;
}

/** A record is not what the format and the table say. */
export class DecodeError extends Error {
  override readonly name = "DecodeError";
}
