import { describe, expect, it } from "vitest";
import { GlueRunner } from "../test-glue.ts";

const table = { DatabaseName: "shop", TableName: "orders" } as const;

describe("BatchGetPartition", () => {
  it("answers those that are there, without a word on the others", async () => {
    await using glue = await GlueRunner.start();
    await glue.table("orders", { year: "int" });
    await glue.run("CreatePartition", { ...table, PartitionInput: { Values: ["1"] } });
    const PartitionsToGet = [{ Values: ["2"] }, { Values: ["1"] }];
    expect(await glue.run("BatchGetPartition", { ...table, PartitionsToGet })).toMatchObject({
      Partitions: [{ Values: ["1"] }],
      UnprocessedKeys: [],
    });
  });
});
