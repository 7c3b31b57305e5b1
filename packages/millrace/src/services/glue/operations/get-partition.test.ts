import { describe, expect, it } from "vitest";
import { arnPrefix, GlueRunner, refusalOf } from "../test-glue.ts";

const table = { DatabaseName: "shop", TableName: "orders" } as const;

describe("GetPartition", () => {
  it("finds a partition by all of its values", async () => {
    await using glue = await GlueRunner.start();
    await glue.table("orders", { year: "int" });
    await glue.run("CreatePartition", { ...table, PartitionInput: { Values: ["1"] } });
    const get = (...PartitionValues: string[]) => glue.run("GetPartition", { ...table, PartitionValues });
    expect(await get("1")).toMatchObject({ Partition: { Values: ["1"] } });
    expect(await refusalOf(get("01"))).toBe("EntityNotFoundException: Cannot find partition.");
    expect(await refusalOf(get())).toMatch(/^InvalidInputException/);
    expect(glue.resources("GetPartition", { ...table, PartitionValues: ["1"] })).toEqual([
      `${arnPrefix}catalog`,
      `${arnPrefix}database/shop`,
      `${arnPrefix}table/shop/orders`,
    ]);
  });
});
