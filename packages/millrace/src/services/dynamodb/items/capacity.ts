import type { Table } from "../tables/table.ts";
import type { Item } from "../values/attribute-value.ts";
import { itemSize } from "../values/item-size.ts";
import type { ItemIndex } from "./item-index.ts";

const readUnitBytes = 4_096;
const writeUnitBytes = 1_024;

export type ReturnConsumedCapacity = "INDEXES" | "TOTAL" | "NONE" | undefined;

/** What AWS answers as ConsumedCapacity. */
export interface ConsumedCapacity {
  TableName: string;
  CapacityUnits: number;
  ReadCapacityUnits?: number;
  WriteCapacityUnits?: number;
  Table?: { CapacityUnits: number };
  LocalSecondaryIndexes?: Record<string, { CapacityUnits: number }>;
  GlobalSecondaryIndexes?: Record<string, { CapacityUnits: number }>;
}

/** Units of a read of so many bytes. */
export function readUnits(bytes: number, isConsistent: boolean): number {
  return Math.max(Math.ceil(bytes / readUnitBytes), 1) * (isConsistent ? 1 : 0.5);
}

/** Units of a write: the larger of the item before and after counts. */
function writeUnits(before: Item | undefined, after: Item | undefined): number {
  const bytes = Math.max(before ? itemSize(before) : 0, after ? itemSize(after) : 0);
  return Math.max(Math.ceil(bytes / writeUnitBytes), 1);
}

/** Adds up what the parts of one call consume in one table. */
export class CapacityCount {
  readonly #table: Table;
  #units = 0;
  readonly #indexes = new Map<string, number>();

  constructor(table: Table) {
    this.#table = table;
  }

  /** @param index the name of the index that was read. */
  read(units: number, index?: string): void {
    if (index === undefined) this.#units += units;
    else this.#addIndex(index, units);
  }

  write(before: Item | undefined, after: Item | undefined, indexes: readonly ItemIndex[], factor = 1): void {
    const units = writeUnits(before, after) * factor;
    this.#units += units;
    for (const { name } of indexes) if (name !== undefined) this.#addIndex(name, units);
  }

  #addIndex(name: string, units: number): void {
    this.#indexes.set(name, (this.#indexes.get(name) ?? 0) + units);
  }

  /** As the caller asked for it; undefined when it did not. */
  answer(wanted: ReturnConsumedCapacity, name?: string): ConsumedCapacity | undefined {
    if (wanted === undefined || wanted === "NONE") return undefined;
    let total = this.#units;
    for (const units of this.#indexes.values()) total += units;
    const answer: ConsumedCapacity = { TableName: name ?? this.#table.document.name, CapacityUnits: total };
    if (wanted === "TOTAL") return answer;
    answer.Table = { CapacityUnits: this.#units };
    for (const [index, CapacityUnits] of this.#indexes) {
      const isGlobal = this.#table.indexDocument(index)?.isGlobal ?? true;
      const member = isGlobal ? "GlobalSecondaryIndexes" : "LocalSecondaryIndexes";
      answer[member] = { ...answer[member], [index]: { CapacityUnits } };
    }
    return answer;
  }
}
