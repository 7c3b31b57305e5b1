import { expect, it } from "vitest";
import { checkBucketName } from "./bucket-name.ts";

it.each(["abc", "a".repeat(63), "my.bucket-1", "0-0", "amzn-s3-demo-bucket", "a.b.c", "1.2.3"])(
  "takes %s",
  (name) => {
    expect(() => checkBucketName(name)).not.toThrow();
  },
);

it.each([
  ["too short", "ab"],
  ["too long", "a".repeat(64)],
  ["upper case", "Bucket"],
  ["an underscore", "my_bucket"],
  ["two dots", "a..b"],
  ["a dot at the start", ".abc"],
  ["a hyphen at the end", "abc-"],
  ["an IP address", "192.168.5.4"],
  ["punycode", "xn--abc"],
  ["an access point's alias", "abc-s3alias"],
  ["a directory bucket", "abc--use1-az1--x-s3"],
  ["a path", "../etc"],
  ["a line break", "abc\n"],
  ["not ASCII", "bücket"],
])("refuses %s", (_what, name) => {
  expect(() => checkBucketName(name)).toThrow(expect.objectContaining({ code: "InvalidBucketName" }));
});
