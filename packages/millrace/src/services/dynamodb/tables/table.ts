import { formatArn, partitionOf } from "../../../core/arn.ts";
import { SerialTasks } from "../../../core/serial-tasks.ts";
import { ExpiryIndex, type ItemIndex, SecondaryIndex } from "../items/item-index.ts";
import type { ItemTable } from "../items/item-table.ts";
import type { IndexDocument, TableDocument } from "./document.ts";

export interface TableAddress {
  readonly account: string;
  readonly region: string;
  readonly name: string;
}

export function tableArn({ account, region, name }: TableAddress): string {
  const partition = partitionOf(region);
  return formatArn({ partition, service: "dynamodb", region, account, resource: `table/${name}` });
}

/** A table: its document as it is durable, and its items. Changed by `TableCatalog` alone. */
export class Table {
  readonly arn: string;
  readonly items: ItemTable;
  #document: TableDocument;
  #expiry: ExpiryIndex | undefined;
  /** Changes of one table run one after the other. */
  readonly changes: SerialTasks = new SerialTasks();

  constructor(document: TableDocument, items: ItemTable) {
    this.arn = tableArn(document);
    this.items = items;
    this.#document = document;
    this.adopt(document);
  }

  get document(): TableDocument {
    return this.#document;
  }

  get expiry(): ExpiryIndex | undefined {
    return this.#expiry;
  }

  /** Takes a document that is durable; writes keep its indexes from now on. */
  adopt(document: TableDocument): void {
    this.#document = document;
    const known = new Map(this.items.indexes.map((index) => [index.id, index]));
    const indexes = document.indexes
      .filter(({ status }) => status !== "DELETING")
      .map(({ id, name, keys }): ItemIndex => known.get(id) ?? new SecondaryIndex(id, name, keys));
    const { timeToLive: ttl } = document;
    this.#expiry =
      ttl === undefined || ttl.status === "DISABLING"
        ? undefined
        : new ExpiryIndex(ttl.indexId, ttl.attribute);
    this.items.adopt(this.#expiry === undefined ? indexes : [...indexes, this.#expiry]);
  }

  indexDocument(name: string): IndexDocument | undefined {
    return this.#document.indexes.find((index) => index.name === name);
  }

  /** The index that `indexDocument` describes, if its entries are kept. */
  index(name: string): ItemIndex | undefined {
    return this.items.indexes.find((index) => index.name === name);
  }

  get hasLocalIndexes(): boolean {
    return this.#document.indexes.some(({ isGlobal }) => !isGlobal);
  }
}

/** The names of the SQLite tables that belong to a document. */
export function indexIds(document: TableDocument): readonly string[] {
  const ids = document.indexes.map(({ id }) => id);
  return document.timeToLive === undefined ? ids : [...ids, document.timeToLive.indexId];
}
