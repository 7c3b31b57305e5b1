import { describe, expect, it } from "vitest";
import { GlueRunner, refusalOf } from "../test-glue.ts";

const table = { DatabaseName: "shop", TableName: "orders" } as const;

describe("CreatePartitionIndex", () => {
  it("makes an index that becomes ACTIVE", async () => {
    await using glue = await GlueRunner.start();
    await glue.table("orders", { year: "int", city: "string" });
    const create = (IndexName: string, ...Keys: string[]) =>
      glue.run("CreatePartitionIndex", { ...table, PartitionIndex: { IndexName, Keys } });
    expect(await create("by-city", "city", "year")).toEqual({});
    await glue.state.catalog.idle();
    expect(await glue.run("GetPartitionIndexes", table)).toEqual({
      PartitionIndexDescriptorList: [
        {
          IndexName: "by-city",
          Keys: [
            { Name: "city", Type: "string" },
            { Name: "year", Type: "int" },
          ],
          IndexStatus: "ACTIVE",
        },
      ],
    });
    expect(await refusalOf(create("by-city", "year"))).toBe(
      "AlreadyExistsException: Partition Index by-city already exists with the same name.",
    );
    expect(await refusalOf(create("x", "none"))).toBe(
      "InvalidInputException: IndexKeys not a part of PartitionColumns. Verify the indexKeys : [none]",
    );
  });
});
