import { assert, unreachable } from "../../core/assert.ts";
import type { ColumnWriter } from "./column-writer.ts";
import type { RowGroupWriter } from "./row-group.ts";
import type { LeafNode, ParquetSchema, Shape } from "./schema.ts";

/**
 * A value of a row. Of leaves: boolean; number (INT32, INT64, FLOAT, DOUBLE), bigint (INT64), bytes or text
 * (BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY), Int96 (INT96). Of lists an array, of maps a Map, of groups an object.
 */
export type RowValue =
  | null
  | undefined
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | Int96
  | readonly RowValue[]
  | ReadonlyMap<RowValue, RowValue>
  | { readonly [name: string]: RowValue };

/** A timestamp as Hive and Impala write it. */
export class Int96 {
  readonly nanosOfDay: number;
  readonly julianDay: number;

  constructor(nanosOfDay: number, julianDay: number) {
    this.nanosOfDay = nanosOfDay;
    this.julianDay = julianDay;
  }
}

/** Writes rows that are objects into the columns of a row group. */
export class RowWriter {
  readonly #schema: ParquetSchema;
  readonly #rowGroup: RowGroupWriter;

  constructor(schema: ParquetSchema, rowGroup: RowGroupWriter) {
    this.#schema = schema;
    this.#rowGroup = rowGroup;
  }

  /** The types of values are the caller's business: another type than the column's is an assertion. */
  write(row: Readonly<Record<string, RowValue>>): void {
    for (const shape of this.#schema.shapes) this.#value(shape, row[shape.node.name], 0);
    this.#rowGroup.commit(1);
  }

  #value(shape: Shape, value: RowValue, repetition: number): void {
    if (value === null || value === undefined) {
      assert(shape.node.optional, `${shape.node.name} must not be null`);
      this.#nulls(shape, repetition, shape.nullLevel);
      return;
    }
    switch (shape.node.kind) {
      case "leaf":
        addLeaf(this.#column(shape), shape.node, value, repetition, shape.level);
        return;
      case "group": {
        assert(isGroup(value), `${shape.node.name} is a group`);
        for (const child of shape.children) this.#value(child, value[child.node.name], repetition);
        return;
      }
      case "list":
        assert(Array.isArray(value), `${shape.node.name} is a list`);
        this.#entries(
          shape,
          value.map((element: RowValue) => [element]),
          repetition,
        );
        return;
      case "map":
        assert(value instanceof Map, `${shape.node.name} is a map`);
        this.#entries(shape, [...value], repetition);
        return;
      default:
        unreachable(shape.node);
    }
  }

  /** Entries of a list have one part, of a map two. */
  #entries(shape: Shape, entries: readonly (readonly RowValue[])[], repetition: number): void {
    if (entries.length === 0) this.#nulls(shape, repetition, shape.level);
    entries.forEach((entry, index) => {
      shape.children.forEach((child, part) => {
        this.#value(child, entry[part], index === 0 ? repetition : shape.repetition);
      });
    });
  }

  #nulls(shape: Shape, repetition: number, definition: number): void {
    for (let column = shape.firstColumn; column < shape.endColumn; column++) {
      this.#rowGroup.columns[column]?.addNull(repetition, definition);
    }
  }

  #column(shape: Shape): ColumnWriter {
    const column = this.#rowGroup.columns[shape.firstColumn];
    assert(column !== undefined, "each leaf has a column");
    return column;
  }
}

function isGroup(value: RowValue): value is { readonly [name: string]: RowValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Map);
}

function addLeaf(
  column: ColumnWriter,
  leaf: LeafNode,
  value: RowValue,
  repetition: number,
  level: number,
): void {
  if (typeof value === "string" || value instanceof Uint8Array) {
    addBytes(column, leaf, typeof value === "string" ? Buffer.from(value) : value, repetition, level);
  } else if (leaf.type === "BOOLEAN") {
    assert(typeof value === "boolean", `${leaf.name} holds booleans`);
    column.addBoolean(value, repetition, level);
  } else if (leaf.type === "INT96") {
    assert(value instanceof Int96, `${leaf.name} holds timestamps`);
    column.addInt96(value.nanosOfDay, value.julianDay, repetition, level);
  } else if (typeof value === "bigint") {
    assert(leaf.type === "INT64", `${leaf.name} does not hold integers of 64 bits`);
    column.addBigInt64(value, repetition, level);
  } else {
    assert(typeof value === "number", `${leaf.name} holds numbers`);
    addNumber(column, leaf, value, repetition, level);
  }
}

function addBytes(
  column: ColumnWriter,
  leaf: LeafNode,
  bytes: Uint8Array,
  repetition: number,
  level: number,
): void {
  if (leaf.type === "BYTE_ARRAY") {
    column.addBytes(bytes, 0, bytes.length, repetition, level);
  } else {
    assert(leaf.type === "FIXED_LEN_BYTE_ARRAY", `${leaf.name} holds no bytes`);
    assert(bytes.length === leaf.typeLength, `${leaf.name} holds ${leaf.typeLength} bytes`);
    column.addFixed(bytes, repetition, level);
  }
}

function addNumber(
  column: ColumnWriter,
  leaf: LeafNode,
  value: number,
  repetition: number,
  level: number,
): void {
  if (leaf.type === "DOUBLE") column.addDouble(value, repetition, level);
  else if (leaf.type === "FLOAT") column.addFloat(value, repetition, level);
  else {
    assert(Number.isSafeInteger(value), `${leaf.name} holds integers`);
    if (leaf.type === "INT32") column.addInt32(value, repetition, level);
    else {
      assert(leaf.type === "INT64", `${leaf.name} holds no numbers`);
      column.addInt64(value, repetition, level);
    }
  }
}
