import type { VersioningConfiguration } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

describe("PutBucketVersioning", () => {
  it("keeps versions from then on", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    const put = async (Body: string) => (await s3.run("PutObject", { Bucket, Key: "k", Body })).VersionId;
    expect(await put("off")).toBeUndefined();
    await s3.run("PutBucketVersioning", { Bucket, VersioningConfiguration: { Status: "Enabled" } });
    const [first, second] = [await put("1"), await put("2")];
    expect(first).not.toBe(second);
    await s3.run("PutBucketVersioning", { Bucket, VersioningConfiguration: { Status: "Suspended" } });
    expect(await put("null")).toBe("null");
    const { Versions } = await s3.run("ListObjectVersions", { Bucket });
    expect(Versions?.map(({ VersionId }) => VersionId)).toEqual(["null", second, first]);
  });

  it.each<[string, VersioningConfiguration]>([
    ["IllegalVersioningConfigurationException", {}],
    ["MalformedXML", { Status: "On" as "Enabled" }],
    ["NotImplemented", { Status: "Enabled", MFADelete: "Enabled" }],
  ])("refuses with %s: %j", async (code, VersioningConfiguration) => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    expect(await codeOf(s3.run("PutBucketVersioning", { Bucket, VersioningConfiguration }))).toBe(code);
  });

  it("cannot be suspended under object lock", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket({ ObjectLockEnabledForBucket: true });
    const put = (Status: "Enabled" | "Suspended") =>
      s3.run("PutBucketVersioning", { Bucket, VersioningConfiguration: { Status } });
    expect(await codeOf(put("Suspended"))).toBe("InvalidBucketState");
    await put("Enabled");
  });

  it("needs a bucket that is there and belongs to whom it is expected to", async () => {
    await using s3 = await TestS3.start();
    expect(
      await codeOf(
        s3.run("PutBucketVersioning", { Bucket: "none", VersioningConfiguration: { Status: "Enabled" } }),
      ),
    ).toBe("NoSuchBucket");
    const Bucket = await s3.bucket();
    const call = s3.run("PutBucketVersioning", {
      Bucket,
      VersioningConfiguration: { Status: "Enabled" },
      ExpectedBucketOwner: "999999999999",
    });
    expect(await codeOf(call)).toBe("AccessDenied");
  });
});
