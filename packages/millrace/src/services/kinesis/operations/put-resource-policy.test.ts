import { describe, expect, it } from "vitest";
import { streamPolicies } from "../stream-policies.ts";
import { codeOf, TestKinesis } from "../test-kinesis.ts";

const arn = "arn:aws:kinesis:us-east-1:000000000000:stream/orders";
const policy = (resource: string, action: string = "kinesis:PutRecord"): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: "111111111111" }, Action: action, Resource: resource }],
  });

describe("PutResourcePolicy", () => {
  it("attaches a policy to a stream or a consumer, and replaces it", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const consumer = await kinesis.consumer(stream);
    await kinesis.run("PutResourcePolicy", { ResourceARN: arn, Policy: policy(arn) });
    await kinesis.run("PutResourcePolicy", { ResourceARN: consumer, Policy: policy(consumer) });
    expect(streamPolicies(kinesis.state, arn)).toEqual([policy(arn)]);
    expect(streamPolicies(kinesis.state, consumer)).toEqual([policy(consumer)]);
    const replaced = policy(arn, "kinesis:GetRecords");
    await kinesis.run("PutResourcePolicy", { ResourceARN: arn, Policy: replaced });
    expect(streamPolicies(kinesis.state, arn)).toEqual([replaced]);
  });

  it.each([
    "",
    "{}",
    "not JSON",
    "[]",
    `{"Version":"2012-10-17","Statement":[{"Effect":"Maybe"}]}`,
    "x".repeat(20_481),
  ])("refuses %j", async (Policy) => {
    await using kinesis = await TestKinesis.start();
    await kinesis.stream();
    const put = kinesis.run("PutResourcePolicy", { ResourceARN: arn, Policy });
    expect(await codeOf(put)).toBe("InvalidArgumentException");
    expect(streamPolicies(kinesis.state, arn)).toEqual([]);
  });

  it("needs a stream or consumer that is there", async () => {
    await using kinesis = await TestKinesis.start();
    const put = (ResourceARN: string): Promise<string> =>
      codeOf(kinesis.run("PutResourcePolicy", { ResourceARN, Policy: policy(arn) }));
    expect(await put(arn)).toBe("ResourceNotFoundException");
    await kinesis.stream();
    expect(await put(`${arn}/consumer/reader:1`)).toBe("ResourceNotFoundException");
    expect(await put("arn:aws:s3:::bucket")).toBe("InvalidArgumentException");
    expect(streamPolicies(kinesis.state, "*")).toEqual([]);
  });
});
