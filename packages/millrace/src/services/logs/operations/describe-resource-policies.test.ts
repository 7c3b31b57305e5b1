import { describe, expect, it } from "vitest";
import { codeOf, TestLogs } from "../test-logs.ts";

describe("DescribeResourcePolicies", () => {
  it("lists nothing where nothing is, and no policies of a single resource", async () => {
    await using logs = await TestLogs.start();
    expect(await logs.run("DescribeResourcePolicies", {})).toEqual({ resourcePolicies: [] });
    expect(await codeOf(logs.run("DescribeResourcePolicies", { policyScope: "RESOURCE" }))).toBe(
      "NotImplemented",
    );
  });
});
