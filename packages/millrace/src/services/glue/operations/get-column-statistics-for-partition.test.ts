import { expect, it } from "vitest";
import { codeOf, GlueRunner } from "../test-glue.ts";

it("refuses a partition that is not there, and needs the permission to get partitions", async () => {
  await using glue = await GlueRunner.start();
  await glue.table("orders", { year: "int" });
  const place = { DatabaseName: "shop", TableName: "orders", PartitionValues: ["1"], ColumnNames: ["id"] };
  expect(await codeOf(glue.run("GetColumnStatisticsForPartition", place))).toBe("EntityNotFoundException");
  expect(glue.permissions("GetColumnStatisticsForPartition", place)[0]?.action).toBe("glue:GetPartition");
});
