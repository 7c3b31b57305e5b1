import { describe, expect, it } from "vitest";
import { GlueRunner, refusalOf } from "../test-glue.ts";

describe("DeleteTableVersion", () => {
  it("deletes older versions only", async () => {
    await using glue = await GlueRunner.start();
    await glue.table("t");
    await glue.run("UpdateTable", { DatabaseName: "shop", TableInput: { Name: "t" } });
    const remove = (VersionId: string) =>
      glue.run("DeleteTableVersion", { DatabaseName: "shop", TableName: "t", VersionId });
    expect(await remove("0")).toEqual({});
    expect(await refusalOf(remove("0"))).toBe("EntityNotFoundException: Version not found.");
    expect(await refusalOf(remove("1"))).toMatch(/^InvalidInputException/);
  });
});
