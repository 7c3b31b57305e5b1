import { expect, it } from "vitest";
import { codeOf, GlueRunner } from "../test-glue.ts";

const place = { DatabaseName: "shop", TableName: "orders" };
const ColumnStatisticsList = [
  {
    ColumnName: "id",
    ColumnType: "bigint",
    AnalyzedTime: new Date(0),
    StatisticsData: {
      Type: "BINARY",
      BinaryColumnStatisticsData: { MaximumLength: 1, AverageLength: 1, NumberOfNulls: 0 },
    },
  },
] as const;

async function withPartitions(): Promise<GlueRunner> {
  const glue = await GlueRunner.start();
  await glue.table("orders", { year: "int" });
  for (const Values of [["2025"], ["2026"]])
    await glue.run("CreatePartition", { ...place, PartitionInput: { Values } });
  await glue.run("UpdateColumnStatisticsForPartition", {
    ...place,
    PartitionValues: ["2026"],
    ColumnStatisticsList: [...ColumnStatisticsList],
  });
  return glue;
}

const count = async (glue: GlueRunner, ...PartitionValues: string[]): Promise<number | undefined> => {
  const input = { ...place, PartitionValues, ColumnNames: ["id"] };
  return (await glue.run("GetColumnStatisticsForPartition", input)).ColumnStatisticsList?.length;
};

it("keeps the statistics of each partition apart, and from the table's", async () => {
  await using glue = await withPartitions();
  expect([await count(glue, "2025"), await count(glue, "2026")]).toEqual([0, 1]);
  const ofTable = await glue.run("GetColumnStatisticsForTable", { ...place, ColumnNames: ["id"] });
  expect(ofTable.ColumnStatisticsList).toEqual([]);
});

it("refuses partitions that are not there", async () => {
  await using glue = await withPartitions();
  const input = { ...place, PartitionValues: ["1999"], ColumnStatisticsList: [...ColumnStatisticsList] };
  expect(await codeOf(glue.run("UpdateColumnStatisticsForPartition", input))).toBe("EntityNotFoundException");
  expect(glue.permissions("UpdateColumnStatisticsForPartition", input)[0]?.action).toBe(
    "glue:UpdatePartition",
  );
});

it("forgets them with their partition", async () => {
  await using glue = await withPartitions();
  await glue.run("DeletePartition", { ...place, PartitionValues: ["2026"] });
  await glue.run("CreatePartition", { ...place, PartitionInput: { Values: ["2026"] } });
  expect(await count(glue, "2026")).toBe(0);
});
