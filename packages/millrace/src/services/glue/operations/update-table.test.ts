import { describe, expect, it } from "vitest";
import { GlueRunner, refusalOf } from "../test-glue.ts";

describe("UpdateTable", () => {
  const update = (glue: GlueRunner, Description: string, more: object = {}) =>
    glue.run("UpdateTable", { DatabaseName: "shop", TableInput: { Name: "Orders", Description }, ...more });
  const current = async (glue: GlueRunner) =>
    (await glue.run("GetTable", { DatabaseName: "shop", Name: "orders" })).Table;

  it("replaces the definition as the next version", async () => {
    await using glue = await GlueRunner.start();
    await glue.table("orders");
    const created = glue.clock.now();
    glue.clock.advance(1000);
    await update(glue, "new");
    const Table = await current(glue);
    expect(Table).toMatchObject({
      Description: "new",
      VersionId: "1",
      CreateTime: new Date(created),
      UpdateTime: new Date(created + 1000),
    });
    expect(Table?.StorageDescriptor).toBeUndefined();
  });

  it("takes a stale version for a conflict and changes nothing", async () => {
    await using glue = await GlueRunner.start();
    await glue.table("orders");
    await update(glue, "one", { VersionId: "0" });
    expect(await refusalOf(update(glue, "two", { VersionId: "0" }))).toBe(
      "ConcurrentModificationException: Update table failed due to concurrent modifications.",
    );
    expect(await current(glue)).toMatchObject({ Description: "one", VersionId: "1" });
    expect(await refusalOf(update(glue, "x", { VersionId: "one" }))).toMatch(/^InvalidInputException/);
  });

  it("does not rename, nor make anything of nothing", async () => {
    await using glue = await GlueRunner.start();
    await glue.table("orders");
    expect(await refusalOf(update(glue, "x", { Name: "other" }))).toBe(
      "InvalidInputException: Table cannot be renamed",
    );
    expect(await refusalOf(update(glue, "x", { TableInput: { Name: "none" } }))).toBe(
      "EntityNotFoundException: Table none not found.",
    );
  });
});
