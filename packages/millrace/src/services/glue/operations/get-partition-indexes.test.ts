import { describe, expect, it } from "vitest";
import { GlueRunner, refusalOf } from "../test-glue.ts";

const table = { DatabaseName: "shop", TableName: "orders" } as const;

describe("GetPartitionIndexes", () => {
  it("lists the indexes that a table was created with, which are ACTIVE at once", async () => {
    await using glue = await GlueRunner.start();
    const PartitionIndexes = [
      { IndexName: "b", Keys: ["year"] },
      { IndexName: "a", Keys: ["city"] },
    ];
    await glue.table("orders", { year: "int", city: "string" }, { PartitionIndexes });
    const { PartitionIndexDescriptorList } = await glue.run("GetPartitionIndexes", table);
    expect(PartitionIndexDescriptorList).toMatchObject([
      { IndexName: "a", IndexStatus: "ACTIVE" },
      { IndexName: "b", IndexStatus: "ACTIVE" },
    ]);
    expect(await refusalOf(glue.run("GetPartitionIndexes", { ...table, TableName: "none" }))).toBe(
      "EntityNotFoundException: Table none not found.",
    );
  });
});
