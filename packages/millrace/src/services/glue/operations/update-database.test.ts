import { describe, expect, it } from "vitest";
import { GlueRunner, refusalOf } from "../test-glue.ts";

describe("UpdateDatabase", () => {
  it("replaces all but the name, the time and the permissions", async () => {
    await using glue = await GlueRunner.start();
    const created = glue.clock.now();
    glue.clock.advance(1000);
    await glue.run("UpdateDatabase", { Name: "SHOP", DatabaseInput: { Name: "shop", Description: "new" } });
    const { Database } = await glue.run("GetDatabase", { Name: "shop" });
    expect(Database).toMatchObject({ Description: "new", CreateTime: new Date(created) });
    expect(Database?.CreateTableDefaultPermissions).toHaveLength(1);
  });

  it("refuses another name, and a database that is not there", async () => {
    await using glue = await GlueRunner.start();
    const rename = glue.run("UpdateDatabase", { Name: "shop", DatabaseInput: { Name: "store" } });
    expect(await refusalOf(rename)).toBe("InvalidInputException: Database cannot be renamed");
    const missing = glue.run("UpdateDatabase", { Name: "none", DatabaseInput: { Name: "none" } });
    expect(await refusalOf(missing)).toBe("EntityNotFoundException: Database none not found.");
  });
});
