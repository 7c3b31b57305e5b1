import { describe, expect, it } from "vitest";
import { scope, TestCatalog } from "./test-catalog.ts";

describe("a search of tables", () => {
  it("looks at all of a catalog and answers a page in order", async () => {
    await using made = await TestCatalog.start();
    const other = await made.catalog.databases.create(scope, "other", {});
    await made.catalog.databases.create({ ...scope, region: "eu-west-1" }, "far", {});
    for (let n = 0; n < 250; n++) await made.catalog.tables.create(other, `t${n}`, {}, "arn");
    await made.table("t0");
    const search = (start: number, limit: number, descending: boolean) =>
      made.catalog.tables.search(scope, {
        matches: ({ table }) => table.name.startsWith("t") && table.name.length < 4,
        order: { by: ({ table }) => table.name, descending },
        start,
        limit,
      });
    const first = await search(0, 3, false);
    expect(first.items.map(({ databaseName, table }) => `${databaseName}.${table.name}`)).toEqual([
      "other.t0",
      "shop.t0",
      "other.t1",
    ]);
    expect(first.next).toBe(3);
    const last = await search(100, 3, true);
    expect(last).toMatchObject({ items: [{ databaseName: "shop" }], next: undefined });
  });
});
