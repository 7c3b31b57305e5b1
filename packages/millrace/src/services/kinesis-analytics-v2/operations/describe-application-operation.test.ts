import { expect, it } from "vitest";
import { codeOf, named, TestAnalytics } from "../test-analytics.ts";

it("describes an operation with its versions, and why it failed", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create();
  const { OperationId } = await analytics.run("UpdateApplication", await analytics.expected());
  const { ApplicationOperationInfoDetails: details } = await analytics.run("DescribeApplicationOperation", {
    ...named,
    OperationId,
  });
  expect(details).toMatchObject({
    Operation: "UpdateApplication",
    OperationStatus: "SUCCESSFUL",
    ApplicationVersionChangeDetails: { ApplicationVersionUpdatedFrom: 1, ApplicationVersionUpdatedTo: 2 },
  });
  expect(details?.EndTime).toBeInstanceOf(Date);
  expect(await codeOf(analytics.run("DescribeApplicationOperation", { ...named, OperationId: "x" }))).toBe(
    "ResourceNotFoundException",
  );
});

it("shows what is under way", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create();
  let open = (): void => {};
  analytics.engine.gate = new Promise((resolve) => {
    open = resolve;
  });
  const { OperationId } = await analytics.run("StartApplication", named);
  const operation = (): ReturnType<typeof analytics.run<"DescribeApplicationOperation">> =>
    analytics.run("DescribeApplicationOperation", { ...named, OperationId });
  expect((await operation()).ApplicationOperationInfoDetails?.OperationStatus).toBe("IN_PROGRESS");
  open();
  await analytics.settle();
  expect((await operation()).ApplicationOperationInfoDetails?.OperationStatus).toBe("SUCCESSFUL");
});
