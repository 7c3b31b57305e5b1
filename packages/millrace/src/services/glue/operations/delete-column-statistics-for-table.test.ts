import { expect, it } from "vitest";
import { codeOf, GlueRunner } from "../test-glue.ts";

const place = { DatabaseName: "shop", TableName: "orders" };

async function withStatistics(): Promise<GlueRunner> {
  const glue = await GlueRunner.start();
  await glue.table("orders");
  await update(glue);
  return glue;
}

async function update(glue: GlueRunner): Promise<void> {
  const BinaryColumnStatisticsData = { MaximumLength: 1, AverageLength: 1, NumberOfNulls: 0 };
  await glue.run("UpdateColumnStatisticsForTable", {
    ...place,
    ColumnStatisticsList: [
      {
        ColumnName: "id",
        ColumnType: "bigint",
        AnalyzedTime: new Date(0),
        StatisticsData: { Type: "BINARY", BinaryColumnStatisticsData },
      },
    ],
  });
}

const count = async (glue: GlueRunner): Promise<number | undefined> =>
  (await glue.run("GetColumnStatisticsForTable", { ...place, ColumnNames: ["id"] })).ColumnStatisticsList
    ?.length;

it("deletes a column's statistics once", async () => {
  await using glue = await withStatistics();
  expect(await count(glue)).toBe(1);
  await glue.run("DeleteColumnStatisticsForTable", { ...place, ColumnName: "ID" });
  expect(await count(glue)).toBe(0);
  expect(await codeOf(glue.run("DeleteColumnStatisticsForTable", { ...place, ColumnName: "id" }))).toBe(
    "EntityNotFoundException",
  );
});

it("is not needed when the table goes", async () => {
  await using glue = await withStatistics();
  await glue.run("DeleteTable", { DatabaseName: "shop", Name: "orders" });
  await glue.table("orders");
  expect(await count(glue)).toBe(0);
});
