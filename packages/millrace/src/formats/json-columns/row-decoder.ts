import { isUtf8 } from "node:buffer";
import { assert } from "../../core/assert.ts";
import type { ColumnWriter } from "../parquet/column-writer.ts";
import type { RowGroupWriter } from "../parquet/row-group.ts";
import type { ParquetSchema, Shape } from "../parquet/schema.ts";
import type { HiveType, StructField } from "../schema/hive-type.ts";
import type { DecodeRules } from "./decode-rules.ts";
import { JsonFailure, mismatch } from "./json-failure.ts";
import { char, JsonReader } from "./json-reader.ts";
import { ListDecoder, MapDecoder } from "./nested-decoders.ts";
import { BooleanDecoder, DecimalDecoder, FloatDecoder, IntegerDecoder } from "./number-decoders.ts";
import { StructDecoder } from "./struct-decoder.ts";
import { BinaryDecoder, TextDecoder } from "./text-decoders.ts";
import { DateDecoder, TimestampDecoder } from "./time-decoders.ts";
import { LeafDecoder, type ValueDecoder } from "./value-decoder.ts";

/** Turns JSON objects into rows of a row group whose schema was made of Hive's types (`parquetOfHive`). */
export class JsonRowDecoder {
  readonly #reader = new JsonReader();
  readonly #row: StructDecoder;
  readonly #rowGroup: RowGroupWriter;

  constructor(
    columns: readonly StructField[],
    schema: ParquetSchema,
    rowGroup: RowGroupWriter,
    rules: DecodeRules,
  ) {
    const builder = new DecoderBuilder(rowGroup.columns, rules);
    const members = columns.map((column, index) =>
      builder.decoder(column.type, shapeAt(schema.shapes, index)),
    );
    const names = columns.map((column) => column.name);
    this.#row = new StructDecoder({ nullLevel: 0, level: 0 }, names, members, rules);
    this.#rowGroup = rowGroup;
  }

  /**
   * Adds a row for each of the objects, which follow each other with or without space; all of them or none.
   * Answers how many. @throws JsonFailure
   */
  decode(bytes: Buffer, from: number, to: number): number {
    try {
      const rows = this.#objects(bytes, from, to);
      this.#rowGroup.commit(rows);
      return rows;
    } catch (error) {
      this.#rowGroup.rollback();
      throw error;
    }
  }

  #objects(bytes: Buffer, from: number, to: number): number {
    if (!isUtf8(bytes.subarray(from, to))) throw new JsonFailure("malformed", "Invalid UTF-8");
    const reader = this.#reader;
    reader.begin(bytes, hasMark(bytes, from, to) ? from + 3 : from, to);
    let rows = 0;
    for (let first = reader.peek(); first !== -1; first = reader.peek()) {
      if (first !== char.openObject) {
        reader.skipValue();
        throw mismatch("A JSON object is required");
      }
      this.#row.readObject(reader, 0);
      rows += 1;
    }
    if (rows === 0) throw new JsonFailure("malformed", "No content to map due to end-of-input");
    return rows;
  }
}

/** UTF-8's byte order mark. */
function hasMark(bytes: Buffer, from: number, to: number): boolean {
  return to - from >= 3 && bytes[from] === 0xef && bytes[from + 1] === 0xbb && bytes[from + 2] === 0xbf;
}

function shapeAt(shapes: readonly Shape[], index: number): Shape {
  const shape = shapes[index];
  assert(shape !== undefined, "the schema has the shape of its types");
  return shape;
}

class DecoderBuilder {
  readonly #writers: readonly ColumnWriter[];
  readonly #rules: DecodeRules;

  constructor(writers: readonly ColumnWriter[], rules: DecodeRules) {
    this.#writers = writers;
    this.#rules = rules;
  }

  decoder(type: HiveType, shape: Shape): ValueDecoder {
    switch (type.kind) {
      case "array":
        return new ListDecoder(shape, this.decoder(type.element, shapeAt(shape.children, 0)), this.#rules);
      case "map": {
        const key = this.decoder(type.key, shapeAt(shape.children, 0));
        assert(key instanceof LeafDecoder, "keys of maps are plain values");
        return new MapDecoder(shape, key, this.decoder(type.value, shapeAt(shape.children, 1)), this.#rules);
      }
      case "struct": {
        const members = type.fields.map((field, index) =>
          this.decoder(field.type, shapeAt(shape.children, index)),
        );
        return new StructDecoder(
          shape,
          type.fields.map((field) => field.name),
          members,
          this.#rules,
        );
      }
      default:
        return this.#leaf(type, shape);
    }
  }

  #leaf(type: HiveType, shape: Shape): LeafDecoder {
    const writer = this.#writers[shape.firstColumn];
    assert(writer !== undefined, "each leaf has a column");
    const rules = this.#rules;
    const { nullLevel } = shape;
    if (type.kind === "decimal") return new DecimalDecoder(writer, nullLevel, rules, type);
    if (type.kind === "text") return new TextDecoder(writer, nullLevel, rules, type.length);
    assert(type.kind === "primitive", "types of columns were checked");
    switch (type.name) {
      case "tinyint":
        return new IntegerDecoder(writer, nullLevel, rules, 8);
      case "smallint":
        return new IntegerDecoder(writer, nullLevel, rules, 16);
      case "int":
        return new IntegerDecoder(writer, nullLevel, rules, 32);
      case "bigint":
        return new IntegerDecoder(writer, nullLevel, rules, 64);
      case "float":
        return new FloatDecoder(writer, nullLevel, rules, false);
      case "double":
        return new FloatDecoder(writer, nullLevel, rules, true);
      case "boolean":
        return new BooleanDecoder(writer, nullLevel, rules);
      case "date":
        return new DateDecoder(writer, nullLevel);
      case "timestamp":
        return new TimestampDecoder(writer, nullLevel, rules);
      case "binary":
        return new BinaryDecoder(writer, nullLevel);
      default:
        return new TextDecoder(writer, nullLevel, rules);
    }
  }
}
