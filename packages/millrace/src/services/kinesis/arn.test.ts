import { describe, expect, it } from "vitest";
import { consumerArn, parseStreamArn, streamArn } from "./arn.ts";

const stream = { account: "000000000000", region: "us-east-1", stream: "orders" };
const arn = "arn:aws:kinesis:us-east-1:000000000000:stream/orders";

describe("ARNs of streams and consumers", () => {
  it("are written and read", () => {
    expect(streamArn(stream)).toBe(arn);
    expect(parseStreamArn(arn)).toEqual(stream);
    const consumer = { name: "reader", createdSeconds: 1_767_225_600 };
    expect(consumerArn(stream, consumer)).toBe(`${arn}/consumer/reader:1767225600`);
    expect(parseStreamArn(consumerArn(stream, consumer))).toEqual({ ...stream, consumer });
  });

  it("carry the partition of their region", () => {
    expect(streamArn({ ...stream, region: "cn-north-1" })).toMatch(/^arn:aws-cn:/);
    expect(streamArn({ ...stream, region: "us-gov-west-1" })).toMatch(/^arn:aws-us-gov:/);
  });

  it.each([
    "",
    "orders",
    "arn:aws:kinesis:us-east-1:000000000000:stream/",
    "arn:aws:kinesis:us-east-1:000000000000:stream/a b",
    `arn:aws:kinesis:us-east-1:000000000000:stream/${"a".repeat(129)}`,
    "arn:aws:kinesis:us-east-1:000000000000:orders",
    "arn:aws:firehose:us-east-1:000000000000:stream/orders",
    `${arn}/consumer/`,
    `${arn}/consumer/reader`,
    `${arn}/consumer/reader:`,
    `${arn}/consumer/reader:1x`,
    `${arn}/consumer/reader:1/more`,
    `${arn}\n`,
    ` ${arn}`,
  ])("are not %j", (text) => {
    expect(() => parseStreamArn(text)).toThrow("is not the ARN of a data stream or of a consumer");
  });
});
