import { describe, expect, it } from "vitest";
import { GlueRunner, refusalOf } from "../test-glue.ts";

describe("GetTableVersion", () => {
  it("answers the version asked for, the current one by default", async () => {
    await using glue = await GlueRunner.start();
    await glue.table("t");
    await glue.run("UpdateTable", { DatabaseName: "shop", TableInput: { Name: "t", Description: "new" } });
    const version = async (VersionId?: string) =>
      (await glue.run("GetTableVersion", { DatabaseName: "shop", TableName: "t", VersionId })).TableVersion;
    expect(await version("0")).toMatchObject({ VersionId: "0", Table: { VersionId: "0" } });
    expect(await version()).toMatchObject({ VersionId: "1", Table: { Description: "new" } });
    expect(await refusalOf(version("2"))).toBe("EntityNotFoundException: Version not found.");
    expect(await refusalOf(version("-1"))).toMatch(/^InvalidInputException/);
  });
});
