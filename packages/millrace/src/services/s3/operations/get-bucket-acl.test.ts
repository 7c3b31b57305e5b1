import { describe, expect, it } from "vitest";
import { canonicalUserId } from "../../../core/canonical-user.ts";
import { account, codeOf, TestS3 } from "../test-s3.ts";

describe("GetBucketAcl", () => {
  it("tells that the owner has full control", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    const ID = canonicalUserId(account);
    expect(await s3.run("GetBucketAcl", { Bucket })).toEqual({
      Owner: { ID },
      Grants: [{ Grantee: { Type: "CanonicalUser", ID }, Permission: "FULL_CONTROL" }],
    });
  });

  it("needs a bucket that is there and belongs to whom it is expected to", async () => {
    await using s3 = await TestS3.start();
    expect(await codeOf(s3.run("GetBucketAcl", { Bucket: "none" }))).toBe("NoSuchBucket");
    const Bucket = await s3.bucket();
    const call = s3.run("GetBucketAcl", { Bucket, ExpectedBucketOwner: "999999999999" });
    expect(await codeOf(call)).toBe("AccessDenied");
  });
});
