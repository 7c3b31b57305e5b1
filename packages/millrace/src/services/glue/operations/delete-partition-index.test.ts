import { describe, expect, it } from "vitest";
import { GlueRunner, refusalOf } from "../test-glue.ts";

const table = { DatabaseName: "shop", TableName: "orders" } as const;

describe("DeletePartitionIndex", () => {
  it("deletes an index, which is DELETING at first", async () => {
    await using glue = await GlueRunner.start();
    await glue.table("orders", { year: "int" }, { PartitionIndexes: [{ IndexName: "i", Keys: ["year"] }] });
    const remove = () => glue.run("DeletePartitionIndex", { ...table, IndexName: "i" });
    await remove();
    expect(await refusalOf(remove())).toBe(
      "EntityNotFoundException: Index with the given indexName : i does not exist.",
    );
    await glue.state.catalog.idle();
    expect(await glue.run("GetPartitionIndexes", table)).toEqual({ PartitionIndexDescriptorList: [] });
  });
});
