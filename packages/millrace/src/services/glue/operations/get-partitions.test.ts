import { describe, expect, it } from "vitest";
import { GlueRunner, refusalOf } from "../test-glue.ts";

const table = { DatabaseName: "shop", TableName: "orders" } as const;

describe("GetPartitions", () => {
  async function filled(glue: GlueRunner): Promise<void> {
    await glue.table("orders", { year: "int", city: "string" });
    const PartitionInputList = Array.from({ length: 50 }, (_, n) => ({
      Values: [String(2000 + n), n % 2 === 0 ? "Rome" : "Oslo"],
      StorageDescriptor: { Location: `s3://lake/${n}/`, Columns: [{ Name: "id", Type: "int" }] },
    }));
    await glue.run("BatchCreatePartition", { ...table, PartitionInputList });
  }

  it("filters by an expression, page by page", async () => {
    await using glue = await GlueRunner.start();
    await filled(glue);
    const input = { ...table, Expression: "year >= 2040 AND city = 'Rome'", MaxResults: 3 };
    const first = await glue.run("GetPartitions", input);
    expect(first.Partitions?.map(({ Values }) => Values?.[0])).toEqual(["2040", "2042", "2044"]);
    const last = await glue.run("GetPartitions", { ...input, NextToken: first.NextToken });
    expect(last.Partitions?.map(({ Values }) => Values?.[0])).toEqual(["2046", "2048"]);
    expect(last.NextToken).toBeUndefined();
    const forged = glue.run("GetPartitions", { ...input, Expression: "", NextToken: first.NextToken });
    expect(await refusalOf(forged)).toBe("InvalidInputException: The NextToken is invalid.");
  });

  it("leaves the columns out when asked to", async () => {
    await using glue = await GlueRunner.start();
    await filled(glue);
    const { Partitions } = await glue.run("GetPartitions", {
      ...table,
      MaxResults: 1,
      ExcludeColumnSchema: true,
    });
    expect(Partitions?.[0]?.StorageDescriptor).toEqual({ Location: "s3://lake/0/" });
  });

  it("splits a table into segments", async () => {
    await using glue = await GlueRunner.start();
    await filled(glue);
    const years = new Set<string | undefined>();
    for (let SegmentNumber = 0; SegmentNumber < 4; SegmentNumber++) {
      const Segment = { SegmentNumber, TotalSegments: 4 };
      const { Partitions = [] } = await glue.run("GetPartitions", { ...table, Segment });
      for (const { Values } of Partitions) years.add(Values?.[0]);
    }
    expect(years.size).toBe(50);
    const Segment = { SegmentNumber: 4, TotalSegments: 4 };
    expect(await refusalOf(glue.run("GetPartitions", { ...table, Segment }))).toMatch(
      /^InvalidInputException/,
    );
  });

  it("refuses expressions as AWS does, and what Millrace does not have by name", async () => {
    await using glue = await GlueRunner.start();
    await filled(glue);
    const get = (Expression: string) => glue.run("GetPartitions", { ...table, Expression });
    expect(await refusalOf(get("month = 1"))).toBe("InvalidInputException: Unknown column 'month'");
    expect(await refusalOf(get("year = ("))).toBe("InvalidInputException: Unsupported expression 'year = ('");
    expect(await refusalOf(glue.run("GetPartitions", { ...table, QueryAsOfTime: new Date(0) }))).toBe(
      "NotImplemented: Millrace does not have GetPartitions with QueryAsOfTime.",
    );
  });
});
