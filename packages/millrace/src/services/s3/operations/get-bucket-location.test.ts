import { expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

it("GetBucketLocation names every region but the first", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket();
  await s3.bucket({ Bucket: "europe", CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } });
  expect(await s3.run("GetBucketLocation", { Bucket: "data" })).toEqual({});
  expect(await s3.run("GetBucketLocation", { Bucket: "europe" })).toEqual({
    LocationConstraint: "eu-west-1",
  });
  expect(await codeOf(s3.run("GetBucketLocation", { Bucket: "none" }))).toBe("NoSuchBucket");
});
