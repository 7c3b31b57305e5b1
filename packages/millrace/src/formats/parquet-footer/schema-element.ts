import type { ThriftReader } from "./thrift-reader.ts";

/** What a column holds beyond its physical type. */
export type LogicalType =
  | { readonly kind: "string" | "map" | "list" | "date" | "time" | "timestamp" | "bytes" | "null" }
  | { readonly kind: "decimal"; readonly precision: number; readonly scale: number }
  | { readonly kind: "integer"; readonly bits: number; readonly signed: boolean };

/** A node of the schema, which is stored as a list in depth-first order. */
export interface SchemaElement {
  name: string;
  /** Nodes right below; a leaf has none. */
  children: number;
  repeated: boolean;
  /** Physical type: BOOLEAN, INT32, INT64, INT96, FLOAT, DOUBLE, BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY. */
  physical?: number;
  /** The older annotation, which is kept beside the logical type. */
  converted?: number;
  scale?: number;
  precision?: number;
  logical?: LogicalType;
  /** Of a timestamp: whether it names a moment, and not a reading of some clock. */
  adjustedToUtc?: boolean;
}

const repeated = 2;

/**
 * Reads one field of a SchemaElement:
 * 1: type, 2: type_length, 3: repetition_type, 4: name, 5: num_children, 6: converted_type, 7: scale,
 * 8: precision, 9: field_id, 10: logicalType
 */
export function readSchemaElement(reader: ThriftReader, element: SchemaElement, id: number): boolean {
  switch (id) {
    case 1:
      element.physical = reader.integer();
      return true;
    case 3:
      element.repeated = reader.integer() === repeated;
      return true;
    case 4:
      element.name = reader.text();
      return true;
    case 5:
      element.children = reader.integer();
      return true;
    case 6:
      element.converted = reader.integer();
      return true;
    case 7:
      element.scale = reader.integer();
      return true;
    case 8:
      element.precision = reader.integer();
      return true;
    case 10:
      readLogicalType(reader, element);
      return true;
    default:
      return false;
  }
}

/** Members of the union LogicalType that have no parameters of interest here. */
const plainKinds: ReadonlyMap<number, LogicalType> = new Map<number, LogicalType>([
  [1, { kind: "string" }],
  [2, { kind: "map" }],
  [3, { kind: "list" }],
  [4, { kind: "string" }], // ENUM
  [6, { kind: "date" }],
  [7, { kind: "time" }],
  [8, { kind: "timestamp" }],
  [11, { kind: "null" }],
  [12, { kind: "string" }], // JSON
  [13, { kind: "bytes" }], // BSON
  [14, { kind: "bytes" }], // UUID
  [15, { kind: "bytes" }], // FLOAT16
]);

const trueField = 1;

/**
 * LogicalType := 5: DECIMAL {1: scale, 2: precision} | 8: TIMESTAMP {1: isAdjustedToUTC, 2: unit}
 *              | 10: INTEGER {1: bitWidth, 2: isSigned} | others
 */
function readLogicalType(reader: ThriftReader, element: SchemaElement): void {
  reader.struct((id) => {
    if (id === 5) {
      let [scale, precision] = [0, 0];
      reader.struct((field) => {
        if (field === 1) scale = reader.integer();
        else if (field === 2) precision = reader.integer();
        else return false;
        return true;
      });
      element.logical = { kind: "decimal", precision, scale };
      return true;
    }
    if (id === 10) {
      let [bits, signed] = [0, true];
      reader.struct((field, type) => {
        if (field === 2) signed = type === trueField;
        if (field !== 1) return false;
        bits = reader.byte();
        return true;
      });
      element.logical = { kind: "integer", bits, signed };
      return true;
    }
    const logical = plainKinds.get(id);
    if (logical !== undefined) element.logical = logical;
    if (logical?.kind !== "timestamp") return false;
    reader.struct((field, type) => {
      if (field !== 1) return false;
      element.adjustedToUtc = type === trueField;
      return true;
    });
    return true;
  });
}
