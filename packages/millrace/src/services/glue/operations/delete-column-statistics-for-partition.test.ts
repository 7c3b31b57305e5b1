import { expect, it } from "vitest";
import { codeOf, GlueRunner } from "../test-glue.ts";

it("deletes a column's statistics once", async () => {
  await using glue = await GlueRunner.start();
  await glue.table("orders", { year: "int" });
  const place = { DatabaseName: "shop", TableName: "orders" };
  await glue.run("CreatePartition", { ...place, PartitionInput: { Values: ["1"] } });
  const partition = { ...place, PartitionValues: ["1"] };
  const BooleanColumnStatisticsData = { NumberOfTrues: 1, NumberOfFalses: 1, NumberOfNulls: 0 };
  const StatisticsData = { Type: "BOOLEAN", BooleanColumnStatisticsData } as const;
  const one = { ColumnName: "id", ColumnType: "boolean", AnalyzedTime: new Date(0), StatisticsData };
  await glue.run("UpdateColumnStatisticsForPartition", { ...partition, ColumnStatisticsList: [one] });
  const remove = () => glue.run("DeleteColumnStatisticsForPartition", { ...partition, ColumnName: "id" });
  await remove();
  expect(await codeOf(remove())).toBe("EntityNotFoundException");
  expect(
    glue.permissions("DeleteColumnStatisticsForPartition", { ...partition, ColumnName: "id" })[0]?.action,
  ).toBe("glue:DeletePartition");
});
