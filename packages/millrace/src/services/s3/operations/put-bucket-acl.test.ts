import { describe, expect, it } from "vitest";
import { canonicalUserId } from "../../../core/canonical-user.ts";
import { codeOf, TestS3 } from "../test-s3.ts";

describe("PutBucketAcl", () => {
  it("replaces the list", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket({ ObjectOwnership: "ObjectWriter" });
    await s3.run("DeletePublicAccessBlock", { Bucket });
    const permissions = async () =>
      (await s3.run("GetBucketAcl", { Bucket })).Grants?.map(({ Permission }) => Permission);
    await s3.run("PutBucketAcl", { Bucket, ACL: "public-read-write" });
    expect(await permissions()).toEqual(["FULL_CONTROL", "READ", "WRITE"]);
    await s3.run("PutBucketAcl", { Bucket, GrantReadACP: `id=${canonicalUserId("111111111111")}` });
    expect(await permissions()).toEqual(["READ_ACP"]);
    await s3.run("PutBucketAcl", { Bucket, ACL: "private" });
    expect(await permissions()).toEqual(["FULL_CONTROL"]);
  });

  it("is refused where the owner is enforced, and without a list", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    expect(await codeOf(s3.run("PutBucketAcl", { Bucket, ACL: "private" }))).toBe(
      "AccessControlListNotSupported",
    );
    expect(await codeOf(s3.run("PutBucketAcl", { Bucket }))).toBe("MissingSecurityHeader");
  });

  it("needs a bucket that is there and belongs to whom it is expected to", async () => {
    await using s3 = await TestS3.start();
    expect(await codeOf(s3.run("PutBucketAcl", { Bucket: "none", ACL: "private" }))).toBe("NoSuchBucket");
    const Bucket = await s3.bucket();
    const call = s3.run("PutBucketAcl", { Bucket, ACL: "private", ExpectedBucketOwner: "999999999999" });
    expect(await codeOf(call)).toBe("AccessDenied");
  });
});
