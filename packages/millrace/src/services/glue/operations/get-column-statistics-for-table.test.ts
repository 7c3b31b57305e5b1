import { expect, it } from "vitest";
import { GlueRunner } from "../test-glue.ts";

const place = { DatabaseName: "shop", TableName: "orders" };

it("answers an error for each column without statistics", async () => {
  await using glue = await GlueRunner.start();
  await glue.table("orders");
  expect(await glue.run("GetColumnStatisticsForTable", { ...place, ColumnNames: ["id", "nowhere"] })).toEqual(
    {
      ColumnStatisticsList: [],
      Errors: ["id", "nowhere"].map((ColumnName) => ({
        ColumnName,
        Error: {
          ErrorCode: "EntityNotFoundException",
          ErrorMessage: `Statistics of column ${ColumnName} not found.`,
        },
      })),
    },
  );
});

it("needs the permission to get the table", async () => {
  await using glue = await GlueRunner.start();
  expect(glue.permissions("GetColumnStatisticsForTable", { ...place, ColumnNames: [] })).toEqual([
    {
      action: "glue:GetTable",
      resources: [
        "arn:aws:glue:us-east-1:000000000000:catalog",
        "arn:aws:glue:us-east-1:000000000000:database/shop",
        "arn:aws:glue:us-east-1:000000000000:table/shop/orders",
      ],
    },
  ]);
});
