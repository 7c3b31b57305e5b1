import { describe, expect, it } from "vitest";
import { TestCatalog } from "./test-catalog.ts";

async function updated(made: TestCatalog, times: number, skipArchive: boolean = false): Promise<void> {
  for (let n = 1; n <= times; n++) {
    const definition = { Description: String(n) };
    await made.catalog.tables.update(made.find("orders"), { definition, skipArchive });
  }
}

describe("table versions", () => {
  it("are there from the first on, the newest first", async () => {
    await using made = await TestCatalog.start();
    await made.table("orders");
    await updated(made, 3);
    const table = made.find("orders");
    const { tableVersions } = made.catalog;
    const first = tableVersions.list(table, { limit: 2 });
    expect(first).toMatchObject({ items: [{ version: 3 }, { version: 2 }], next: 2 });
    const rest = tableVersions.list(table, { after: 2, limit: 2 });
    expect(rest).toMatchObject({ items: [{ version: 1 }, { version: 0 }], next: undefined });
    expect(tableVersions.get(table).definition.Description).toBe("3");
    expect(tableVersions.get(table, "LATEST").version).toBe(3);
    expect(tableVersions.get(table, "1").definition.Description).toBe("1");
  });

  it("are not kept when the update says so", async () => {
    await using made = await TestCatalog.start();
    await made.table("orders");
    await updated(made, 3, true);
    const { items } = made.catalog.tableVersions.list(made.find("orders"), { limit: 10 });
    expect(items.map(({ version }) => version)).toEqual([3]);
  });

  it("can be deleted but for the current one", async () => {
    await using made = await TestCatalog.start();
    await made.table("orders");
    await updated(made, 2);
    const table = made.find("orders");
    const failed = await made.catalog.tableVersions.deleteAll(table, ["0", "2", "7", "x"]);
    expect([...failed].map(([version, { refusal }]) => [version, refusal])).toEqual([
      ["2", "invalid"],
      ["7", "not-found"],
      ["x", "invalid"],
    ]);
    expect(() => made.catalog.tableVersions.get(table, "0")).toThrow("Version not found.");
    expect(() => made.catalog.tableVersions.get(table, "-1")).toThrow("Invalid version: -1");
  });
});
