import { describe, expect, it } from "vitest";
import { arnPrefix, GlueRunner } from "../test-glue.ts";

describe("BatchDeleteTable", () => {
  it("deletes what is there and names what is not", async () => {
    await using glue = await GlueRunner.start();
    await glue.table("a");
    await glue.table("b");
    const TablesToDelete = ["A", "none", "b"];
    expect(await glue.run("BatchDeleteTable", { DatabaseName: "shop", TablesToDelete })).toEqual({
      Errors: [
        {
          TableName: "none",
          ErrorDetail: { ErrorCode: "EntityNotFoundException", ErrorMessage: "Table none not found." },
        },
      ],
    });
    expect(await glue.run("GetTables", { DatabaseName: "shop" })).toMatchObject({ TableList: [] });
    expect(glue.resources("BatchDeleteTable", { DatabaseName: "shop", TablesToDelete })).toEqual(
      ["catalog", "database/shop", "table/shop/a", "table/shop/none", "table/shop/b"].map(
        (resource) => `${arnPrefix}${resource}`,
      ),
    );
  });
});
