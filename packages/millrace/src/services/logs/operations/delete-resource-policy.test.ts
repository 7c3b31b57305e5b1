import { describe, expect, it } from "vitest";
import { codeOf, TestLogs } from "../test-logs.ts";

describe("DeleteResourcePolicy", () => {
  const policyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "es.amazonaws.com" },
        Action: "logs:PutLogEvents",
        Resource: "*",
      },
    ],
  });

  it("deletes a policy once", async () => {
    await using logs = await TestLogs.start();
    await logs.run("PutResourcePolicy", { policyName: "p", policyDocument });
    await logs.run("DeleteResourcePolicy", { policyName: "p" });
    expect(await logs.run("DescribeResourcePolicies", {})).toEqual({ resourcePolicies: [] });
    expect(await codeOf(logs.run("DeleteResourcePolicy", { policyName: "p" }))).toBe(
      "ResourceNotFoundException",
    );
    expect(await codeOf(logs.run("DeleteResourcePolicy", {}))).toBe("InvalidParameterException");
  });
});
