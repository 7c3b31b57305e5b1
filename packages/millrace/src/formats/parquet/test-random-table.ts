import { Int96, type RowValue } from "./row-writer.ts";
import type { ParquetNode } from "./schema.ts";

/** Numbers from a seed: the same seed, the same numbers. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to, but not including, 1. */
  next(): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return this.#state / 2 ** 32;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }
}

type Leaf = Pick<ParquetNode & { kind: "leaf" }, "type" | "typeLength" | "logical">;

const leaves: readonly Leaf[] = Object.freeze([
  { type: "BOOLEAN" },
  { type: "INT32" },
  { type: "INT32", logical: { kind: "integer", bits: 8, isSigned: true } },
  { type: "INT32", logical: { kind: "date" } },
  { type: "INT64" },
  { type: "INT64", logical: { kind: "timestamp", unit: "millis", isUtc: false } },
  { type: "INT64", logical: { kind: "timestamp", unit: "micros", isUtc: true } },
  { type: "INT96" },
  { type: "FLOAT" },
  { type: "DOUBLE" },
  { type: "BYTE_ARRAY" },
  { type: "BYTE_ARRAY", logical: { kind: "string" } },
  { type: "FIXED_LEN_BYTE_ARRAY", typeLength: 5, logical: { kind: "decimal", precision: 10, scale: 3 } },
  { type: "FIXED_LEN_BYTE_ARRAY", typeLength: 16, logical: { kind: "decimal", precision: 38, scale: 9 } },
]);

export function randomNode(random: Random, name: string, depth: number = 0): ParquetNode {
  const optional = random.chance(0.7);
  const kind = depth >= 3 ? "leaf" : random.pick(["leaf", "leaf", "leaf", "group", "list", "map"]);
  const inside = (child: string): ParquetNode => randomNode(random, child, depth + 1);
  switch (kind) {
    case "group":
      return {
        kind,
        name,
        optional,
        children: Array.from({ length: 1 + random.below(3) }, (_, i) => inside(`m${i}`)),
      };
    case "list":
      return { kind, name, optional, element: inside("element") };
    case "map": {
      const key = random.pick<Leaf>([{ type: "BYTE_ARRAY", logical: { kind: "string" } }, { type: "INT32" }]);
      return {
        kind,
        name,
        optional,
        key: { kind: "leaf", name: "key", optional: false, ...key },
        value: inside("value"),
      };
    }
    default:
      return { kind: "leaf", name, optional, ...random.pick(leaves) };
  }
}

export function randomValue(random: Random, node: ParquetNode): RowValue {
  if (node.optional && random.chance(0.2)) return null;
  switch (node.kind) {
    case "leaf":
      return randomLeaf(random, node);
    case "group":
      return Object.fromEntries(node.children.map((child) => [child.name, randomValue(random, child)]));
    case "list":
      return Array.from({ length: random.pick([0, 1, 2, 5]) }, () => randomValue(random, node.element));
    case "map": {
      const entries = new Map<RowValue, RowValue>();
      for (let count = random.pick([0, 1, 3]); count > 0; count--) {
        const isNumber = node.key.kind === "leaf" && node.key.type === "INT32";
        entries.set(
          isNumber ? random.below(1000) : `k${random.below(1000)}`,
          randomValue(random, node.value),
        );
      }
      return entries;
    }
  }
}

const texts = Object.freeze(["", "a", "münchen", "日本語", "👋", "line\nbreak", 'quote"', "x".repeat(300)]);

function randomLeaf(random: Random, leaf: ParquetNode & { kind: "leaf" }): RowValue {
  switch (leaf.type) {
    case "BOOLEAN":
      return random.chance(0.5);
    case "INT32":
      if (leaf.logical?.kind === "integer") return random.below(256) - 128;
      if (leaf.logical?.kind === "date") return random.below(40_000) - 10_000;
      return random.chance(0.1) ? -(2 ** 31) : random.below(2 ** 32) - 2 ** 31;
    case "INT64":
      if (leaf.logical?.kind === "timestamp") return random.below(2 ** 41);
      if (random.chance(0.1)) return -(2n ** 63n);
      return random.chance(0.5) ? random.below(2 ** 53) - 2 ** 52 : BigInt(random.below(2 ** 53)) * 1023n;
    case "INT96":
      return new Int96(random.below(86_400_000) * 1_000_000, 2_440_588 + random.below(30_000) - 5_000);
    case "FLOAT":
      return Math.fround((random.next() - 0.5) * 1e6);
    case "DOUBLE":
      return random.chance(0.1) ? 0 : (random.next() - 0.5) * 10 ** random.below(300);
    case "BYTE_ARRAY":
      if (leaf.logical?.kind === "string")
        return random.pick(texts) + (random.chance(0.3) ? random.below(100) : "");
      return Buffer.from(Array.from({ length: random.below(20) }, () => random.below(256)));
    case "FIXED_LEN_BYTE_ARRAY":
      return twosComplement(BigInt(random.below(2 ** 33) - 2 ** 32), leaf.typeLength ?? 0);
  }
}

function twosComplement(value: bigint, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let rest = value;
  for (let at = length - 1; at >= 0; at--) {
    bytes[at] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return bytes;
}
