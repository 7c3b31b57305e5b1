import {
  type HiveType,
  maxDecimalPrecision,
  primitive,
  printableFieldName,
  type StructField,
} from "../schema/hive-type.ts";
import type { LogicalType, SchemaElement } from "./schema-element.ts";

/** Groups nested deeper are refused: the tree is walked by recursion. */
const maxDepth = 100;

/** Physical types by number. */
const physical = {
  boolean: 0,
  int32: 1,
  int64: 2,
  int96: 3,
  float: 4,
  double: 5,
  bytes: 6,
  fixed: 7,
} as const;

/** ConvertedType by number, for files without logical types. */
const converted: ReadonlyMap<number, LogicalType> = new Map<number, LogicalType>([
  [0, { kind: "string" }],
  [1, { kind: "map" }],
  [2, { kind: "map" }], // MAP_KEY_VALUE
  [3, { kind: "list" }],
  [4, { kind: "string" }], // ENUM
  [6, { kind: "date" }],
  [7, { kind: "time" }],
  [8, { kind: "time" }],
  [9, { kind: "timestamp" }],
  [10, { kind: "timestamp" }],
  [11, { kind: "integer", bits: 8, signed: false }],
  [12, { kind: "integer", bits: 16, signed: false }],
  [13, { kind: "integer", bits: 32, signed: false }],
  [14, { kind: "integer", bits: 64, signed: false }],
  [15, { kind: "integer", bits: 8, signed: true }],
  [16, { kind: "integer", bits: 16, signed: true }],
  [17, { kind: "integer", bits: 32, signed: true }],
  [18, { kind: "integer", bits: 64, signed: true }],
  [19, { kind: "string" }], // JSON
  [20, { kind: "bytes" }], // BSON
  [21, { kind: "bytes" }], // INTERVAL
]);

const decimalConverted = 5;

interface Node {
  readonly element: SchemaElement;
  readonly children: readonly Node[];
}

/** The columns of a schema as types of Hive, or why the schema is none. */
export function parquetColumns(elements: readonly SchemaElement[]): readonly StructField[] | string {
  const tree = new TreeReader(elements);
  const root = tree.node(0);
  if (root === undefined || !tree.atEnd()) return "the schema is not a tree";
  if (root.children.length === 0) return "the schema has no columns";
  return root.children.map((child) => ({ name: child.element.name, type: fieldType(child) }));
}

class TreeReader {
  readonly #elements: readonly SchemaElement[];
  #at = 0;

  constructor(elements: readonly SchemaElement[]) {
    this.#elements = elements;
  }

  atEnd(): boolean {
    return this.#at === this.#elements.length;
  }

  node(depth: number): Node | undefined {
    const element = this.#elements[this.#at];
    if (element === undefined || depth > maxDepth) return undefined;
    this.#at += 1;
    const children: Node[] = [];
    for (let index = 0; index < element.children; index += 1) {
      const child = this.node(depth + 1);
      if (child === undefined) return undefined;
      children.push(child);
    }
    return { element, children };
  }
}

/** A repeated field outside of lists and maps is an array of itself. */
function fieldType(node: Node): HiveType {
  const type = valueType(node);
  return node.element.repeated ? { kind: "array", element: type } : type;
}

function valueType(node: Node): HiveType {
  const { element, children } = node;
  if (children.length === 0) return leafType(element);
  const logical = logicalOf(element)?.kind;
  const [only] = children;
  if (logical === "list" && children.length === 1 && only?.element.repeated) return listType(node, only);
  if (logical === "map" && children.length === 1 && only?.element.repeated && only.children.length === 2) {
    const [key, value] = only.children;
    if (key !== undefined && value !== undefined) {
      return { kind: "map", key: fieldType(key), value: fieldType(value) };
    }
  }
  return structType(children);
}

/**
 * The rules of the format for lists of older writers (parquet-format, LogicalTypes.md): the repeated node is
 * the element itself if it is a leaf, has several fields, or is named `array` or `<list>_tuple`.
 */
function listType(list: Node, repeated: Node): HiveType {
  const [inner] = repeated.children;
  const { name } = repeated.element;
  const isElement =
    inner === undefined ||
    repeated.children.length > 1 ||
    inner.element.repeated ||
    name === "array" ||
    name === `${list.element.name}_tuple`;
  return { kind: "array", element: isElement ? valueType(repeated) : fieldType(inner) };
}

function structType(children: readonly Node[]): HiveType {
  return {
    kind: "struct",
    fields: children.map((child) => ({
      name: printableFieldName(child.element.name),
      type: fieldType(child),
    })),
  };
}

function logicalOf(element: SchemaElement): LogicalType | undefined {
  if (element.logical !== undefined) return element.logical;
  if (element.converted === decimalConverted) {
    return { kind: "decimal", precision: element.precision ?? 0, scale: element.scale ?? 0 };
  }
  return element.converted === undefined ? undefined : converted.get(element.converted);
}

function leafType(element: SchemaElement): HiveType {
  const logical = logicalOf(element);
  if (logical?.kind === "decimal") {
    const { precision, scale } = logical;
    const fits = precision >= 1 && precision <= maxDecimalPrecision && scale >= 0 && scale <= precision;
    if (fits) return { kind: "decimal", precision, scale };
  }
  switch (element.physical) {
    case physical.boolean:
      return primitive("boolean");
    case physical.int32:
      if (logical?.kind === "date") return primitive("date");
      return logical?.kind === "integer" ? integerType(logical.bits, logical.signed) : primitive("int");
    case physical.int64:
      return primitive(logical?.kind === "timestamp" ? "timestamp" : "bigint");
    case physical.int96:
      return primitive("timestamp");
    case physical.float:
      return primitive("float");
    case physical.double:
      return primitive("double");
    default:
      return primitive(logical?.kind === "string" ? "string" : "binary");
  }
}

/** An unsigned integer takes the next wider type; there is none beyond 64 bits. */
function integerType(bits: number, signed: boolean): HiveType {
  const needed = signed ? bits : bits + 1;
  if (needed <= 8) return primitive("tinyint");
  if (needed <= 16) return primitive("smallint");
  return primitive(needed <= 32 ? "int" : "bigint");
}
