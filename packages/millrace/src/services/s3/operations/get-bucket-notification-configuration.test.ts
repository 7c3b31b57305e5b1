import { describe, expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

describe("GetBucketNotificationConfiguration", () => {
  it("answers what was put", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    await s3.run("PutBucketNotificationConfiguration", {
      Bucket,
      SkipDestinationValidation: true,
      NotificationConfiguration: { EventBridgeConfiguration: {} },
    });
    expect(await s3.run("GetBucketNotificationConfiguration", { Bucket })).toEqual({
      EventBridgeConfiguration: {},
    });
  });

  it("needs a bucket that is there and belongs to whom it is expected to", async () => {
    await using s3 = await TestS3.start();
    expect(await codeOf(s3.run("GetBucketNotificationConfiguration", { Bucket: "none" }))).toBe(
      "NoSuchBucket",
    );
    const Bucket = await s3.bucket();
    const call = s3.run("GetBucketNotificationConfiguration", {
      Bucket,
      ExpectedBucketOwner: "999999999999",
    });
    expect(await codeOf(call)).toBe("AccessDenied");
  });
});
