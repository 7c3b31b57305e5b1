import { describe, expect, it } from "vitest";
import { CatalogError } from "./errors.ts";
import { creator, scope, TestCatalog } from "./test-catalog.ts";

describe("tables", () => {
  it("survive a restart with all that was said of them", async () => {
    await using made = await TestCatalog.start({ onDisk: true });
    const { databases, tables } = made.catalog;
    const definition = {
      Description: "orders",
      LastAccessTime: new Date(5000),
      StorageDescriptor: { Columns: [{ Name: "id", Type: "bigint", Comment: "é\u{1f600}" }] },
      Parameters: { classification: "parquet" },
    };
    await tables.create(databases.get(scope, "shop"), "orders", definition, creator);
    await made.restart();
    const nowMs = made.clock.now();
    const found = made.find("orders");
    expect(found).toMatchObject({ name: "orders", version: 0, createdBy: creator, createdMs: nowMs });
    expect(found.definition).toEqual(definition);
  });

  it("belong to a catalog and a region", async () => {
    await using made = await TestCatalog.start();
    const { databases } = made.catalog;
    expect(databases.find({ ...scope, region: "eu-west-1" }, "shop")).toBeUndefined();
    expect(databases.find({ ...scope, catalogId: "111111111111" }, "shop")).toBeUndefined();
    const other = await databases.create({ ...scope, catalogId: "111111111111" }, "shop", {});
    expect(made.catalog.tables.find(other, "orders")).toBeUndefined();
  });

  it("take one of several updates of the same version", async () => {
    await using made = await TestCatalog.start();
    const table = await made.table("orders");
    const update = (Description: string) =>
      made.catalog.tables.update(table, { definition: { Description }, expectedVersion: 0 });
    const outcomes = await Promise.allSettled([update("a"), update("b"), update("c")]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected"]);
    expect(outcomes[1]).toMatchObject({ reason: { refusal: "version-mismatch" } });
    expect(made.find("orders")).toMatchObject({ version: 1, definition: { Description: "a" } });
  });

  it("are made once when several ask at once", async () => {
    await using made = await TestCatalog.start();
    const outcomes = await Promise.allSettled([made.table("t"), made.table("t"), made.table("t")]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("cannot be made in a database that is being deleted", async () => {
    await using made = await TestCatalog.start();
    const database = made.catalog.databases.get(scope, "shop");
    const deleting = made.catalog.databases.delete(scope, "shop");
    const creating = made.catalog.tables.create(database, "late", {}, creator);
    await deleting;
    await expect(creating).rejects.toBeInstanceOf(CatalogError);
    await made.catalog.idle();
    expect(made.count("tables")).toBe(0);
  });

  it("go with all that they have, and a new one of the name has nothing of it", async () => {
    await using made = await TestCatalog.start({ onDisk: true });
    const { catalog } = made;
    const table = await made.table("orders", { day: "string", n: "int" });
    await catalog.partitionIndexes.create(table, { name: "i", keys: ["n"] });
    await catalog.idle();
    await made.add(table, ...Array.from({ length: 2500 }, (_, n) => ["d", String(n)]));
    await catalog.tables.update(table, { definition: table.definition });
    const partition = catalog.partitions.find(table, ["d", "1"]);
    await catalog.write(() => {
      catalog.attachments.put({ owner: "table", id: table.id }, "statistics", "id", { n: 1 });
      catalog.attachments.put({ owner: "partition", id: partition?.id ?? 0 }, "statistics", "id", { n: 1 });
    });
    await catalog.tables.delete(catalog.databases.get(scope, "shop"), "orders");
    const again = await made.table("orders", { day: "string", n: "int" });
    expect(await made.values(again)).toEqual([]);
    expect(catalog.partitionIndexes.of(again.id)).toEqual([]);
    expect(catalog.tableVersions.list(again, { limit: 10 }).items).toHaveLength(1);
    // The rest goes in the background, also over a restart.
    await made.restart();
    await made.catalog.idle();
    for (const name of ["partition_keys", "partition_documents", "partition_entries", "partition_indexes"])
      expect(made.count(name), name).toBe(0);
    for (const name of ["table_versions", "attachments", "trash"]) expect(made.count(name), name).toBe(0);
  });

  it("are listed by name, a page at a time, as far as their names match", async () => {
    await using made = await TestCatalog.start();
    const database = made.catalog.databases.get(scope, "shop");
    for (const name of ["c", "a", "e", "b", "d"]) await made.table(name);
    const first = made.catalog.tables.list(database, { limit: 2 });
    expect(first).toMatchObject({ items: [{ name: "a" }, { name: "b" }], next: "b" });
    const last = made.catalog.tables.list(database, { after: "b", limit: 3 });
    expect(last).toMatchObject({ items: [{ name: "c" }, { name: "d" }, { name: "e" }], next: undefined });
    const odd = made.catalog.tables.list(database, { limit: 1 }, (name) => "bd".includes(name));
    expect(odd).toMatchObject({ items: [{ name: "b" }], next: "b" });
  });
});
