import { describe, expect, it } from "vitest";
import type { Catalog } from "./catalog.ts";
import { scope, TestCatalog } from "./test-catalog.ts";

const statuses = (catalog: Catalog, tableId: number): string[] =>
  catalog.partitionIndexes.of(tableId).map(({ name, status }) => `${name} ${status}`);

describe("partition indexes", () => {
  it("are filled in slices, with what is added and deleted meanwhile", async () => {
    await using made = await TestCatalog.start();
    const { catalog } = made;
    const table = await made.table("t", { a: "string", n: "int" });
    const values = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, n) => [`a${(from + n) % 7}`, String(from + n)]);
    await made.add(table, ...values(0, 7000));
    await catalog.partitionIndexes.create(table, { name: "by-n", keys: ["n"] });
    expect(statuses(catalog, table.id)).toEqual(["by-n CREATING"]);
    const adding = made.add(table, ...values(7000, 7100));
    const deleting = catalog.partitions.deleteAll(table, values(0, 100));
    expect(await made.values(table, "n = 6999")).toEqual([["a6", "6999"]]);
    await Promise.all([adding, deleting, catalog.idle()]);
    expect(statuses(catalog, table.id)).toEqual(["by-n ACTIVE"]);
    expect(made.count("partition_entries")).toBe(7000);
    expect(await made.values(table, "n BETWEEN 7098 AND 7200")).toEqual([
      ["a0", "7098"],
      ["a1", "7099"],
    ]);
    expect(await made.values(table, "n < 100")).toEqual([]);
  });

  it("go on being filled and emptied after a restart", async () => {
    await using made = await TestCatalog.start({ onDisk: true });
    const table = await made.table("t", { n: "int" });
    await made.add(table, ...Array.from({ length: 5000 }, (_, n) => [String(n)]));
    await made.catalog.partitionIndexes.create(table, { name: "i", keys: ["n"] });
    await made.restart();
    await made.catalog.idle();
    expect(statuses(made.catalog, table.id)).toEqual(["i ACTIVE"]);
    await made.catalog.partitionIndexes.delete(made.find("t"), "i");
    expect(statuses(made.catalog, table.id)).toEqual(["i DELETING"]);
    await made.restart();
    await made.catalog.idle();
    expect(statuses(made.catalog, table.id)).toEqual([]);
    expect(made.count("partition_entries")).toBe(0);
  });

  it("are refused in AWS's words", async () => {
    await using made = await TestCatalog.start();
    const { catalog } = made;
    const table = await made.table("t", { a: "string", n: "int", day: "date", at: "timestamp" });
    const create = async (name: string, ...keys: string[]) => {
      await catalog.partitionIndexes.create(table, { name, keys });
      await catalog.idle();
    };
    await create("one", "a");
    await expect(create("x", "nosuchcol")).rejects.toThrow(
      "IndexKeys not a part of PartitionColumns. Verify the indexKeys : [nosuchcol]",
    );
    await expect(create("x", "at")).rejects.toThrow("timestamp");
    await expect(create("x", "n", "N")).rejects.toThrow("Duplicate");
    await expect(create("one", "n")).rejects.toThrow(
      "Partition Index one already exists with the same name.",
    );
    await expect(create("x", "A")).rejects.toThrow("Partition Index one already exists with the same keys.");
    await create("two", "n", "a");
    await create("three", "a", "n");
    await expect(create("four", "day")).rejects.toThrow("Partition index limit exceeded. Maximum: 3");
    await expect(catalog.partitionIndexes.delete(table, "four")).rejects.toThrow(
      "Index with the given indexName : four does not exist.",
    );
    const busy = catalog.partitionIndexes.delete(table, "two");
    await expect(catalog.partitionIndexes.delete(table, "one")).rejects.toThrow(
      "Index two is in DELETING state. Only 1 index can be created or deleted simultaneously per table.",
    );
    await busy;
  });

  it("end the pages that were read by them when they are deleted", async () => {
    await using made = await TestCatalog.start();
    const { catalog } = made;
    const table = await made.table("t", { a: "string", n: "int" });
    await made.add(table, ...Array.from({ length: 10 }, (_, n) => [String(9 - n), String(n)]));
    const page = (after?: Awaited<ReturnType<typeof catalog.partitions.page>>["next"]) =>
      catalog.partitions.page(table, { expression: "n >= 2", limit: 3, after });
    const unindexed = await page();
    await catalog.partitionIndexes.create(table, { name: "i", keys: ["n"] });
    await catalog.idle();
    const goesOn = await page(unindexed.next);
    expect(goesOn.items.map(({ values }) => values[0])).toEqual(["3", "4", "5"]);
    const indexed = await page();
    expect(indexed.items.map(({ values }) => values[1])).toEqual(["2", "3", "4"]);
    expect((await page(indexed.next)).items.map(({ values }) => values[1])).toEqual(["5", "6", "7"]);
    await catalog.partitionIndexes.delete(table, "i");
    await expect(page(indexed.next)).rejects.toMatchObject({ refusal: "invalid" });
  });

  it("are looked up in SQLite's order of keys, not row by row", async () => {
    await using made = await TestCatalog.start();
    const table = await made.table("t", { n: "int" });
    await made.catalog.partitionIndexes.create(table, { name: "i", keys: ["n"] });
    await made.catalog.idle();
    const plan = made.file
      .prepare(
        `EXPLAIN QUERY PLAN SELECT p.id FROM partition_entries e
         CROSS JOIN partition_keys p ON p.table_id = 1 AND p.name = e.name
         WHERE e.index_id = 1 AND e.a0 = 5 AND (e.a1, e.a2, e.a3, e.name) > (x'', x'', x'', '')
         ORDER BY e.a1, e.a2, e.a3, e.name`,
      )
      .all()
      .map((row) => String(row["detail"]));
    expect(plan).toHaveLength(2);
    expect(plan[0]).toMatch(/^SEARCH e USING PRIMARY KEY \(index_id=\? AND a0=\? AND \(a1,a2,a3,name\)>/);
    expect(plan[1]).toMatch(/^SEARCH p USING PRIMARY KEY/);
  });

  it("belong to one table of several with the same names", async () => {
    await using made = await TestCatalog.start();
    const other = await made.catalog.databases.create(scope, "other", {});
    const PartitionKeys = [{ Name: "n", Type: "int" }];
    const twin = await made.catalog.tables.create(other, "t", { PartitionKeys }, "arn");
    const table = await made.table("t", { n: "int" });
    for (const each of [table, twin]) {
      await made.catalog.partitionIndexes.create(each, { name: "i", keys: ["n"] });
      await made.catalog.idle();
    }
    await made.add(table, ["1"]);
    await made.add(twin, ["2"]);
    expect(await made.values(table, "n > 0")).toEqual([["1"]]);
    expect(await made.values(twin, "n > 0")).toEqual([["2"]]);
  });
});
