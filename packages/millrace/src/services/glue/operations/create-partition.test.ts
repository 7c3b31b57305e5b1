import { describe, expect, it } from "vitest";
import { GlueRunner, refusalOf } from "../test-glue.ts";

const table = { DatabaseName: "shop", TableName: "orders" } as const;

describe("CreatePartition", () => {
  it("keeps a partition by its values", async () => {
    await using glue = await GlueRunner.start({ onDisk: true });
    await glue.table("orders", { year: "int", city: "string" });
    const PartitionInput = {
      Values: ["2024", "Rome"],
      StorageDescriptor: { Location: "s3://lake/2024/", Columns: [{ Name: "id", Type: "int" }] },
      Parameters: { rows: "5" },
      LastAccessTime: new Date(5000),
    };
    await glue.run("CreatePartition", { ...table, PartitionInput });
    await glue.restart();
    const { Partition } = await glue.run("GetPartition", { ...table, PartitionValues: ["2024", "Rome"] });
    expect(Partition).toEqual({
      ...PartitionInput,
      DatabaseName: "shop",
      TableName: "orders",
      CatalogId: "000000000000",
      CreationTime: new Date(glue.clock.now()),
    });
  });

  it("refuses a second one, and values that do not fit the keys", async () => {
    await using glue = await GlueRunner.start();
    await glue.table("orders", { year: "int" });
    const create = (...Values: string[]) =>
      glue.run("CreatePartition", { ...table, PartitionInput: { Values } });
    await create("2024");
    expect(await refusalOf(create("2024"))).toBe("AlreadyExistsException: Partition already exists.");
    const mismatch =
      "InvalidInputException: The number of partition keys do not match the number of partition values";
    expect(await refusalOf(create("2024", "x"))).toBe(mismatch);
    expect(await refusalOf(create())).toBe(mismatch);
    await glue.table("plain");
    const PartitionInput = { Values: ["1"] };
    expect(
      await refusalOf(glue.run("CreatePartition", { ...table, TableName: "plain", PartitionInput })),
    ).toBe(mismatch);
  });
});
