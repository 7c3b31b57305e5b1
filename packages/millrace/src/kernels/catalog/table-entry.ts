import type { TableDefinition } from "./definition.ts";

export interface TableEntry {
  /** Never used again for another table. */
  readonly id: number;
  readonly databaseId: number;
  readonly name: string;
  /** Counts from 0. */
  readonly version: number;
  readonly definition: TableDefinition;
  readonly createdMs: number;
  readonly updatedMs: number;
  /** Who made the table: an ARN. */
  readonly createdBy: string;
}

/** A table with the name of its database. */
export interface FoundInCatalog {
  readonly databaseName: string;
  readonly table: TableEntry;
}
