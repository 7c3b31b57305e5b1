import { Int96, type RowValue } from "../../../../formats/parquet/row-writer.ts";
import type { LeafNode, LogicalType, ParquetNode } from "../../../../formats/parquet/schema.ts";
import type { Value } from "../../../../sql/flink/bound-expression.ts";
import { typeText } from "../../../../sql/flink/type-text.ts";
import type { FlinkType } from "../../../../sql/flink/types.ts";
import { SqlError } from "../../../../sql/sql-error.ts";
import type { ParquetOptions } from "./parquet-options.ts";

/** A column of a file, and how values that are not NULL are written. */
export interface ParquetField {
  readonly node: ParquetNode;
  readonly value: (value: Value) => RowValue;
}

/**
 * Columns as Flink writes them; all of them may be NULL.
 * @throws SqlError for types that Parquet, or JSON on the way to it, has no place for
 */
export function parquetField(name: string, type: FlinkType, options: ParquetOptions): ParquetField {
  switch (type.kind) {
    case "boolean":
      return field(leaf(name, "BOOLEAN"));
    case "tinyint":
    case "smallint": {
      const bits = type.kind === "tinyint" ? 8 : 16;
      return field(leaf(name, "INT32", { kind: "integer", bits, isSigned: true }));
    }
    case "int":
    case "interval_months":
      return field(leaf(name, "INT32"));
    case "bigint":
    case "interval_millis":
      return field(leaf(name, "INT64"), (value) => BigInt(value as number | bigint));
    case "float":
      return field(leaf(name, "FLOAT"));
    case "double":
      return field(leaf(name, "DOUBLE"));
    case "char":
    case "varchar":
      return field(leaf(name, "BYTE_ARRAY", { kind: "string" }));
    case "binary":
    case "varbinary":
      return field(leaf(name, "BYTE_ARRAY"));
    case "decimal":
      return decimalField(name, type.precision, type.scale);
    case "date":
      return field(leaf(name, "INT32", { kind: "date" }));
    case "time":
      return field(leaf(name, "INT32"), (value) => Math.floor(value as number));
    case "timestamp":
    case "timestamp_ltz":
      return timestampField(name, type.kind === "timestamp_ltz", options);
    default:
      return nestedField(name, type, options);
  }
}

function field(node: ParquetNode, value: ParquetField["value"] = (each) => each as RowValue): ParquetField {
  return { node, value };
}

function leaf(name: string, type: LeafNode["type"], logical?: LogicalType): LeafNode {
  return { kind: "leaf", name, optional: true, type, ...(logical === undefined ? {} : { logical }) };
}

/** Two's complement, big-endian, as short as any value of the precision allows. */
function decimalField(name: string, precision: number, scale: number): ParquetField {
  const largest = 10n ** BigInt(precision);
  let typeLength = 1;
  while (largest > 1n << BigInt(typeLength * 8 - 1)) typeLength += 1;
  const node: LeafNode = {
    ...leaf(name, "FIXED_LEN_BYTE_ARRAY", { kind: "decimal", precision, scale }),
    typeLength,
  };
  return field(node, (value) => {
    const bytes = new Uint8Array(typeLength);
    let rest = BigInt.asUintN(typeLength * 8, value as bigint);
    for (let at = typeLength - 1; at >= 0; at -= 1) {
      bytes[at] = Number(rest & 255n);
      rest >>= 8n;
    }
    return bytes;
  });
}

const dayMs = 86_400_000;
/** The Julian day of 1970-01-01. */
const epochJulianDay = 2_440_588;

function timestampField(name: string, isUtc: boolean, { timestamps }: ParquetOptions): ParquetField {
  if (timestamps !== "INT96") {
    const factor = timestamps === "micros" ? 1000 : 1;
    return field(leaf(name, "INT64", { kind: "timestamp", unit: timestamps, isUtc }), (value) =>
      BigInt(Math.floor(Math.round((value as number) * 1000) / (1000 / factor))),
    );
  }
  return field(leaf(name, "INT96"), (value) => {
    const ms = value as number;
    const days = Math.floor(ms / dayMs);
    return new Int96(Math.round((ms - days * dayMs) * 1000) * 1000, days + epochJulianDay);
  });
}

function nestedField(name: string, type: FlinkType, options: ParquetOptions): ParquetField {
  switch (type.kind) {
    case "array": {
      const element = parquetField("element", type.element, options);
      return field({ kind: "list", name, optional: true, element: element.node }, (value) =>
        (value as readonly Value[]).map((item) => orNull(element, item)),
      );
    }
    case "map":
      return mapField(name, type.key, parquetField("value", type.value, options), options);
    case "multiset":
      return mapField(name, type.element, field(leaf("value", "INT32")), options);
    case "row": {
      const fields = type.fields.map((each) => parquetField(each.name, each.type, options));
      const children = fields.map((each) => each.node);
      return field({ kind: "group", name, optional: true, children }, (value) =>
        Object.fromEntries(
          fields.map((each, index) => [
            each.node.name,
            orNull(each, (value as readonly Value[])[index] ?? null),
          ]),
        ),
      );
    }
    default:
      throw new SqlError("0A000", `Parquet has no ${typeText(type)} (column ${name})`);
  }
}

function mapField(
  name: string,
  keyType: FlinkType,
  value: ParquetField,
  options: ParquetOptions,
): ParquetField {
  if (keyType.kind !== "char" && keyType.kind !== "varchar") {
    throw new SqlError(
      "0A000",
      `keys of a MAP in Parquet are strings, not ${typeText(keyType)} (column ${name})`,
    );
  }
  const key = parquetField("key", keyType, options);
  return field({ kind: "map", name, optional: true, key: key.node, value: value.node }, (map) => {
    const entries = [...(map as ReadonlyMap<Value, Value>)];
    return new Map(entries.map(([k, v]): [RowValue, RowValue] => [orNull(key, k), orNull(value, v)]));
  });
}

function orNull(each: ParquetField, value: Value): RowValue {
  return value === null ? null : each.value(value);
}
