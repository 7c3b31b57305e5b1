import type { HiveType } from "../schema/hive-type.ts";
import type { LeafNode, ParquetNode } from "./schema.ts";

/**
 * Columns of Hive's types as Hive writes them: everything may be null but keys of maps, timestamps are INT96
 * without a time zone, decimals are as short as their precision allows. Undefined for types that Parquet has no
 * place for (unions, intervals, void, structs without fields, maps with keys that are not plain values).
 */
export function parquetOfHive(name: string, type: HiveType): ParquetNode | undefined {
  switch (type.kind) {
    case "primitive":
      return primitiveLeaf(name, type.name);
    case "decimal":
      return {
        ...leaf(name, "FIXED_LEN_BYTE_ARRAY"),
        typeLength: decimalBytes(type.precision),
        logical: { kind: "decimal", precision: type.precision, scale: type.scale },
      };
    case "text":
      return { ...leaf(name, "BYTE_ARRAY"), logical: { kind: "string" } };
    case "array": {
      const element = parquetOfHive("element", type.element);
      return element && { kind: "list", name, optional: true, element };
    }
    case "map": {
      const key = parquetOfHive("key", type.key);
      const value = parquetOfHive("value", type.value);
      if (key?.kind !== "leaf" || value === undefined) return undefined;
      return { kind: "map", name, optional: true, key, value };
    }
    case "struct": {
      const children = type.fields.map((field) => parquetOfHive(field.name, field.type));
      if (children.length === 0 || !children.every((child) => child !== undefined)) return undefined;
      return { kind: "group", name, optional: true, children };
    }
    case "union":
      return undefined;
  }
}

function primitiveLeaf(name: string, type: string): LeafNode | undefined {
  switch (type) {
    case "boolean":
      return leaf(name, "BOOLEAN");
    case "tinyint":
      return { ...leaf(name, "INT32"), logical: { kind: "integer", bits: 8, isSigned: true } };
    case "smallint":
      return { ...leaf(name, "INT32"), logical: { kind: "integer", bits: 16, isSigned: true } };
    case "int":
      return leaf(name, "INT32");
    case "bigint":
      return leaf(name, "INT64");
    case "float":
      return leaf(name, "FLOAT");
    case "double":
      return leaf(name, "DOUBLE");
    case "string":
      return { ...leaf(name, "BYTE_ARRAY"), logical: { kind: "string" } };
    case "binary":
      return leaf(name, "BYTE_ARRAY");
    case "date":
      return { ...leaf(name, "INT32"), logical: { kind: "date" } };
    case "timestamp":
      return leaf(name, "INT96");
    default:
      return undefined;
  }
}

function leaf(name: string, type: LeafNode["type"]): LeafNode {
  return { kind: "leaf", name, optional: true, type };
}

/** Bytes of the two's complement of any number with so many digits. */
function decimalBytes(precision: number): number {
  const largest = 10n ** BigInt(precision) - 1n;
  let bytes = 1;
  while (largest >= 1n << BigInt(bytes * 8 - 1)) bytes += 1;
  return bytes;
}
