import { describe, expect, it } from "vitest";
import { codeOf, startMs, TestLogs } from "../test-logs.ts";

describe("PutResourcePolicy", () => {
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

  it("keeps a policy by its name", async () => {
    await using logs = await TestLogs.start();
    const put = await logs.run("PutResourcePolicy", { policyName: "p", policyDocument });
    const resourcePolicy = {
      policyName: "p",
      policyDocument,
      lastUpdatedTime: startMs,
      policyScope: "ACCOUNT",
    };
    expect(put).toEqual({ resourcePolicy });
    await logs.run("PutResourcePolicy", { policyName: "p", policyDocument });
    expect((await logs.run("DescribeResourcePolicies", {})).resourcePolicies).toEqual([resourcePolicy]);
  });

  it("refuses what is no policy, the eleventh, and policies of a single resource", async () => {
    await using logs = await TestLogs.start();
    const refusal = (input: object): Promise<string> => codeOf(logs.run("PutResourcePolicy", input));
    for (const document of ["{", '{"Statement":[{}]}', `${policyDocument}${" ".repeat(5_120)}`])
      expect(await refusal({ policyName: "p", policyDocument: document })).toBe("InvalidParameterException");
    expect(await refusal({ policyName: "p" })).toBe("InvalidParameterException");
    for (let i = 0; i < 10; i++) await logs.run("PutResourcePolicy", { policyName: `p${i}`, policyDocument });
    expect(await refusal({ policyName: "p", policyDocument })).toBe("LimitExceededException");
    expect(await refusal({ policyDocument, resourceArn: "arn:x" })).toBe("NotImplemented");
  });
});
