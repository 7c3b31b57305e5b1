import { describe, expect, it } from "vitest";
import { resourcePolicies } from "../access/resource-policies.ts";
import { codeOf, TestS3 } from "../test-s3.ts";

describe("PutObjectAcl", () => {
  it("opens one version to the public", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket({ ObjectOwnership: "ObjectWriter" });
    await s3.run("DeletePublicAccessBlock", { Bucket });
    await s3.run("PutObject", { Bucket, Key: "k", Body: "x", Metadata: { a: "1" } });
    await s3.run("PutObjectAcl", { Bucket, Key: "k", ACL: "public-read" });
    const { Grants } = await s3.run("GetObjectAcl", { Bucket, Key: "k" });
    expect(Grants?.map(({ Permission }) => Permission)).toEqual(["FULL_CONTROL", "READ"]);
    expect((await s3.run("HeadObject", { Bucket, Key: "k" })).Metadata).toEqual({ a: "1" });
    const [policy = ""] = resourcePolicies(s3.objects, "arn:aws:s3:::data/k");
    expect(JSON.parse(policy)).toMatchObject({ Statement: [{ Effect: "Allow", Principal: "*" }] });
    expect(resourcePolicies(s3.objects, "arn:aws:s3:::data/other")).toEqual([]);
  });

  it("is refused where lists are off, without a list, and without an object", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    await s3.run("PutObject", { Bucket, Key: "k", Body: "x" });
    const code = (input: object) => codeOf(s3.run("PutObjectAcl", { Bucket, Key: "k", ...input }));
    expect(await code({ ACL: "public-read" })).toBe("AccessControlListNotSupported");
    expect(await code({})).toBe("MissingSecurityHeader");
    expect(await code({ Key: "none", ACL: "private" })).toBe("NoSuchKey");
    expect(await code({ Bucket: "none", ACL: "private" })).toBe("NoSuchBucket");
  });
});
