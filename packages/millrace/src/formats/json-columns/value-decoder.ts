import type { ColumnWriter } from "../parquet/column-writer.ts";
import type { JsonReader } from "./json-reader.ts";

/** Reads the values of one node of the schema into the columns below it. */
export interface ValueDecoder {
  /** A value, of which the first byte is `first`. Throws JsonFailure; the row is then taken back by the caller. */
  read(reader: JsonReader, first: number, repetition: number): void;
  /** The node is missing, or something around it is null: `definition` says how far up. */
  nulls(repetition: number, definition: number): void;
}

/** A node without children. */
export abstract class LeafDecoder implements ValueDecoder {
  protected readonly writer: ColumnWriter;
  /** Of a value that is there. */
  protected readonly level: number;
  readonly #nullLevel: number;

  constructor(writer: ColumnWriter, nullLevel: number) {
    this.writer = writer;
    this.level = writer.column.maxDefinition;
    this.#nullLevel = nullLevel;
  }

  read(reader: JsonReader, first: number, repetition: number): void {
    if (first === 0x6e) {
      reader.literal("null");
      this.writer.addNull(repetition, this.#nullLevel);
    } else {
      this.value(reader, first, repetition);
    }
  }

  nulls(repetition: number, definition: number): void {
    this.writer.addNull(repetition, definition);
  }

  /** Of a key of a map. */
  abstract text(text: string, repetition: number): void;

  protected abstract value(reader: JsonReader, first: number, repetition: number): void;
}
