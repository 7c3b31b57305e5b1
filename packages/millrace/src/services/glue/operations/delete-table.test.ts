import { describe, expect, it } from "vitest";
import { GlueRunner, refusalOf } from "../test-glue.ts";

describe("DeleteTable", () => {
  it("deletes a table once", async () => {
    await using glue = await GlueRunner.start();
    await glue.table("orders", { day: "string" });
    const remove = () => glue.run("DeleteTable", { DatabaseName: "shop", Name: "Orders" });
    await remove();
    expect(await refusalOf(remove())).toBe("EntityNotFoundException: Table orders not found.");
  });
});
