import { describe, expect, it } from "vitest";
import { GlueRunner, refusalOf } from "../test-glue.ts";

const table = { DatabaseName: "shop", TableName: "orders" } as const;

describe("DeletePartition", () => {
  it("deletes a partition once", async () => {
    await using glue = await GlueRunner.start();
    await glue.table("orders", { year: "int" });
    await glue.run("CreatePartition", { ...table, PartitionInput: { Values: ["1"] } });
    const remove = (...PartitionValues: string[]) =>
      glue.run("DeletePartition", { ...table, PartitionValues });
    expect(await remove("1")).toEqual({});
    expect(await refusalOf(remove("1"))).toBe("EntityNotFoundException: Cannot find partition.");
    expect(await refusalOf(remove("1", "2"))).toMatch(/^InvalidInputException/);
  });
});
