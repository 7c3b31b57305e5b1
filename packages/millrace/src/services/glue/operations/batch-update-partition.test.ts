import { describe, expect, it } from "vitest";
import { GlueRunner } from "../test-glue.ts";

const table = { DatabaseName: "shop", TableName: "orders" } as const;

describe("BatchUpdatePartition", () => {
  it("replaces what is there and names what is not", async () => {
    await using glue = await GlueRunner.start();
    await glue.table("orders", { year: "int" });
    await glue.run("CreatePartition", { ...table, PartitionInput: { Values: ["1"] } });
    const Entries = ["1", "2"].map((year) => ({
      PartitionValueList: [year],
      PartitionInput: { Values: [year], Parameters: { new: "yes" } },
    }));
    expect(await glue.run("BatchUpdatePartition", { ...table, Entries })).toEqual({
      Errors: [
        {
          PartitionValueList: ["2"],
          ErrorDetail: { ErrorCode: "EntityNotFoundException", ErrorMessage: "Cannot find partition." },
        },
      ],
    });
    const { Partition } = await glue.run("GetPartition", { ...table, PartitionValues: ["1"] });
    expect(Partition?.Parameters).toEqual({ new: "yes" });
  });
});
