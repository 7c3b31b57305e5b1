import { describe, expect, it } from "vitest";
import { codeOf, errorOf, TestS3 } from "../test-s3.ts";

describe("PutBucketNotificationConfiguration", () => {
  const QueueArn = "arn:aws:sqs:us-east-1:000000000000:q";
  const NotificationConfiguration = {
    QueueConfigurations: [{ Id: "all", QueueArn, Events: ["s3:ObjectCreated:*" as const] }],
  };

  it("keeps what is not validated, and forgets it again", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    const put = { Bucket, NotificationConfiguration, SkipDestinationValidation: true };
    await s3.run("PutBucketNotificationConfiguration", put);
    expect(await s3.run("GetBucketNotificationConfiguration", { Bucket })).toEqual(NotificationConfiguration);
    await s3.run("PutBucketNotificationConfiguration", { Bucket, NotificationConfiguration: {} });
    expect(await s3.run("GetBucketNotificationConfiguration", { Bucket })).toEqual({});
  });

  it("names the destination that is not there", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    const error = await errorOf(
      s3.run("PutBucketNotificationConfiguration", { Bucket, NotificationConfiguration }),
    );
    expect(error.code).toBe("InvalidArgument");
    expect(error.members).toMatchObject({ ArgumentName: QueueArn });
    expect(await s3.run("GetBucketNotificationConfiguration", { Bucket })).toEqual({});
  });

  it("needs a bucket that is there and belongs to whom it is expected to", async () => {
    await using s3 = await TestS3.start();
    expect(
      await codeOf(
        s3.run("PutBucketNotificationConfiguration", { Bucket: "none", NotificationConfiguration: {} }),
      ),
    ).toBe("NoSuchBucket");
    const Bucket = await s3.bucket();
    const call = s3.run("PutBucketNotificationConfiguration", {
      Bucket,
      NotificationConfiguration: {},
      ExpectedBucketOwner: "999999999999",
    });
    expect(await codeOf(call)).toBe("AccessDenied");
  });
});
