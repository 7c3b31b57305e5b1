import { expect, it } from "vitest";
import { fits, latencyMs, paceOf, type RequestRecord, screenOf, shortArn } from "./request-record.ts";

const record = (more: Partial<RequestRecord>): RequestRecord => ({
  ...{ n: 1, at: 0, requestId: "r", service: "kinesis", operation: "PutRecord", resource: "", principal: "" },
  ...{
    account: "000000000000",
    region: "us-east-1",
    status: 200,
    code: "OK",
    decision: "trust",
    decidedBy: "",
  },
  ...{ durationMs: 1, requestBytes: 0, userAgent: "aws-cli/2", remoteAddress: "127.0.0.1" },
  ...more,
});
const everything = { kind: "all", service: "", withConsole: true } as const;

it("tells errors, refusals, services and the console's own calls apart", () => {
  const denied = record({ code: "AccessDenied", decision: "denied" });
  const own = record({ userAgent: "aws-sdk-js/3 lang/js app/millrace-console" });
  expect(fits(record({}), { ...everything, kind: "errors" })).toBe(false);
  expect(fits(denied, { ...everything, kind: "errors" })).toBe(true);
  expect(fits(denied, { ...everything, kind: "denied" })).toBe(true);
  expect(fits(record({ code: "ResourceNotFound" }), { ...everything, kind: "denied" })).toBe(false);
  expect(fits(own, { ...everything, withConsole: false })).toBe(false);
  expect(fits(own, everything)).toBe(true);
  expect(fits(record({}), { ...everything, service: "s3" })).toBe(false);
});

it.each([
  ["arn:aws:kinesis:us-east-1:000000000000:stream/clicks", "stream/clicks", "/streams/clicks"],
  ["arn:aws:s3:::lake/a/b c.json", "lake/a/b c.json", "/objects/lake"],
  ["arn:aws:firehose:us-east-1:000000000000:deliverystream/d", "deliverystream/d", "/delivery/d"],
  ["arn:aws:iam::000000000000:user/jo", "user/jo", undefined],
  ["*", "*", undefined],
])("shortens %s", (arn, short, screen) => {
  expect(shortArn(arn)).toBe(short);
  expect(screenOf(arn)).toBe(screen);
});

it("counts by second, and finds quantiles", () => {
  const records = [9_500, 9_200, 8_000, 1_000].map((at, i) =>
    record({ at, code: i === 1 ? "X" : "OK", durationMs: i }),
  );
  expect(paceOf(records, 10_200, 3)).toEqual({
    times: [8_000, 9_000, 10_000],
    good: [1, 1, 0],
    bad: [0, 1, 0],
  });
  expect(latencyMs(records, 0.5)).toBe(2);
  expect(latencyMs([], 0.5)).toBeUndefined();
});
