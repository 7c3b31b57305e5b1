import type { ItemDatabase } from "../items/item-database.ts";
import type { ItemIndex } from "../items/item-index.ts";
import type { ItemKey } from "../values/key-bytes.ts";
import type { TableDocument } from "./document.ts";
import type { Table } from "./table.ts";

/** The part of the catalog that ends transitional states need. */
interface Catalog {
  readonly database: ItemDatabase;
  readonly isClosed: boolean;
  get(address: TableDocument): Table | undefined;
  change(table: Table, next: (document: TableDocument) => TableDocument): Promise<void>;
  remove(table: Table): Promise<void>;
  dropIndexes(ids: readonly string[]): Promise<void>;
}

/**
 * Ends a table's CREATING, UPDATING or DELETING state; called when its time has come, or after a restart.
 * An update ends first, and then new indexes are filled while the table is ACTIVE.
 */
export async function finishTable(catalog: Catalog, table: Table): Promise<void> {
  if (catalog.get(table.document) !== table) return;
  const before = table.document;
  if (before.status === "DELETING") {
    await catalog.remove(table);
    return;
  }
  const isNew = before.status === "CREATING";
  if (before.status !== "ACTIVE") await catalog.change(table, (document) => activated(document, isNew));
  await fillIndexes(catalog, table);
  await dropDeleted(catalog, table);
}

function activated(document: TableDocument, isNew: boolean): TableDocument {
  // A deletion that was asked for in between wins.
  if (document.status === "DELETING") return document;
  const indexes = document.indexes.map((index) =>
    index.status === "UPDATING" || isNew ? { ...index, status: "ACTIVE" as const } : index,
  );
  return { ...document, status: "ACTIVE", indexes };
}

/** Fills the indexes that are being made, in small steps. After a crash they are filled anew. */
async function fillIndexes(catalog: Catalog, table: Table): Promise<void> {
  const creating = table.document.indexes.filter(({ status }) => status === "CREATING");
  const ids = new Set(creating.map(({ id }) => id));
  if (table.document.timeToLive?.status === "ENABLING") ids.add(table.document.timeToLive.indexId);
  if (ids.size === 0) return;
  for (const index of table.items.indexes) if (ids.has(index.id)) await fill(catalog, table, index);
  if (catalog.isClosed) return;
  await catalog.change(table, (document) => {
    const { timeToLive } = document;
    return {
      ...document,
      indexes: document.indexes.map((index) =>
        ids.has(index.id) && index.status === "CREATING" ? { ...index, status: "ACTIVE" } : index,
      ),
      ...(timeToLive !== undefined && ids.has(timeToLive.indexId) && timeToLive.status === "ENABLING"
        ? { timeToLive: { ...timeToLive, status: "ENABLED" } }
        : {}),
    };
  });
}

async function fill(catalog: Catalog, table: Table, index: ItemIndex): Promise<void> {
  let after: ItemKey | undefined;
  do {
    const isThere = catalog.get(table.document) === table && table.items.indexes.includes(index);
    if (!isThere || catalog.isClosed) return;
    after = await catalog.database.write([table.items], () => table.items.backfill(index, after));
    await new Promise((resolve) => setImmediate(resolve));
  } while (after !== undefined);
}

async function dropDeleted(catalog: Catalog, table: Table): Promise<void> {
  const { indexes, timeToLive } = table.document;
  const ids = indexes.filter(({ status }) => status === "DELETING").map(({ id }) => id);
  if (timeToLive?.status === "DISABLING") ids.push(timeToLive.indexId);
  if (ids.length === 0) return;
  await catalog.change(table, ({ timeToLive: ttl, ...document }) => ({
    ...document,
    indexes: document.indexes.filter(({ id }) => !ids.includes(id)),
    ...(ttl === undefined || ids.includes(ttl.indexId) ? {} : { timeToLive: ttl }),
  }));
  await catalog.dropIndexes(ids);
}
