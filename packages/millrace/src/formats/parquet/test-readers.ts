import { Int96, type RowValue } from "./row-writer.ts";
import type { LeafNode, ParquetNode } from "./schema.ts";

const dayMs = 86_400_000;

type LeafForm = (leaf: LeafNode, value: RowValue) => unknown;

/** The value as DuckDB's `getRowObjectsJson` shows it. */
export function duckValue(node: ParquetNode, value: RowValue): unknown {
  return formOf(node, value, duckLeaf, (entries) => entries.map(([key, inner]) => ({ key, value: inner })));
}

/** The value as hyparquet's `parquetReadObjects` shows it. */
export function hyparquetValue(node: ParquetNode, value: RowValue): unknown {
  return formOf(node, value, hyparquetLeaf, Object.fromEntries);
}

/** What hyparquet read with null for what is missing, and without the last digits that its decimals lose. */
export function comparable(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === "number") return Number(value.toPrecision(12));
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== "object" || value instanceof Date || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, comparable(inner)]));
}

function formOf(
  node: ParquetNode,
  value: RowValue,
  leaf: LeafForm,
  map: (entries: [unknown, unknown][]) => unknown,
): unknown {
  if (value === null || value === undefined) return null;
  switch (node.kind) {
    case "leaf":
      return leaf(node, value);
    case "group": {
      const members = value as Record<string, RowValue>;
      return Object.fromEntries(
        node.children.map((child) => [child.name, formOf(child, members[child.name], leaf, map)]),
      );
    }
    case "list":
      return (value as RowValue[]).map((element) => formOf(node.element, element, leaf, map));
    case "map":
      return map(
        [...(value as Map<RowValue, RowValue>)].map(([key, inner]) => [
          formOf(node.key, key, leaf, map),
          formOf(node.value, inner, leaf, map),
        ]),
      );
  }
}

function duckLeaf(leaf: LeafNode, value: RowValue): unknown {
  const { logical } = leaf;
  if (value instanceof Int96) return timestampText(msOf(value));
  if (logical?.kind === "date") return timestampText(Number(value) * dayMs).slice(0, 10);
  if (logical?.kind === "timestamp") {
    const micros = logical.unit === "micros" ? Number(value) : Number(value) * 1000;
    return `${timestampText(Math.floor(micros / 1000), micros % 1000)}${logical.isUtc ? "+00" : ""}`;
  }
  if (logical?.kind === "decimal") return decimalText(value as Uint8Array, logical.scale);
  if (leaf.type === "INT64") return String(value);
  if (value instanceof Uint8Array) return blobText(value);
  return value;
}

function hyparquetLeaf(leaf: LeafNode, value: RowValue): unknown {
  const { logical } = leaf;
  if (value instanceof Int96) return new Date(msOf(value));
  if (logical?.kind === "date") return new Date(Number(value) * dayMs);
  if (logical?.kind === "timestamp") {
    return new Date(logical.unit === "micros" ? Math.floor(Number(value) / 1000) : Number(value));
  }
  if (logical?.kind === "decimal") {
    return Number(decimalText(value as Uint8Array, logical.scale));
  }
  if (leaf.type === "INT64") return BigInt(value as number);
  if (value instanceof Uint8Array) return value.toString();
  return value;
}

function msOf(timestamp: Int96): number {
  return (timestamp.julianDay - 2_440_588) * dayMs + timestamp.nanosOfDay / 1_000_000;
}

function timestampText(ms: number, micros: number = 0): string {
  const whole = new Date(ms).toISOString().replace("T", " ").slice(0, 19);
  const fraction = `${String(((ms % 1000) + 1000) % 1000).padStart(3, "0")}${String(micros).padStart(3, "0")}`;
  const shown = fraction.replace(/0+$/, "");
  return shown === "" ? whole : `${whole}.${shown}`;
}

function decimalText(bytes: Uint8Array, scale: number): string {
  let value = BigInt.asIntN(8, BigInt(bytes[0] ?? 0));
  for (const byte of bytes.subarray(1)) value = (value << 8n) | BigInt(byte);
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, "0");
  return `${value < 0n ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Printable ASCII but for quotes as it is, the rest as hexadecimal escapes. */
function blobText(bytes: Uint8Array): string {
  return [...bytes]
    .map((byte) => {
      const isPlain = byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x27;
      return isPlain ? String.fromCharCode(byte) : `\\x${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    })
    .join("");
}
