import { describe, expect, it } from "vitest";
import { GlueRunner, refusalOf } from "../test-glue.ts";

const table = { DatabaseName: "shop", TableName: "orders" } as const;

describe("BatchCreatePartition", () => {
  it("creates what is not there yet and names what is", async () => {
    await using glue = await GlueRunner.start();
    await glue.table("orders", { year: "int" });
    const create = (...years: string[]) =>
      glue.run("BatchCreatePartition", {
        ...table,
        PartitionInputList: years.map((year) => ({ Values: [year] })),
      });
    expect(await create("2023", "2024")).toEqual({ Errors: [] });
    expect(await create("2024", "2025")).toEqual({
      Errors: [
        {
          PartitionValues: ["2024"],
          ErrorDetail: { ErrorCode: "AlreadyExistsException", ErrorMessage: "Partition already exists." },
        },
      ],
    });
    const { Partitions } = await glue.run("GetPartitions", table);
    expect(Partitions?.map(({ Values }) => Values)).toEqual([["2023"], ["2024"], ["2025"]]);
  });

  it("creates nothing when one of them has not a value for each key", async () => {
    await using glue = await GlueRunner.start();
    await glue.table("orders", { year: "int" });
    const PartitionInputList = [{ Values: ["1"] }, { Values: ["1", "2"] }];
    expect(await refusalOf(glue.run("BatchCreatePartition", { ...table, PartitionInputList }))).toMatch(
      /^InvalidInputException: The number of partition keys/,
    );
    expect(await glue.run("GetPartitions", table)).toMatchObject({ Partitions: [] });
  });

  it("creates each partition once when calls overlap", async () => {
    await using glue = await GlueRunner.start();
    await glue.table("orders", { year: "int" });
    const PartitionInputList = Array.from({ length: 100 }, (_, n) => ({ Values: [String(n)] }));
    const answers = await Promise.all(
      [1, 2, 3].map(() => glue.run("BatchCreatePartition", { ...table, PartitionInputList })),
    );
    expect(answers.map(({ Errors }) => Errors?.length)).toEqual([0, 100, 100]);
  });
});
