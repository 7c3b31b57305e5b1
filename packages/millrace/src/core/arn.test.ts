import { describe, expect, it } from "vitest";
import { formatArn, parseArn, partitionOf } from "./arn.ts";

describe("ARNs", () => {
  it.each([
    "arn:aws:kinesis:us-east-1:000000000000:stream/orders",
    "arn:aws:kinesis:eu-west-1:123456789012:stream/orders/consumer/app:1700000000",
    "arn:aws:s3:::bucket/key:with:colons",
  ])("round-trips %s", (text) => {
    const arn = parseArn(text);
    expect(arn && formatArn(arn)).toBe(text);
  });

  it.each(["", "arn", "arn:aws:kinesis", "arn:aws:kinesis:us-east-1:000000000000:", "urn:aws:a:b:c:d"])(
    "refuses %j",
    (text) => expect(parseArn(text)).toBeUndefined(),
  );

  it("knows the partitions of regions", () => {
    expect(["us-east-1", "cn-north-1", "us-gov-west-1"].map(partitionOf)).toEqual([
      "aws",
      "aws-cn",
      "aws-us-gov",
    ]);
  });
});
