import { describe, expect, it } from "vitest";
import { GlueRunner } from "../test-glue.ts";

const table = { DatabaseName: "shop", TableName: "orders" } as const;

describe("BatchDeletePartition", () => {
  it("deletes what is there and names what is not", async () => {
    await using glue = await GlueRunner.start();
    await glue.table("orders", { year: "int" });
    await glue.run("CreatePartition", { ...table, PartitionInput: { Values: ["1"] } });
    const PartitionsToDelete = [{ Values: ["1"] }, { Values: ["2"] }];
    expect(await glue.run("BatchDeletePartition", { ...table, PartitionsToDelete })).toEqual({
      Errors: [
        {
          PartitionValues: ["2"],
          ErrorDetail: { ErrorCode: "EntityNotFoundException", ErrorMessage: "Cannot find partition." },
        },
      ],
    });
  });
});
