import type { DefaultRetention, ObjectLockConfiguration } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

describe("PutObjectLockConfiguration", () => {
  const retention = (changes: DefaultRetention) => ({
    ObjectLockConfiguration: { ObjectLockEnabled: "Enabled" as const, Rule: { DefaultRetention: changes } },
  });

  it("gives new versions their retention", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket({ ObjectLockEnabledForBucket: true });
    const rule = retention({ Mode: "GOVERNANCE", Days: 2 });
    await s3.run("PutObjectLockConfiguration", { Bucket, ...rule });
    expect(await s3.run("GetObjectLockConfiguration", { Bucket })).toEqual(rule);
    await s3.run("PutObject", { Bucket, Key: "k", Body: "x" });
    const head = await s3.run("HeadObject", { Bucket, Key: "k" });
    expect(head.ObjectLockRetainUntilDate).toEqual(new Date(s3.clock.now() + 2 * 86_400_000));
    const none = { ObjectLockConfiguration: { ObjectLockEnabled: "Enabled" as const } };
    await s3.run("PutObjectLockConfiguration", { Bucket, ...none });
    expect(await s3.run("GetObjectLockConfiguration", { Bucket })).toEqual(none);
  });

  it("switches object lock on where there are versions, and only there", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    const put = () =>
      s3.run("PutObjectLockConfiguration", { Bucket, ...retention({ Mode: "COMPLIANCE", Years: 1 }) });
    expect(await codeOf(put())).toBe("InvalidBucketState");
    await s3.run("PutBucketVersioning", { Bucket, VersioningConfiguration: { Status: "Enabled" } });
    await put();
    expect(s3.objects.bucket(Bucket)?.objectLock).toBe(true);
  });

  it.each<[string, ObjectLockConfiguration | undefined]>([
    ["MalformedXML", undefined],
    ["MalformedXML", {}],
    ["MalformedXML", { ObjectLockEnabled: "Enabled", Rule: {} }],
    ["MalformedXML", retention({}).ObjectLockConfiguration],
    ["MalformedXML", retention({ Mode: "GOVERNANCE" }).ObjectLockConfiguration],
    ["MalformedXML", retention({ Mode: "GOVERNANCE", Days: 1, Years: 1 }).ObjectLockConfiguration],
    ["MalformedXML", retention({ Mode: "NEVER" as "GOVERNANCE", Days: 1 }).ObjectLockConfiguration],
    ["InvalidArgument", retention({ Mode: "GOVERNANCE", Days: 0 }).ObjectLockConfiguration],
    ["InvalidArgument", retention({ Mode: "GOVERNANCE", Years: 101 }).ObjectLockConfiguration],
  ])("refuses with %s: %j", async (code, ObjectLockConfiguration) => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket({ ObjectLockEnabledForBucket: true });
    expect(await codeOf(s3.run("PutObjectLockConfiguration", { Bucket, ObjectLockConfiguration }))).toBe(
      code,
    );
  });

  it("needs a bucket that is there and belongs to whom it is expected to", async () => {
    await using s3 = await TestS3.start();
    expect(
      await codeOf(
        s3.run("PutObjectLockConfiguration", {
          Bucket: "none",
          ...retention({ Mode: "GOVERNANCE", Days: 1 }),
        }),
      ),
    ).toBe("NoSuchBucket");
    const Bucket = await s3.bucket();
    const call = s3.run("PutObjectLockConfiguration", {
      Bucket,
      ...retention({ Mode: "GOVERNANCE", Days: 1 }),
      ExpectedBucketOwner: "999999999999",
    });
    expect(await codeOf(call)).toBe("AccessDenied");
  });
});
