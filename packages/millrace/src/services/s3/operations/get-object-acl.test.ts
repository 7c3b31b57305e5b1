import { describe, expect, it } from "vitest";
import { canonicalUserId } from "../../../core/canonical-user.ts";
import { account, codeOf, otherAccount, TestS3 } from "../test-s3.ts";

describe("GetObjectAcl", () => {
  it("names the writer as the owner", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket({ ObjectOwnership: "ObjectWriter" });
    await s3.run("PutObject", { Bucket, Key: "k", Body: "x" }, { account: otherAccount });
    const { Owner, Grants } = await s3.run("GetObjectAcl", { Bucket, Key: "k" });
    expect(Owner).toEqual({ ID: canonicalUserId(otherAccount) });
    expect(Grants).toHaveLength(1);
    expect(s3.needs("GetObjectAcl", { Bucket, Key: "k" })).toEqual(["s3:GetObjectAcl arn:aws:s3:::data/k"]);
    expect(s3.needs("GetObjectAcl", { Bucket, Key: "k", VersionId: "v" })).toEqual([
      "s3:GetObjectVersionAcl arn:aws:s3:::data/k",
    ]);
  });

  it("gives everything to the bucket's owner who is enforced", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    await s3.run("PutObject", { Bucket, Key: "k", Body: "x" }, { account: otherAccount });
    const { Owner } = await s3.run("GetObjectAcl", { Bucket, Key: "k" });
    expect(Owner).toEqual({ ID: canonicalUserId(account) });
  });

  it("needs an object", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    expect(await codeOf(s3.run("GetObjectAcl", { Bucket, Key: "k" }))).toBe("NoSuchKey");
    expect(await codeOf(s3.run("GetObjectAcl", { Bucket: "none", Key: "k" }))).toBe("NoSuchBucket");
  });
});
