import { expect, it } from "vitest";
import { requestLine, type ShownRequest } from "./request-line.ts";

const plain = { style: (_: unknown, text: string): string => text };
const request: ShownRequest = {
  at: new Date(2026, 0, 2, 3, 4, 5).getTime(),
  service: "kinesis",
  operation: "PutRecord",
  resource: "arn:aws:kinesis:us-east-1:000000000000:stream/flights",
  status: 200,
  code: "OK",
  durationMs: 3.1249,
};

it("shows time, status, call, resource and duration", () => {
  expect(requestLine(request, 100, plain)).toBe("  03:04:05  200  kinesis PutRecord  stream/flights  3.1 ms");
  const failed = {
    ...request,
    status: 400,
    code: "ResourceNotFoundException",
    resource: "",
    durationMs: 123.4,
  };
  expect(requestLine(failed, 100, plain)).toBe(
    "  03:04:05  400  kinesis PutRecord  ResourceNotFoundException  123 ms",
  );
});

it("leaves out, or cuts, a resource that does not fit", () => {
  const long = { ...request, resource: `arn:aws:s3:::${"x".repeat(500)}` };
  expect(requestLine(long, 80, plain).length).toBeLessThanOrEqual(80);
  expect(requestLine(request, 45, plain)).toBe("  03:04:05  200  kinesis PutRecord  3.1 ms");
});

it("writes out what a terminal would obey", () => {
  const hostile = { ...request, resource: "arn:aws:s3:::bucket/\u001b[2Jkey" };
  expect(requestLine(hostile, 100, plain)).toContain("  bucket/\\x1b[2Jkey  ");
});
