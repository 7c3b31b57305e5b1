import { describe, expect, it } from "vitest";
import { GlueRunner, refusalOf } from "../test-glue.ts";

const table = { DatabaseName: "shop", TableName: "orders" } as const;

describe("UpdatePartition", () => {
  it("replaces all but the values and the time of creation", async () => {
    await using glue = await GlueRunner.start();
    await glue.table("orders", { year: "int" });
    await glue.run("CreatePartition", {
      ...table,
      PartitionInput: { Values: ["1"], Parameters: { a: "b" } },
    });
    const created = glue.clock.now();
    glue.clock.advance(1000);
    const StorageDescriptor = { Location: "s3://new/" };
    await glue.run("UpdatePartition", {
      ...table,
      PartitionValueList: ["1"],
      PartitionInput: { StorageDescriptor },
    });
    const { Partition } = await glue.run("GetPartition", { ...table, PartitionValues: ["1"] });
    expect(Partition).toMatchObject({ StorageDescriptor, CreationTime: new Date(created) });
    expect(Partition?.Parameters).toBeUndefined();
  });

  it("refuses other values, and a partition that is not there", async () => {
    await using glue = await GlueRunner.start();
    await glue.table("orders", { year: "int" });
    const update = (Values: string[]) =>
      glue.run("UpdatePartition", { ...table, PartitionValueList: ["1"], PartitionInput: { Values } });
    expect(await refusalOf(update(["2"]))).toBe(
      "InvalidInputException: The Values of a partition cannot be changed.",
    );
    expect(await refusalOf(update(["1"]))).toBe("EntityNotFoundException: Cannot find partition.");
  });
});
