import { expect, it } from "vitest";
import { codeOf, errorOf, otherAccount, TestS3 } from "../test-s3.ts";

it("HeadBucket tells the region, and whether the bucket is whose the caller thinks", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket({ CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } });
  const head = (input: object = {}): Promise<unknown> => s3.run("HeadBucket", { Bucket: "data", ...input });
  expect(await head()).toEqual({
    BucketRegion: "eu-west-1",
    BucketArn: "arn:aws:s3:::data",
    AccessPointAlias: false,
  });
  await head({ ExpectedBucketOwner: "000000000000" });
  expect(await codeOf(head({ ExpectedBucketOwner: otherAccount }))).toBe("AccessDenied");
  expect(await errorOf(head({ Bucket: "none" }))).toMatchObject({ code: "NoSuchBucket", status: 404 });
});

it("HeadBucket needs s3:ListBucket of the bucket's owner", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket();
  expect(s3.permissions("HeadBucket", { Bucket: "data" }, { account: otherAccount })).toEqual([
    { action: "s3:ListBucket", resources: ["arn:aws:s3:::data"], resourceAccount: "000000000000" },
  ]);
});
