import { describe, expect, it } from "vitest";
import { GlueRunner } from "../test-glue.ts";

describe("BatchDeleteTableVersion", () => {
  it("deletes what is there and says why it did not delete the rest", async () => {
    await using glue = await GlueRunner.start();
    await glue.table("t");
    await glue.run("UpdateTable", { DatabaseName: "shop", TableInput: { Name: "t" } });
    const VersionIds = ["0", "1", "5"];
    const answer = await glue.run("BatchDeleteTableVersion", {
      DatabaseName: "shop",
      TableName: "t",
      VersionIds,
    });
    expect(answer.Errors).toMatchObject([
      { TableName: "t", VersionId: "1", ErrorDetail: { ErrorCode: "InvalidInputException" } },
      { TableName: "t", VersionId: "5", ErrorDetail: { ErrorCode: "EntityNotFoundException" } },
    ]);
  });
});
