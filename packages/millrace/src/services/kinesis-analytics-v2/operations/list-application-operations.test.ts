import { expect, it } from "vitest";
import { codeOf, named, TestAnalytics } from "../test-analytics.ts";

it("lists what was done, the newest first, by name and by status", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.running();
  await analytics.run("StopApplication", named);
  await analytics.settle();
  expect(await analytics.operations()).toEqual(["StopApplication SUCCESSFUL", "StartApplication SUCCESSFUL"]);
  const found = await analytics.run("ListApplicationOperations", { ...named, Operation: "StartApplication" });
  expect(found.ApplicationOperationInfoList).toHaveLength(1);
  const failed = await analytics.run("ListApplicationOperations", { ...named, OperationStatus: "FAILED" });
  expect(failed.ApplicationOperationInfoList).toEqual([]);
  const first = await analytics.run("ListApplicationOperations", { ...named, Limit: 1 });
  const second = await analytics.run("ListApplicationOperations", {
    ...named,
    Limit: 1,
    NextToken: first.NextToken,
  });
  expect(second.ApplicationOperationInfoList?.[0]?.Operation).toBe("StartApplication");
  expect(second.NextToken).toBeUndefined();
  const other = { ...named, Operation: "StopApplication", NextToken: first.NextToken };
  expect(await codeOf(analytics.run("ListApplicationOperations", other))).toBe("InvalidArgumentException");
});
