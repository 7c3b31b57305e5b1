import { expect, it } from "vitest";
import { TestRedshift } from "../test-redshift.ts";

it("lists the kinds of events by source", async () => {
  await using redshift = await TestRedshift.start();
  const all = await redshift.run("DescribeEventCategories", {});
  expect(all.EventCategoriesMapList?.map(({ SourceType }) => SourceType)).toEqual([
    "cluster",
    "cluster-parameter-group",
    "cluster-security-group",
  ]);
  const { EventCategoriesMapList: one } = await redshift.run("DescribeEventCategories", {
    SourceType: "cluster",
  });
  expect(one).toHaveLength(1);
  expect(one?.[0]?.Events).toContainEqual({
    EventId: "REDSHIFT-EVENT-3500",
    EventCategories: ["monitoring"],
    EventDescription: "The resize of cluster [cluster name] failed: [value]",
    Severity: "ERROR",
  });
});
